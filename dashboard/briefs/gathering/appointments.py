"""How people see their GP, for the sizes of area that NHS England publishes it for."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.briefs.appointments import make_appointments
from dashboard.briefs.gathering.sources import number_of
from dashboard.briefs.model.editions import Source
from dashboard.briefs.model.figures import Appointments
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository

LARGE = frozenset({"sicbl", "icb", "england"})


def gather_appointments(repository: Repository, area: Area, *, sources: Sequence[Source]) -> Appointments | None:
    """Return the appointments of an area; None where none are published or loaded."""
    if area.area_type not in LARGE:
        return None
    titles = titles_of_appointments(repository, area)
    source = number_of(sources, title=titles[0]) if titles else 0
    covered, of = count_covered(repository, area)
    return make_appointments(repository.appointments(area.area_code), source=source, covered=covered, of=of)


def count_covered(repository: Repository, area: Area) -> tuple[int, int]:
    """Return how many of an area's sub-ICB locations are followed, and how many it has."""
    locations = repository.areas_of_level("sicbl")
    inside = repository.areas_within(area_code="" if area.area_code == ENGLAND else area.area_code, level="sicbl")
    followed = locations["area_code"].isin(repository.trends("sicbl")["area_code"].unique()).to_numpy()
    return int((inside & followed).sum()), int(inside.sum())


def titles_of_appointments(repository: Repository, area: Area) -> list[str]:
    """Return the titles of the sources that an area's appointments come from."""
    if area.area_type not in LARGE:
        return []
    ids = sorted(set(repository.appointments(area.area_code)["indicator_id"]))
    return list(dict.fromkeys(repository.indicators[one].source_title for one in ids))
