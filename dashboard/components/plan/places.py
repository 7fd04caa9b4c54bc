"""Places of a plan in words, and from words."""

from __future__ import annotations

from dataclasses import replace

from dashboard.components.place_search import find_places
from dashboard.components.visit import Visit
from dashboard.geography import SnapshotGeography
from dashboard.own.areas import areas_to_ask
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


def find_sites(repository: Repository, visit: Visit, *, text: str, settings: Settings, within: str = "") -> Found:
    """Return what a person may mean, in words and as places: a postcode, areas by name, groups of the register.

    Parameters
    ----------
    within
        Code of the area that is planned for: groups elsewhere are offered only when none there fits.
    """
    postcode = read_postcode(text)
    if postcode:
        return _at_postcode(postcode, settings=settings)
    anywhere = Query(text=text, per_page=MOST_FOUND)
    here = replace(anywhere, areas=areas_to_ask(repository, within))
    groups = _groups(visit, here) or _groups(visit, anywhere)
    return [*groups, *_in_areas(repository, text, settings=settings)]


def describe_site(repository: Repository, visit: Visit, site: Site) -> str:
    """Return what a place is called: the group that is there, or the neighbourhood that it lies in."""
    return name_site(repository, visit.register, site, actor=visit.actor)


def _groups(visit: Visit, query: Query) -> Found:
    """Return the groups that a query finds, with their postcodes, for many share a name."""
    assets = [entry.asset for entry in visit.register.finding.find(query, actor=visit.actor).entries]
    return [
        (
            ", ".join(filter(None, (asset.name, asset.place.postcode))),
            make_site(asset.place.lon, asset.place.lat, asset_id=asset.asset_id),
        )
        for asset in assets
        if asset.place.lon is not None and asset.place.lat is not None
    ]


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
