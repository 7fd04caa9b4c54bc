"""Inviting a group to look after its own entry: by mail, or by a link that the reviewer passes on."""

from __future__ import annotations

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.people.invitation import claim_link, write_invitation
from dashboard.people.mail import MailError, send_mail
from dashboard.register.entry import Entry
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.rules.permissions import Action
from dashboard.register.rules.reach import is_email
from dashboard.register.rules.text import clean_line
from dashboard.words import date, escape_markdown
from etl.settings import Settings


def show_invite(visit: Visit, entry: Entry, *, settings: Settings) -> None:
    """Let a reviewer of an entry invite whoever it is about; nothing for others, nor where nobody signs in."""
    asset_id = entry.asset.asset_id
    if not settings.is_shared or Action.INVITE not in visit.register.entries.rights(asset_id, actor=visit.actor):
        return
    with st.expander("Invite the group to look after this entry", icon=":material/key:"):
        days = visit.register.settings.read().claim_days
        st.markdown(
            "They get a link and sign in with it. From then on they can edit the entry and take it off the map "
            f"themselves. The link works once, for {days} days; a new one ends one that was not used."
        )
        with st.form(f"invite-{asset_id}", border=False):
            address = _ask_address(entry) if settings.sharing.mail else ""
            if st.form_submit_button("Send the invitation" if settings.sharing.mail else "Make a link"):
                _invite(visit, entry, address=address, settings=settings)


def _ask_address(entry: Entry) -> str:
    known = [contact.email for contact in entry.asset.contacts if contact.email]
    return st.text_input("E-mail address", value=known[0] if known else "", key=f"invite-to-{entry.asset.asset_id}")


def _invite(visit: Visit, entry: Entry, *, address: str, settings: Settings) -> None:
    """Make a link and send it, or show it where there is no mail."""
    to, mail = clean_line(address), settings.sharing.mail
    if mail and not is_email(to):
        raise InvalidEntryError((Problem("email", "Write an e-mail address like name@example.org."),))
    invitation = visit.register.claims.invite(entry.asset.asset_id, actor=visit.actor)
    link = claim_link(invitation.token, settings=settings)
    message = write_invitation(
        entry_name=entry.asset.name, link=link, expires_at=invitation.expires_at, invited_by=visit.actor
    )
    if mail is None:
        _show_link(link, f"The link works once, until {date(invitation.expires_at)}. Pass it on to the group:")
        return
    try:
        send_mail(mail, to=to, subject=message.subject, text=message.text)
    except MailError as refusal:
        st.error(f"{escape_markdown(refusal.what)}", icon=":material/error:")
        _show_link(link, "Pass this link on to the group in another way:")
        return
    st.success(f"Sent to {escape_markdown(to)}. The link works once, until {date(invitation.expires_at)}.")


def _show_link(link: str, words: str) -> None:
    st.markdown(words)
    st.code(link, language=None, wrap_lines=True)
    st.caption("Whoever opens it first looks after the entry, and it is not shown again.")
