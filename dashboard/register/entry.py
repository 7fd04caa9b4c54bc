"""An asset as the register holds it: its version, and where it is in its life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.register.model import Asset


class State(StrEnum):
    """Where an entry (or a story) is in its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"


# An entry in one of these is shown nowhere, and nobody changes it before it is brought back.
OVER = (State.ARCHIVED, State.WITHDRAWN)


class Waiting(StrEnum):
    """What has become of an edit to a published entry."""

    NOTHING = ""
    SUBMITTED = "submitted"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An asset as the register holds it, seen through the eyes of one actor.

    Parameters
    ----------
    asset
        The version asked for, with what this actor may not see left out.
    version
        Its number; hand it back with an edit.
    published_version
        The version that the public sees; none when the entry was never published.
    note
        The reviewer's words when the entry was returned.
    merged_into
        The entry that has taken this one's place.
    """

    asset: Asset
    version: int
    state: State
    waiting: Waiting = Waiting.NOTHING
    published_version: int | None = None
    created_at: datetime
    changed_at: datetime
    note: str = ""
    merged_into: str = ""
