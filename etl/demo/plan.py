"""The plan of the made-up ICB: its shores, towns and districts, read from `data/demo/landscape.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.settings import PROJECT

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

DATA = PROJECT / "data" / "demo"
METRES_PER_KM = 1_000.0


@dataclass(frozen=True)
class Shore:
    """A line of the outline: a ragged coast, an inland border, or the ring of an island; points in metres."""

    kind: str
    points: FloatArray


@dataclass(frozen=True)
class Settlement:
    """A town or village: where it is (EPSG:27700), how many live there and how far it reaches, in metres."""

    name: str
    kind: str
    easting: float
    northing: float
    people: float
    radius_m: float


@dataclass(frozen=True)
class District:
    """A local authority district: its anchors in metres, and the sub-ICB location (NHS code) it belongs to."""

    name: str
    code: str
    sub_icb: str
    anchors: FloatArray
    reach: float


@dataclass(frozen=True)
class SubIcb:
    """A sub-ICB location: its NHS code, its ONS code and the name of the CCG it once was."""

    ods_code: str
    code: str
    ccg_name: str


@dataclass(frozen=True)
class Villages:
    """How many villages are strewn over the land, and how large they are."""

    count: int
    people: tuple[float, float]
    radius_m: float
    countryside_people: float


@dataclass(frozen=True)
class Plan:
    """Everything that is decided before chance is asked."""

    neighbourhoods: int
    icb_name: str
    icb_ods_code: str
    shores: tuple[Shore, ...]
    settlements: tuple[Settlement, ...]
    villages: Villages
    districts: tuple[District, ...]
    sub_icbs: tuple[SubIcb, ...]


def read_words() -> dict[str, Any]:
    """Return the word lists that names are put together from."""
    return tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))


def read_plan() -> Plan:
    """Return the plan, every length in metres and every place in EPSG:27700."""
    raw = tomllib.loads((DATA / "landscape.toml").read_text(encoding="utf-8"))
    origin = np.array([raw["origin"]["easting"], raw["origin"]["northing"]], dtype=np.float64)

    def place(points: list[list[float]]) -> FloatArray:
        return origin + np.asarray(points, dtype=np.float64) * METRES_PER_KM

    villages = raw["villages"]
    return Plan(
        neighbourhoods=raw["neighbourhoods"],
        icb_name=raw["icb"]["name"],
        icb_ods_code=raw["icb"]["ods_code"],
        shores=tuple(Shore(shore["kind"], place(shore["points"])) for shore in raw["shore"]),
        settlements=tuple(_settlement(town, place([town["at"]])[0]) for town in raw["settlement"]),
        villages=Villages(
            count=villages["count"],
            people=(villages["people"][0], villages["people"][1]),
            radius_m=villages["radius_km"] * METRES_PER_KM,
            countryside_people=raw["villages"]["countryside_people"],
        ),
        districts=tuple(
            District(one["name"], one["code"], one["sub_icb"], place(one["anchors"]), one["reach"])
            for one in raw["district"]
        ),
        sub_icbs=tuple(SubIcb(one["name"], one["code"], one["ccg_name"]) for one in raw["sub_icb"]),
    )


def _settlement(town: dict[str, Any], at: FloatArray) -> Settlement:
    radius_m = town["radius_km"] * METRES_PER_KM
    return Settlement(town["name"], town["kind"], float(at[0]), float(at[1]), float(town["people"]), radius_m)
