"""What a person types of a story, as plain values, and the story that it makes; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.register.model import Audience
from dashboard.register.story import Consent, Story

PARTNERS, EVERYONE = "Partners only", "Everyone"


def typed_of(known: Story | None, *, by: str, today: date) -> dict[str, Any]:
    """Return what stands in the form of a story, by field.

    Parameters
    ----------
    known
        The story that is changed; none for a new one.
    by
        The name of whoever writes a new one down.
    """
    story = known or Story(title="", words="", consent=Consent(recorded_by=by, recorded_on=today))
    consent = story.consent
    return {
        "title": story.title,
        "words": story.words,
        "themes": list(story.themes),
        "credit": story.credit,
        "recorded_by": consent.recorded_by,
        "recorded_on": consent.recorded_on,
        "until": consent.until,
        "audience": EVERYONE if consent.audience is Audience.PUBLIC else PARTNERS,
        "agreed": False,
    }


def story_of(typed: Mapping[str, Any], *, area_code: str, asset_id: str, today: date) -> Story:
    """Return the story that was typed about an area or an entry."""
    consent = Consent(
        recorded_by=typed["recorded_by"] or "",
        recorded_on=typed["recorded_on"] or today,
        audience=Audience.PUBLIC if typed["audience"] == EVERYONE else Audience.PARTNERS,
        until=typed["until"],
    )
    said = Story(title=typed["title"] or "", words=typed["words"] or "", consent=consent)
    return replace(
        said, credit=typed["credit"] or "", themes=tuple(typed["themes"]), area_code=area_code, asset_id=asset_id
    )
