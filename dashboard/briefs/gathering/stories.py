"""The stories of an area, as one person may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.briefs.model.assets import AssetLine
from dashboard.briefs.model.told import StoryText
from dashboard.briefs.stories import shorten_story
from dashboard.questions.places import Area
from dashboard.register.actor import Actor
from dashboard.register.model import Audience
from dashboard.register.register import Register
from dashboard.register.story import Story, StoryEntry
from dashboard.repository import Repository


def gather_stories(
    repository: Repository, area: Area, *, register: Register, actor: Actor, assets: Sequence[AssetLine]
) -> tuple[StoryText, ...]:
    """Return the stories of an area, of the areas within it and of the assets inside, that an actor may see.

    A story of a larger area is left out: shown here it would point at a smaller place than its teller agreed to.
    """
    shown = register.stories.shown(actor=actor)
    if not shown:
        return ()
    inside = {line.asset_id: line.name for line in assets if line.is_inside}
    codes = frozenset(repository.areas_inside(area.area_code))
    found = [one for one in shown if _is_about(one.story, codes=codes, assets=inside)]
    return tuple(_story(repository, one, assets=inside) for one in found)


def _is_about(story: Story, *, codes: Collection[str], assets: Collection[str]) -> bool:
    if story.area_code:
        return story.area_code in codes
    return story.asset_id in assets


def _story(repository: Repository, entry: StoryEntry, *, assets: dict[str, str]) -> StoryText:
    story = entry.story
    area = repository.area(story.area_code) if story.area_code else None
    about = [name for name in (assets.get(story.asset_id, ""), area.name if area else "") if name]
    return StoryText(
        title=story.title,
        words=story.words,
        shown=shorten_story(story.words),
        credit=story.credit,
        about=", ".join(about),
        is_partners_only=story.consent.audience is Audience.PARTNERS,
    )
