"""Which community assets are within reach of an area. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dashboard.register.model import Trust
from etl.methods.access import DEFAULT_CATCHMENT, LONG_WALK_M
from etl.methods.arrays import BoolArray, FloatArray
from etl.methods.nearness import is_near

# A twenty-minute walk as a straight line.
REACH_M = LONG_WALK_M / DEFAULT_CATCHMENT.detour


@dataclass(frozen=True, kw_only=True)
class FoundAsset:
    """An asset near the area, as the reader of the brief may see it.

    Parameters
    ----------
    kind, offers
        Names in plain English; `offer_ids` are the taxonomy's ids with their broader terms.
    takes_people
        Whether it is neither paused nor full.
    trust
        Who last confirmed it; None when that is not known.
    easting, northing
        Metres (EPSG:27700); None for one that has no place.
    source, licence
        The list that it came from and on what terms; empty for one that somebody added here, or that says nothing.
    changed_at
        When what is known of it was last changed; None when that is not known.
    """

    asset_id: str
    name: str
    kind: str
    offers: tuple[str, ...]
    offer_ids: frozenset[str]
    takes_people: bool
    lsoa21_code: str
    lon: float | None
    lat: float | None
    easting: float | None
    northing: float | None
    trust: Trust | None
    source: str = ""
    licence: str = ""
    changed_at: datetime | None = None


def select_in_reach(
    found: Sequence[FoundAsset], *, homes: FloatArray, members: frozenset[str]
) -> list[tuple[FoundAsset, bool]]:
    """Return the assets in the area or within a walk of it, each with whether it is inside.

    Parameters
    ----------
    homes
        A point in each neighbourhood of the area, metres, shape (n, 2).
    members
        Codes of those neighbourhoods.
    """
    inside = [asset.lsoa21_code in members for asset in found]
    near = _has_home_near([(asset.easting, asset.northing) for asset in found], homes=homes)
    kept = [(asset, is_in) for asset, is_in, has_home in zip(found, inside, near, strict=True) if is_in or has_home]
    return sorted(kept, key=lambda pair: (pair[0].kind, pair[0].name, pair[0].asset_id))


def _has_home_near(points: Sequence[tuple[float | None, float | None]], *, homes: FloatArray) -> BoolArray:
    near = np.zeros(len(points), dtype=bool)
    placed = [i for i, (easting, northing) in enumerate(points) if easting is not None and northing is not None]
    if placed:
        near[placed] = is_near(np.array([points[i] for i in placed], dtype=np.float64), homes, reach_m=REACH_M)
    return near
