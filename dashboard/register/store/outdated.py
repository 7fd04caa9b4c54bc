"""Which entries a new geography sees otherwise: told from their places alone, without reading all that they say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from dashboard.register.entry import State
from dashboard.register.geography import Geography
from dashboard.register.json_form import place_from_json
from dashboard.register.model import Place, Precision
from dashboard.register.store.rows import parts_of_body
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_tag, asset_version, published

_PARTS = ("place", "service_areas")
_IS_CURRENT = (asset_version.c.asset_key == asset_table.c.asset_key) & or_(
    asset_version.c.version == asset_table.c.latest_version,
    asset_version.c.version == asset_table.c.published_version,
)
_AREAS = select(asset_tag.c.asset_key, asset_tag.c.value).where(asset_tag.c.facet == "area")
_POINTS = select(published.c.asset_key, published.c.lon, published.c.lat)


class _Placed(NamedTuple):
    """Where one version of an entry is."""

    key: int
    is_shown: bool
    place: Place
    service_areas: frozenset[str]


def outdated_keys(con: Connection, geography: Geography) -> list[int]:
    """Return the keys of the entries that lie in another LSOA now, in other areas, or have another rough point."""
    placed = list(_read_places(con))
    codes = geography.lsoas_of([one.place for one in placed])
    areas: dict[int, set[str]] = defaultdict(set)
    for key, code in con.execute(_AREAS):
        areas[key].add(code)
    points = {key: (lon, lat) for key, lon, lat in con.execute(_POINTS)}
    outdated = set()
    for one, found in zip(placed, codes, strict=True):
        code = found or one.place.lsoa21_code
        has_moved = code != one.place.lsoa21_code
        if has_moved or (one.is_shown and geography.areas_of(code) | one.service_areas != areas[one.key]):
            outdated.add(one.key)
        elif one.is_shown and one.place.precision is Precision.ROUGH:
            middle = geography.centroid_of(code) if code else None
            if (middle or (None, None)) != points.get(one.key):
                outdated.add(one.key)
    return sorted(outdated)


def _read_places(con: Connection) -> Iterator[_Placed]:
    """Give where each entry is, in the version that is shown and in the newest one."""
    columns = (asset_table.c.asset_key, asset_table.c.state, asset_table.c.published_version, asset_version.c.version)
    parts = parts_of_body(_PARTS, is_sqlite=con.dialect.name == "sqlite")
    for key, state, shown_version, version, text in con.execute(
        select(*columns, parts).join(asset_version, _IS_CURRENT).order_by(asset_table.c.asset_key)
    ):
        place, service_areas = json.loads(text)
        is_shown = state == State.PUBLISHED and version == shown_version
        yield _Placed(key, is_shown, place_from_json(place), frozenset(service_areas))
