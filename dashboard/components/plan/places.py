"""Places of a plan in words, and from words."""

from __future__ import annotations

from dashboard.components.place_search import find_places
from dashboard.components.visit import Visit
from dashboard.geography import SnapshotGeography
from dashboard.planning.sites import name_site
from dashboard.planning.state import Site, make_site
from dashboard.questions.places import read_postcode
from dashboard.register.model import Place, Precision
from dashboard.register.query import Query
from dashboard.register.rules.places import complete_place
from dashboard.repository import Repository
from etl.settings import Settings

MOST_FOUND = 5
Found = list[tuple[str, Site]]


def find_sites(repository: Repository, visit: Visit, *, text: str, settings: Settings) -> Found:
    """Return what a person may mean, in words and as places: a postcode, areas by name, groups of the register."""
    postcode = read_postcode(text)
    if postcode:
        return _at_postcode(postcode, settings=settings)
    page = visit.register.finding.find(Query(text=text, per_page=MOST_FOUND), actor=visit.actor)
    groups = [
        (entry.asset.name, make_site(entry.asset.place.lon, entry.asset.place.lat, asset_id=entry.asset.asset_id))
        for entry in page.entries
        if entry.asset.place.lon is not None and entry.asset.place.lat is not None
    ]
    return [*groups, *_in_areas(repository, text, settings=settings)]


def describe_site(repository: Repository, visit: Visit, site: Site) -> str:
    """Return what a place is called: the group that is there, or the neighbourhood that it lies in."""
    return name_site(repository, visit.register, site, actor=visit.actor)


def _at_postcode(postcode: str, *, settings: Settings) -> Found:
    known = SnapshotGeography(settings).postcodes([postcode]).get(postcode)
    if known is None:
        return []
    place = complete_place(
        Place(precision=Precision.EXACT, easting=float(known.easting), northing=float(known.northing))
    )
    return [(postcode, make_site(place.lon, place.lat))] if place.lon is not None and place.lat is not None else []


def _in_areas(repository: Repository, text: str, *, settings: Settings) -> Found:
    found = find_places(repository, settings, text=text).places[:MOST_FOUND]
    areas = [repository.area(place.area_code) for place in found]
    return [
        (f"the middle of {area.name}", make_site(area.lon, area.lat))
        for area in areas
        if area and area.lon is not None and area.lat is not None
    ]
