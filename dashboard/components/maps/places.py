"""Where something is on a map: its level of areas, one area of it, a box in degrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Layer = Literal["icb", "sicbl", "lad", "ward", "msoa", "lsoa"]
LAYERS: tuple[Layer, ...] = get_args(Layer)

# Longitude and latitude in degrees.
LonLat = tuple[float, float]

_AREA_CODE = re.compile(r"[A-Za-z0-9]{1,20}")


@dataclass(frozen=True)
class Place:
    """An area that is picked out on the map.

    Parameters
    ----------
    area_code, layer, feature_id
        As in the warehouse's `area` table (`layer` is its `area_type`).
    """

    area_code: str
    layer: Layer
    feature_id: int

    def __post_init__(self) -> None:
        require_area_code(self.area_code)


@dataclass(frozen=True)
class Bounds:
    """A box in degrees (EPSG:4326)."""

    west: float
    south: float
    east: float
    north: float


ENGLAND = Bounds(west=-6.42, south=49.86, east=1.77, north=55.82)


def require_area_code(text: str) -> None:
    """Refuse anything that cannot be an area's code, so that no other text can reach the browser by this way.

    Raises
    ------
    ValueError
        If it holds anything but letters and digits.
    """
    if not _AREA_CODE.fullmatch(text):
        raise ValueError(f"{text!r} is not an area code")
