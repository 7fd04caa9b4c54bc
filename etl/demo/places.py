"""The places of the demo: neighbourhoods with codes and names, and the areas that hold them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import csr_array

from etl.demo.groups import find_neighbours, gather
from etl.demo.land import Land, draw_land
from etl.demo.mosaic import draw_neighbourhoods
from etl.demo.naming import Names
from etl.demo.plan import FloatArray, IntArray, Plan, read_plan, read_words

ICB_CODE = "E54900001"
LSOAS_PER_MSOA = 5
LSOAS_PER_WARD = 9
TOWN_REACH = 1.35


@dataclass(frozen=True)
class Places:
    """Everything about where: one row of `frame` per LSOA, in order of code, its polygon and its neighbours.

    `frame` holds codes and names of every level, the settlement and its kind, how far out from its middle
    (in radii), the distance to the sea and the area in square metres.
    """

    plan: Plan
    land: Land
    frame: pd.DataFrame
    polygons: list[Any]
    centres: FloatArray
    graph: csr_array[Any, tuple[int, int]]


def draw_places(*, rng: np.random.Generator) -> Places:
    """Return the whole made-up ICB, in EPSG:27700."""
    plan = read_plan()
    names = Names(words=read_words(), rng=rng)
    for town in plan.settlements:
        names.claim(town.name)
    land = draw_land(plan=plan, rng=rng)
    land = replace(land, settlements=tuple(replace(one, name=one.name or names.village()) for one in land.settlements))
    polygons = draw_neighbourhoods(land=land, count=plan.neighbourhoods, rng=rng)
    centres = shapely.get_coordinates(shapely.point_on_surface(polygons))
    graph = find_neighbours(polygons=polygons, centres=centres)
    district = _assign_districts(plan, centres, graph)
    frame = _number_areas(plan, district, centres, graph).join(_settle(land, polygons, centres))
    order = np.argsort(frame["lsoa21_code"].to_numpy())
    frame = _name_areas(frame.iloc[order].reset_index(drop=True), names)
    return Places(
        plan=plan,
        land=land,
        frame=frame,
        polygons=[polygons[place] for place in order],
        centres=centres[order],
        graph=graph[order][:, order],
    )


def _settle(land: Land, polygons: list[Any], centres: FloatArray) -> pd.DataFrame:
    """Return what settlement each neighbourhood belongs to, if any, and how it lies."""
    towns = land.settlements
    middles = np.array([(town.easting, town.northing) for town in towns])
    radii = np.array([town.radius_m for town in towns])
    out = np.hypot(*(centres[:, None] - middles[None]).transpose(2, 0, 1)) / radii
    nearest = out.argmin(axis=1)
    is_town = out.min(axis=1) < TOWN_REACH
    shore = land.outline.boundary
    return pd.DataFrame(
        {
            "settlement": [towns[town].name for town in nearest],
            "kind": np.where(is_town, [towns[town].kind for town in nearest], "country"),
            "radii_out": out.min(axis=1),
            "to_sea_m": shapely.distance(shapely.points(centres), shore),
            "area_m2": shapely.area(polygons),
        }
    )


def _assign_districts(plan: Plan, centres: FloatArray, graph: csr_array[Any, tuple[int, int]]) -> IntArray:
    reach = [
        np.min([np.hypot(*(centres - anchor).T) for anchor in one.anchors], axis=0) / one.reach
        for one in plan.districts
    ]
    district: IntArray = np.argmin(reach, axis=0).astype(np.int64)
    ties = graph.tocsr()
    for _ in range(3):  # smooths the border: nobody is in a district that hardly any neighbour is in
        for place in range(len(centres)):
            around = district[ties.indices[ties.indptr[place] : ties.indptr[place + 1]]]
            if (around == district[place]).sum() <= 1:
                district[place] = np.bincount(around).argmax()
    return district


def _number_areas(
    plan: Plan, district: IntArray, centres: FloatArray, graph: csr_array[Any, tuple[int, int]]
) -> pd.DataFrame:
    """Return codes, and names as the ONS gives them: Harrowick 001A is the first part of MSOA Harrowick 001."""
    sub_icbs = {one.ods_code: one for one in plan.sub_icbs}
    rows: dict[int, dict[str, str]] = {}
    msoas = wards = 0
    for number, lad in enumerate(plan.districts):
        members = np.flatnonzero(district == number)
        above = {"lad_code": lad.code, "lad_name": lad.name, "icb_code": ICB_CODE}
        above |= {"sicbl_code": sub_icbs[lad.sub_icb].code, "sicbl_ods_code": lad.sub_icb}
        for place, msoa in enumerate(_north_to_south(members, LSOAS_PER_MSOA, centres, graph), start=1):
            msoas += 1
            name = f"{lad.name} {place:03d}"
            for letter, lsoa in zip(ascii_uppercase, msoa.tolist(), strict=False):
                own = {"lsoa21_code": f"E01{900_001 + len(rows)}", "lsoa21_name": f"{name}{letter}"}
                rows[lsoa] = own | {"msoa21_code": f"E02{900_000 + msoas}", "msoa21_name": name} | above
        for ward in _north_to_south(members, LSOAS_PER_WARD, centres, graph):
            wards += 1
            for lsoa in ward.tolist():
                rows[lsoa]["ward_code"] = f"E05{900_000 + wards}"
    return pd.DataFrame.from_dict(rows, orient="index").sort_index()


def _north_to_south(
    members: IntArray, size: int, centres: FloatArray, graph: csr_array[Any, tuple[int, int]]
) -> list[IntArray]:
    groups = gather(members=members, parts=round(len(members) / size), graph=graph, centres=centres)
    return sorted(groups, key=lambda group: -float(centres[group, 1].mean()))


def _name_areas(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Return the frame with the names people use: of quarters in towns, of villages in the country."""
    local = {code: _local_name(msoa, names) for code, msoa in frame.groupby("msoa21_code")}
    frame = frame.assign(local_name=frame["msoa21_code"].map(local))
    ward_names: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for code, ward in frame.groupby("ward_code"):
        candidates = [str(name).replace(" & ", " and ") for name in ward["local_name"].value_counts().index]
        candidates += [f"{candidates[0]} {end}" for end in ("North", "South", "East", "West")]
        lad = str(ward["lad_code"].iloc[0])
        ward_names[str(code)] = next(one for one in candidates if (lad, one) not in taken)
        taken.add((lad, ward_names[str(code)]))
    return frame.assign(ward_name=frame["ward_code"].map(ward_names))


def _local_name(msoa: pd.DataFrame, names: Names) -> str:
    kinds = msoa["kind"].value_counts()
    kind = str(kinds.index[0])
    if kind in ("country", "village"):
        villages = msoa.loc[msoa["kind"] == "village", "settlement"].value_counts().index[:2]
        return names.of_country(villages=[str(village) for village in villages])
    town = str(msoa.loc[msoa["kind"] == kind, "settlement"].iloc[0])
    return names.quarter(kind=kind, town=town)
