"""A story that somebody told about a place or an asset, with the consent it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.register.entry import State
from dashboard.register.model import Audience


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What the teller agreed to.

    Parameters
    ----------
    recorded_by
        Who asked the teller and wrote the answer down.
    until
        The last day on which the story may be shown; none when the teller set no end.
    """

    recorded_by: str
    recorded_on: date
    audience: Audience = Audience.PARTNERS
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """A story.

    Parameters
    ----------
    asset_id, area_code
        What it is about: an entry, or an area no smaller than the teller agreed to; at least one of them.
    themes
        Ids of the taxonomy (data/taxonomy/themes.toml).
    credit
        The teller's name as they wish it, or empty for none.
    """

    title: str
    words: str
    consent: Consent
    story_id: str = ""
    asset_id: str = ""
    area_code: str = ""
    themes: tuple[str, ...] = ()
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class StoryEntry:
    """A story as the register holds it."""

    story: Story
    version: int
    state: State
    note: str = ""
