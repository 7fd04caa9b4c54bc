"""Areas that fit together: no gaps between neighbours, no overlaps; checked, mended and dissolved into larger ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely

from etl.errors import SourceError
from etl.geometry.types import Geometries, IntArray

SHOWN = 5
GROUPS_AT_A_TIME = 16


def faulty_neighbours(geometries: Geometries) -> IntArray:
    """Return the positions of areas that overlap a neighbour or share a border with other vertices.

    Validity is a matter between two areas that touch, so a western and an eastern part are checked side by side; both
    hold the areas that straddle the line between them, and so every pair is in one of the two.

    Parameters
    ----------
    geometries
        Valid polygons, shape (n,), that should form a coverage.

    Returns
    -------
    positions
        In rising order; empty when the coverage is valid.
    """
    bounds = shapely.bounds(geometries)
    middle = np.median((bounds[:, 0] + bounds[:, 2]) / 2) if len(bounds) else 0.0
    parts = (np.flatnonzero(bounds[:, 0] <= middle), np.flatnonzero(bounds[:, 2] >= middle))

    def faulty(part: IntArray) -> IntArray:
        is_fitting = np.asarray(shapely.is_empty(shapely.coverage_invalid_edges(geometries[part])), dtype=np.bool_)
        return part[~is_fitting]

    with ThreadPoolExecutor(2) as threads:
        return np.unique(np.concatenate(list(threads.map(faulty, parts))))


def check_coverage(geometries: Geometries, codes: np.ndarray, *, source_id: str) -> tuple[Geometries, IntArray]:
    """Return a valid coverage, and the positions of the areas that were changed to make it one.

    Where neighbours do not fit, they and the areas around them are cleaned (`shapely.coverage_clean`: overlaps go to
    the neighbour with the longest common border, vertices are matched); the rest stays as it is.

    Parameters
    ----------
    geometries, codes
        Valid polygons and their codes, shape (n,).
    source_id
        The source to name when they cannot be mended.

    Raises
    ------
    SourceError
        If an area has no surface, or neighbours still do not fit after cleaning; it names the first of them.
    """
    bare = np.flatnonzero(shapely.is_empty(geometries))
    if len(bare):
        raise _refusal(bare, codes, "have no surface", source_id=source_id)
    faulty = faulty_neighbours(geometries)
    if len(faulty) == 0:
        return geometries, faulty
    around = np.unique(shapely.STRtree(geometries).query(geometries[faulty])[1])
    mended = geometries.copy()
    mended[around] = shapely.coverage_clean(geometries[around])
    lost = around[shapely.is_empty(mended[around])]
    still_faulty = lost if len(lost) else faulty_neighbours(mended)
    if len(still_faulty):
        why = "overlap their neighbours or leave slivers, and could not be mended"
        raise _refusal(still_faulty, codes, why, source_id=source_id)
    changed = around[~shapely.equals_exact(mended[around], geometries[around], normalize=True)]
    return mended, changed


def _refusal(positions: IntArray, codes: np.ndarray, why: str, *, source_id: str) -> SourceError:
    named = ", ".join(str(code) for code in codes[positions[:SHOWN]])
    more = f" and {len(positions) - SHOWN:,} more" if len(positions) > SHOWN else ""
    return SourceError(
        f"The boundaries of {named}{more} {why}",
        source_id=source_id,
        todo="Use the boundaries as published (BGC, 20 m generalised), all from one edition.",
    )


def dissolve(geometries: Geometries, group_codes: np.ndarray) -> dict[str, shapely.Geometry]:
    """Return the boundary of each group of areas, with the borders inside it taken away.

    Shared vertices are kept as they are, so that dissolved groups fit together as the areas did. Pieces that do not
    touch make a MultiPolygon.

    Parameters
    ----------
    geometries
        A valid coverage, shape (n,).
    group_codes
        The group that each area belongs to, shape (n,).
    """
    order = np.argsort(group_codes, kind="stable")
    codes, starts = np.unique(group_codes[order], return_index=True)
    members = np.split(geometries[order], starts[1:]) if len(codes) else []
    batches = [members[start : start + GROUPS_AT_A_TIME] for start in range(0, len(members), GROUPS_AT_A_TIME)]

    def union(batch: list[Geometries]) -> list[shapely.Geometry]:
        return [shapely.coverage_union_all(group) for group in batch]

    with ThreadPoolExecutor(2) as threads:
        dissolved = [geometry for batch in threads.map(union, batches) for geometry in batch]
    return dict(zip(codes.tolist(), dissolved, strict=True))
