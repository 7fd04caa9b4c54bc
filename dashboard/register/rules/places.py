"""Places: both kinds of co-ordinates kept in step, the rough place, the postcode checked against the point."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from math import hypot

from pyproj import Transformer

from dashboard.register.model import Place, Precision

WGS84, BRITISH_GRID = 4326, 27700
# A box around the United Kingdom: further out is a slip of the pen, most often lon and lat swapped.
LON_RANGE, LAT_RANGE = (-9.0, 2.5), (49.5, 61.5)
EASTING_RANGE, NORTHING_RANGE = (0.0, 700_000.0), (0.0, 1_300_000.0)
# A postcode holds some 15 homes, but in the country its middle may be a long way from a door.
POSTCODE_FAR_M = 2_000.0
_AREA_CODE = re.compile(r"[A-Z][0-9]{8}")


def complete_place(place: Place) -> Place:
    """Return a place with both degrees and metres when it has either, and without a point when it has no place."""
    if place.precision is Precision.NONE:
        return Place()
    if place.lon is not None and place.lat is not None:
        easting, northing = _transformer(WGS84, BRITISH_GRID).transform(place.lon, place.lat)
        return replace(place, easting=round(easting, 1), northing=round(northing, 1))
    if place.easting is not None and place.northing is not None:
        lon, lat = _transformer(BRITISH_GRID, WGS84).transform(place.easting, place.northing)
        return complete_place(replace(place, lon=round(lon, 6), lat=round(lat, 6)))
    return replace(place, lon=None, lat=None, easting=None, northing=None)


def is_point_plausible(place: Place) -> bool:
    """Return whether a point, if there is one, lies in or near the United Kingdom."""
    if place.lon is not None and place.lat is not None:
        return _is_in(place.lon, LON_RANGE) and _is_in(place.lat, LAT_RANGE)
    if place.easting is not None and place.northing is not None:
        return _is_in(place.easting, EASTING_RANGE) and _is_in(place.northing, NORTHING_RANGE)
    return True


def has_half_a_point(place: Place) -> bool:
    """Return whether one of two co-ordinates is missing."""
    return (place.lon is None) != (place.lat is None) or (place.easting is None) != (place.northing is None)


def roughen(place: Place, *, centroid: tuple[float, float] | None) -> Place:
    """Return a rough place as others see it: the middle of its LSOA, and neither address nor postcode.

    Parameters
    ----------
    centroid
        Longitude and latitude of the middle of its LSOA; with none known, no point is shown at all.
    """
    if place.precision is not Precision.ROUGH:
        return place
    middle = Place(precision=Precision.ROUGH, lsoa21_code=place.lsoa21_code)
    return complete_place(replace(middle, lon=centroid[0], lat=centroid[1])) if centroid else middle


def is_area_code(text: str) -> bool:
    """Return whether a text has the form of an area's code (ONS: a letter and eight digits)."""
    return _AREA_CODE.fullmatch(text) is not None


def postcode_problem(place: Place, *, postcode_at: tuple[float, float]) -> str:
    """Return a warning when the point is far from its postcode, or nothing.

    Parameters
    ----------
    postcode_at
        Easting and northing of the postcode's middle, in metres.
    """
    if place.easting is None or place.northing is None:
        return ""
    away_m = hypot(place.easting - postcode_at[0], place.northing - postcode_at[1])
    if away_m <= POSTCODE_FAR_M:
        return ""
    return f"The point is {away_m / 1000:.1f} km from {place.postcode}. Check the postcode, or move the point."


def _is_in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
