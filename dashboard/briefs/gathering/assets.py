"""The assets near an area: those of the snapshot, and those of the register, which knows how fresh they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from dashboard.briefs.assets import make_assets
from dashboard.briefs.model.assets import Assets
from dashboard.briefs.reach import REACH_M, FoundAsset, select_in_reach
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.questions.shapes import Box, box_in_degrees, points_in_metres
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.entry import Entry
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.store.placed import known_ids
from dashboard.register.taxonomy import Taxonomy, read_taxonomy
from dashboard.repository import Repository
from etl.tables.support import CLOSED_STATES

PAGE = 1_000


def gather_assets(repository: Repository, area: Area, *, register: Register | None, actor: Actor) -> Assets:
    """Return what there is to build on within reach of an area, as an actor may see it."""
    homes = repository.neighbourhood_points[repository.neighbourhoods_of(area.area_code)]
    box: Box = (*(homes.min(axis=0) - REACH_M), *(homes.max(axis=0) + REACH_M)) if len(homes) else (0.0,) * 4
    taxonomy = register.settings.taxonomy() if register else read_taxonomy()
    codes = repository.codes_of_neighbourhoods(area.area_code)
    # The register does not know an area of somebody's own, but its neighbourhoods.
    areas = tuple(codes) if area.area_type == CUSTOM else (area.area_code,)
    entries = list(_entries(register, areas, box=box, actor=actor)) if register else []
    loaded = _of_snapshot(repository, area, box=box, taxonomy=taxonomy) if repository.has_assets else []
    # What the register knows it says itself: since the load it may have been withdrawn, moved or made rough.
    known = known_ids(register.database, [one.asset_id for one in loaded]) if register else frozenset()
    found = {asset.asset_id: asset for asset in loaded if asset.asset_id not in known}
    found |= {asset.asset_id: asset for asset in _of_register(entries, taxonomy=taxonomy)}
    in_reach = select_in_reach(list(found.values()), homes=homes, members=frozenset(codes))
    has_any = bool(found) or repository.has_assets or _has_entries(register)
    return make_assets(
        in_reach,
        homes=homes,
        today=repository.build.built_at.date(),
        has_any=has_any,
        is_of_register=register is not None,
    )


def _entries(register: Register, areas: tuple[str, ...], *, box: Box, actor: Actor) -> Iterator[Entry]:
    """Give every entry that lies in the box or in one of the areas; one of both comes twice."""
    around, inside = Query(bbox=box_in_degrees(box), per_page=PAGE), Query(areas=areas, per_page=PAGE)
    for query in (Query(per_page=PAGE),) if areas == (ENGLAND,) else (around, inside):
        number, total = 1, 1
        while (number - 1) * PAGE < total:
            page = register.finding.find(replace(query, page=number), actor=actor)
            yield from page.entries
            number, total = number + 1, page.total


def _has_entries(register: Register | None) -> bool:
    return bool(register and register.finding.find(Query(per_page=1), actor=THE_PUBLIC).total)


def _of_snapshot(repository: Repository, area: Area, *, box: Box, taxonomy: Taxonomy) -> list[FoundAsset]:
    rows = repository.assets_near(area.area_code, box=box)
    easting, northing = _metres([(row["lon"], row["lat"]) for row in rows])
    return [
        FoundAsset(
            asset_id=row["asset_id"],
            name=row["name"],
            kind=taxonomy.name_of("kinds", row["kind"]),
            takes_people=row["state"] not in CLOSED_STATES,
            lsoa21_code=row["lsoa21_code"] or "",
            lon=row["lon"],
            lat=row["lat"],
            easting=easting[i],
            northing=northing[i],
            trust=None,
            offers=_offer_names(row["offers"], taxonomy),
            offer_ids=_wider(row["offers"], taxonomy),
        )
        for i, row in enumerate(rows)
    ]


def _of_register(entries: list[Entry], *, taxonomy: Taxonomy) -> list[FoundAsset]:
    return [
        FoundAsset(
            asset_id=entry.asset.asset_id,
            name=entry.asset.name,
            kind=taxonomy.name_of("kinds", entry.asset.kind),
            takes_people=entry.asset.availability not in CLOSED_STATES,
            lsoa21_code=entry.asset.place.lsoa21_code,
            lon=entry.asset.place.lon,
            lat=entry.asset.place.lat,
            easting=entry.asset.place.easting,
            northing=entry.asset.place.northing,
            trust=entry.asset.trust,
            source=entry.asset.source,
            licence=entry.asset.licence,
            changed_at=entry.changed_at,
            offers=_offer_names(";".join(entry.asset.offers), taxonomy),
            offer_ids=_wider(";".join(entry.asset.offers), taxonomy),
        )
        for entry in entries
    ]


def _offer_names(offers: str | None, taxonomy: Taxonomy) -> tuple[str, ...]:
    return tuple(taxonomy.name_of("offers", one) for one in _ids(offers))


def _wider(offers: str | None, taxonomy: Taxonomy) -> frozenset[str]:
    return frozenset(taxonomy.widen("offers", _ids(offers)))


def _ids(offers: str | None) -> list[str]:
    return [one.strip() for one in (offers or "").split(";") if one.strip()]


def _metres(points: list[tuple[float | None, float | None]]) -> tuple[list[float | None], list[float | None]]:
    if not points:
        return [], []
    degrees = np.array([(np.nan if lon is None else lon, np.nan if lat is None else lat) for lon, lat in points])
    easting, northing = points_in_metres(degrees[:, 0], degrees[:, 1])
    return [_finite(value) for value in easting], [_finite(value) for value in northing]


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
