"""What the ids and codes of entries are called."""

from __future__ import annotations

from dashboard.assets.words import Naming
from dashboard.components.visit import Visit
from dashboard.repository import Repository

_SMALL = ("lsoa", "msoa", "ward")


def name_things(repository: Repository, visit: Visit) -> Naming:
    """Return the names of terms, an admin's own too, and of areas."""
    return Naming(taxonomy=visit.register.settings.taxonomy(), area_name=lambda code: area_name(repository, code))


def area_name(repository: Repository, code: str) -> str:
    """Return the name of an area, a small one's with its district; of an unknown one, the code."""
    area = repository.area(code)
    if area is None:
        return code
    district = repository.area(area.lad_code) if area.area_type in _SMALL and area.lad_code else None
    return f"{area.name}, {district.name}" if district else area.name
