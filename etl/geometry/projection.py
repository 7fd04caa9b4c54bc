"""Longitude and latitude to the National Grid and back, the same on every machine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely
from pyproj import Transformer
from pyproj.enums import TransformDirection

from etl.geometry.types import FloatArray, Geometries

# EPSG:1314 (“OSGB36 to WGS 84 (6)”, a Helmert shift) and the British National Grid, spelt out. Left to choose, PROJ
# takes the OSTN15 grid where it happens to be installed, and the same file would give other rows. The ONS portal's
# copy in degrees was itself made with EPSG:1314: sent back this way its coordinates fall on round metres to within a
# millimetre, which OSTN15 would miss by about two metres.
PIPELINE = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 "
    "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector +step +inv +proj=cart +ellps=airy +step +proj=pop +v_3 +step +proj=tmerc +lat_0=49 "
    "+lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
)
MILLIMETRE_DECIMALS = 3
BLOCK = 250_000


def to_national_grid(lonlat: Geometries) -> Geometries:
    """Return geometries in metres (EPSG:27700), rounded to 1 mm.

    Rounding is by vertex, so a vertex shared by two neighbours stays shared.

    Parameters
    ----------
    lonlat
        Geometries in degrees (EPSG:4326, longitude first), shape (n,); they are left as they are.
    """
    metres = _transform(shapely.get_coordinates(lonlat), direction=TransformDirection.FORWARD)
    return np.asarray(shapely.set_coordinates(lonlat.copy(), np.round(metres, MILLIMETRE_DECIMALS)))


def to_lonlat(national_grid: FloatArray) -> FloatArray:
    """Return points in degrees (EPSG:4326, longitude first) from metres (EPSG:27700), both of shape (n, 2)."""
    return _transform(national_grid, direction=TransformDirection.INVERSE)


def from_lonlat(lonlat: FloatArray) -> FloatArray:
    """Return points in metres (EPSG:27700) from degrees (EPSG:4326, longitude first), both of shape (n, 2)."""
    return _transform(lonlat, direction=TransformDirection.FORWARD)


def _transform(coordinates: FloatArray, *, direction: TransformDirection) -> FloatArray:
    """Transform block by block on two threads; pyproj lets go of the interpreter while it works."""
    blocks = [coordinates[start : start + BLOCK] for start in range(0, len(coordinates), BLOCK)]
    if not blocks:
        return np.empty((0, 2))

    def transform(block: FloatArray) -> FloatArray:
        # A Transformer must not be shared between threads.
        x, y = Transformer.from_pipeline(PIPELINE).transform(block[:, 0], block[:, 1], direction=direction)
        return np.column_stack((x, y))

    with ThreadPoolExecutor(2) as threads:
        return np.concatenate(list(threads.map(transform, blocks)))
