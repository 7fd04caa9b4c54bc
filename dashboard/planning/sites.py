"""What the places of a plan are called."""

from __future__ import annotations

from dashboard.map_repository import MapRepository
from dashboard.planning.state import Site
from dashboard.register.actor import Actor
from dashboard.register.errors import NotFoundError
from dashboard.register.register import Register
from dashboard.repository import Repository


def name_site(repository: Repository, register: Register, site: Site, *, actor: Actor) -> str:
    """Return what a place is called: the group that is there, or the neighbourhood that it lies in."""
    if site.asset_id:
        try:
            return register.entries.get(site.asset_id, actor=actor).asset.name
        except NotFoundError:
            return "A group that is not listed any more"
    area_code = neighbourhood_at(repository, site)
    area = repository.area(area_code) if area_code else None
    return f"A place in {area.name}" if area else "A place outside every neighbourhood"


def neighbourhood_at(repository: Repository, site: Site) -> str:
    """Return the code of the neighbourhood that a place lies in; empty in the sea or outside England."""
    found = MapRepository(repository.warehouse).area_at(lon=site.lon, lat=site.lat, layer="lsoa")
    return found.area_code if found else ""
