"""The link by which a group comes to look after its own entry, and the message that brings it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from dashboard.api.security_headers import CLAIM_PATH
from dashboard.register.actor import Actor
from dashboard.register.rules.text import clean_line
from dashboard.words import date
from etl.settings import Settings


@dataclass(frozen=True)
class Message:
    """A message before it has a sender and somebody it is for."""

    subject: str
    text: str


def claim_link(token: str, *, settings: Settings) -> str:
    """Return the address that redeems a token."""
    return f"{settings.sharing.public_url}{CLAIM_PATH}?token={quote(token, safe='')}"


def write_invitation(*, entry_name: str, link: str, expires_at: datetime, invited_by: Actor) -> Message:
    """Return the words that bring a link to a group."""
    name = clean_line(entry_name)
    who = ", ".join(filter(None, (clean_line(invited_by.name), clean_line(invited_by.organisation))))
    text = f"""Hello,

{who or "A reviewer"} invites you to look after the entry “{name}” on Common Ground, a map of what there is in
each neighbourhood. You can then correct it, keep it up to date, or take it off the map, at any time.

Open this link and sign in:

{link}

It works once, until {date(expires_at)}. Do not pass it on: whoever opens it first looks after the entry.

If this is not about you or your group, do nothing: the link ends by itself.
"""
    return Message(subject=f"Look after “{name}” on Common Ground", text=text)
