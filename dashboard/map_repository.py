"""Every question that a map asks of a snapshot."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from dashboard.components.maps.places import Layer, Place
from dashboard.joint_ranks import MANY_TIED
from dashboard.warehouse import Row, Warehouse, open_warehouse
from etl.methods.ranking import Ties, rank_worst_first, ties_of, worst_percent

ByteArray = npt.NDArray[np.uint8]
# No more values than these can each be that of so many areas that they are said to be joint.
MOST_SHARED = round(1 / MANY_TIED)


@dataclass(frozen=True)
class RankedCount:
    """How many areas of a level have a rank on an indicator, and how many share each of the commonest values."""

    ranked: int
    sharing: dict[float, int]


class MapRepository:
    """The maps' side of one snapshot."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    def build_id(self) -> str:
        """Return the id of the snapshot."""
        row = self._warehouse.row("map_build")
        return str(row["build_id"]) if row else ""

    def tile(self, *, layer: Layer, z: int, x: int, y: int) -> bytes | None:
        """Return a vector tile, gzip; None where nothing is drawn."""
        row = self._warehouse.row("map_tile", layer=layer, z=z, x=x, y=y)
        return bytes(row["mvt"]) if row else None

    def tile_zooms(self) -> dict[str, tuple[int, int]]:
        """Return the lowest and highest zoom each layer has tiles for, where the world is one 512-pixel tile at 0."""
        rows = self._warehouse.rows("map_tile_zooms")
        return {row["layer"]: (row["lowest_zoom"], row["highest_zoom"]) for row in rows}

    def has_indicator(self, indicator_id: str) -> bool:
        """Say whether the snapshot knows an indicator."""
        return self._warehouse.row("map_indicator", indicator_id=indicator_id) is not None

    def has_area(self, area_code: str) -> bool:
        """Say whether the snapshot knows an area."""
        return self._warehouse.row("map_has_area", area_code=area_code) is not None

    def members(self, *, layer: Layer, area_code: str) -> ByteArray:
        """Return 1 for each area of a level that lies in a larger one and 0 for the others, by feature_id."""
        frame = self._warehouse.frame("map_member", layer=layer, area_code=area_code)
        members = np.zeros(self.count_areas(layer), dtype=np.uint8)
        members[frame["feature_id"].to_numpy()] = 1
        return members

    def worst_percents(self, *, layer: Layer, indicator_id: str, base_code: str | None = None) -> ByteArray:
        """Return how far from the worst each area is, in whole per cent, by feature_id.

        Parameters
        ----------
        base_code
            Count among the areas that lie in this one; None counts among all of England.

        Returns
        -------
        worst_percent
            Shape (areas of the level,): ceil(100·rank/N), 1 = worst; 0 where there is no value or outside the base.
        """
        frame = self._warehouse.frame("map_rank", layer=layer, indicator_id=indicator_id)
        keys = np.full(self.count_areas(layer), np.nan)
        keys[frame["feature_id"].to_numpy()] = frame["worst_first"].to_numpy(dtype=float)
        ties = ties_of(keys)
        if base_code is not None:
            keys[self.members(layer=layer, area_code=base_code) == 0] = np.nan
        return worst_percent_of(keys, ties=ties)

    def area(self, *, layer: Layer, feature_id: int) -> Row | None:
        """Return the name, official name, code and size of an area, by its number in the tiles."""
        return self._warehouse.row("map_area", layer=layer, feature_id=feature_id)

    def area_values(self, *, area_code: str, indicator_ids: list[str]) -> list[Row]:
        """Return the values of some indicators in one area, in the order they are asked for."""
        return self._warehouse.rows("map_area_values", area_code=area_code, indicator_ids=indicator_ids)

    def area_at(self, *, lon: float, lat: float, layer: Layer) -> Place | None:
        """Return the area of a level that holds a point in degrees; None off the land."""
        easting, northing = _to_national_grid().transform(lon, lat)
        if not (np.isfinite(easting) and np.isfinite(northing)):
            return None
        point = {"lon": lon, "lat": lat, "easting": easting, "northing": northing}
        row = self._warehouse.row("map_area_at", layer=layer, **point)
        return Place(area_code=row["area_code"], layer=layer, feature_id=row["feature_id"]) if row else None

    def count_areas(self, layer: Layer) -> int:
        """Return how many areas a level has, which is also how many bytes its value files have."""
        row = self._warehouse.row("map_area_count", layer=layer)
        return int(row["length"]) if row else 0


@lru_cache(maxsize=1024)
def count_ranked(*, path: Path, layer: Layer, indicator_id: str) -> RankedCount:
    """Return how many areas of a level have a rank on an indicator; kept, because a snapshot never changes."""
    asked = {"layer": layer, "indicator_id": indicator_id, "most": MOST_SHARED}
    rows = open_warehouse(path).rows("map_ranked_count", **asked)
    return RankedCount(
        ranked=int(rows[0]["ranked"]) if rows else 0, sharing={row["value"]: int(row["tied"]) for row in rows}
    )


@lru_cache(maxsize=1)
def _to_national_grid() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)


def worst_percent_of(keys: npt.NDArray[np.float64], *, ties: Ties = "mean") -> ByteArray:
    """Return ceil(100·rank/N) of keys that grow from worst to best.

    Parameters
    ----------
    keys
        Shape (n,); NaN where there is no value.
    ties
        Which of their ranks equal keys share, as in `etl.methods.ranking.rank_worst_first`.

    Returns
    -------
    worst_percent
        Shape (n,), 1…100; 0 where the key is NaN.
    """
    return worst_percent(rank_worst_first(keys, polarity="higher_is_better", ties=ties))


@lru_cache(maxsize=1024)
def packed_worst_percents(*, path: Path, layer: Layer, indicator_id: str, base_code: str | None) -> bytes:
    """Return the bytes of `worst_percents`, gzip; kept, because a snapshot never changes."""
    repository = MapRepository(open_warehouse(path))
    percents = repository.worst_percents(layer=layer, indicator_id=indicator_id, base_code=base_code)
    return gzip.compress(percents.tobytes(), mtime=0)


@lru_cache(maxsize=256)
def packed_members(*, path: Path, layer: Layer, area_code: str) -> bytes:
    """Return the bytes of `members`, gzip; kept, because a snapshot never changes."""
    return gzip.compress(
        MapRepository(open_warehouse(path)).members(layer=layer, area_code=area_code).tobytes(), mtime=0
    )
