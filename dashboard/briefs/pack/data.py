"""The tables and boundaries of a data pack, gathered from the snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.questions.places import ENGLAND
from dashboard.questions.shapes import Box
from dashboard.repository import Repository
from etl.methods.arrays import IntArray

# A pack of all of England would hold two million corners; it holds districts instead.
PART_LEVEL = {"england": "lad"}


@dataclass(frozen=True)
class Shapes:
    """Areas with their boundaries in metres (EPSG:27700): code, name and population of each, and the shapes."""

    frame: pd.DataFrame
    shapes: Any


@dataclass(frozen=True)
class PackData:
    """What a data pack holds besides the brief.

    Parameters
    ----------
    figures
        Every indicator of the area, in the columns of `ProfileQuestions.profile`.
    parts
        `values` and `ranks`, one row per part of the area: area_code, name, then a column per indicator.
    months
        GP appointments, one row per month and mode.
    area, part_shapes
        The area's own boundary, and those of its parts; None where they were not loaded.
    """

    figures: pd.DataFrame
    parts: dict[str, pd.DataFrame]
    months: pd.DataFrame
    area: Shapes | None
    part_shapes: Shapes | None


def gather_pack_data(repository: Repository, area_code: str) -> PackData:
    """Return the tables of an area that is known."""
    area = repository.area(area_code)
    assert area is not None  # noqa: S101 - a brief of it has been gathered
    level = PART_LEVEL.get(area.area_type, "lsoa")
    inside = np.flatnonzero(repository.areas_within(area_code="" if area_code == ENGLAND else area_code, level=level))
    places = repository.areas_of_level(level).iloc[inside][["area_code", "name", "population"]]
    shape = repository.boundary(area_code)
    own = pd.DataFrame({"area_code": [area_code], "name": [area.name], "population": [area.population]})
    return PackData(
        figures=repository.profile(area),
        parts=_parts(repository, places=places, inside=inside, level=level),
        months=repository.appointments(area_code),
        area=None if shape is None else Shapes(own, np.array([shape], dtype=object)),
        part_shapes=None if shape is None else _part_shapes(repository, inside, box=shape.bounds, level=level),
    )


def _parts(repository: Repository, *, places: pd.DataFrame, inside: IntArray, level: str) -> dict[str, pd.DataFrame]:
    known = {
        key: repository.values_of_level(level=level, indicator_id=key) for key in sorted(repository.mapped_indicators)
    }
    names = places[["area_code", "name"]].reset_index(drop=True)
    tables = {
        "values": {key: values.value[inside] for key, values in known.items()},
        "ranks": {key: values.national_rank[inside] for key, values in known.items() if values.ranked},
    }
    return {name: pd.concat([names, pd.DataFrame(columns)], axis=1) for name, columns in tables.items()}


def _part_shapes(repository: Repository, inside: IntArray, *, box: Box, level: str) -> Shapes | None:
    found = repository.boundaries_in(level=level, box=box)
    is_part = np.isin(found.feature_ids, inside)
    if not is_part.any():
        return None
    rows = repository.areas_of_level(level).iloc[found.feature_ids[is_part]]
    frame = rows[["area_code", "name", "population"]].reset_index(drop=True)
    return Shapes(frame, found.shapes[is_part])
