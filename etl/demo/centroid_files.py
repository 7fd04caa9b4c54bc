"""Made-up population-weighted centroids as the Office for National Statistics publishes them."""

from __future__ import annotations

import uuid
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from etl.demo.files import write_csv
from etl.demo.places import Places
from etl.demo.plan import FloatArray

LATTICE = 9  # points along each side of the box around a neighbourhood at which its people are counted
MILLIMETRE_DECIMALS = 3
NAMESPACE = uuid.UUID(int=0)


def draw_centroids(*, places: Places) -> FloatArray:
    """Return the middle of where the people of each LSOA live, EPSG:27700, shape (n, 2): always inside it.

    People are as dense as the land says. Where the middle would lie outside, as in a neighbourhood bent round a bay,
    the nearest point inside at which people were counted is taken.
    """
    counted = [_points_inside(polygon, centre) for polygon, centre in zip(places.polygons, places.centres, strict=True)]
    sizes = np.array([len(points) for points in counted])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    everywhere = np.vstack(counted)
    people = places.land.density(everywhere)[:, None]
    middles = np.add.reduceat(people * everywhere, starts) / np.add.reduceat(people, starts)
    is_in = shapely.contains_xy(np.asarray(places.polygons, dtype=object), middles[:, 0], middles[:, 1])
    for place in np.flatnonzero(~is_in):
        away = np.hypot(*(counted[place] - middles[place]).T)
        middles[place] = counted[place][away.argmin()]
    return np.round(middles, MILLIMETRE_DECIMALS)


def write_centroids(*, folder: Path, places: Places) -> None:
    """Write the centroids as the portal's CSV has them: in metres, each with an id of its own."""
    codes = places.frame["lsoa21_code"]
    middles = draw_centroids(places=places)
    frame = pd.DataFrame(
        {
            "FID": np.arange(1, len(codes) + 1),
            "LSOA21CD": codes,
            "GlobalID": [str(uuid.uuid5(NAMESPACE, code)) for code in codes],
            "x": middles[:, 0],
            "y": middles[:, 1],
        }
    )
    write_csv(frame=frame, path=folder / "LSOA_PopCentroids_EW_2021_V4.csv", line_end="\r\n")


def _points_inside(polygon: shapely.Polygon, centre: FloatArray) -> FloatArray:
    west, south, east, north = polygon.bounds
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(west, east, LATTICE), np.linspace(south, north, LATTICE)))
    is_in = shapely.contains_xy(polygon, x, y)
    return np.vstack([centre, np.column_stack([x, y])[is_in]])
