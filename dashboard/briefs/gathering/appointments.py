"""How people see their GP, for the sizes of area that NHS England publishes it for."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.briefs.appointments import make_appointments
from dashboard.briefs.gathering.sources import number_of
from dashboard.briefs.model.editions import Source
from dashboard.briefs.model.figures import Appointments
from dashboard.questions.places import Area
from dashboard.repository import Repository

LARGE = frozenset({"sicbl", "icb", "england"})


def gather_appointments(repository: Repository, area: Area, *, sources: Sequence[Source]) -> Appointments | None:
    """Return the appointments of an area; None where none are published or loaded."""
    if area.area_type not in LARGE:
        return None
    titles = titles_of_appointments(repository, area)
    source = number_of(sources, title=titles[0]) if titles else 0
    return make_appointments(repository.appointments(area.area_code), source=source)


def titles_of_appointments(repository: Repository, area: Area) -> list[str]:
    """Return the titles of the sources that an area's appointments come from."""
    if area.area_type not in LARGE:
        return []
    ids = sorted(set(repository.appointments(area.area_code)["indicator_id"]))
    return list(dict.fromkeys(repository.indicators[one].source_title for one in ids))
