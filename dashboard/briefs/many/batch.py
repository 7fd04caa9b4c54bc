"""Many briefs that are asked for together, and which areas they are about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.briefs.errors import BriefError
from dashboard.briefs.gathering.desk import Desk, find_subject
from dashboard.briefs.options import BriefOptions
from dashboard.questions.places import ENGLAND
from dashboard.register.actor import Actor
from etl.settings import Settings

# Levels that hold others, and the column of the area table that says which holds an area.
HOLDERS = {"lad": "lad_code", "sicbl": "sicbl_code", "icb": "icb_code"}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Many briefs that are asked for together.

    Parameters
    ----------
    snapshot
        The file that all of them are made from, though another be published meanwhile.
    codes, kinds
        Areas in the order of the contents page, and formats.
    """

    settings: Settings
    snapshot: Path
    title: str
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    options: BriefOptions
    actor: Actor

    @property
    def is_of_the_public(self) -> bool:
        """Whether whoever asks has not signed in."""
        return not self.actor.actor_id


def codes_within(desk: Desk, *, within: str, level: str) -> tuple[str, ...]:
    """Return the areas of a level that lie mostly in an area, by name.

    Raises
    ------
    BriefError
        If there is no such area for this person, or none of that level in it.
    """
    area, repository = find_subject(desk, within).area, desk.repository
    places = repository.areas_of_level(level)
    if within == ENGLAND or places.empty:
        chosen = places
    elif area.area_type in HOLDERS:
        chosen = places[(places[HOLDERS[area.area_type]] == within).to_numpy()]
    else:
        chosen = places[repository.areas_within(area_code=within, level=level)]
    if chosen.empty:
        raise BriefError(
            f"There is no {level} in {area.name}.", todo="Choose a smaller kind of area, or a larger area."
        )
    return tuple(str(code) for code in chosen.sort_values(["name", "area_code"])["area_code"])
