"""How well each neighbourhood is served by the register as it is at this moment, and where support is thin.

The snapshot says where people live; the register says what help there is. What was worked out before is kept, and
after a change only the neighbourhoods within reach of it are worked out anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np

from dashboard.assets.live import live_table
from dashboard.assets.table import AssetTable
from dashboard.register.database import Database
from dashboard.register.register import Register
from dashboard.register.taxonomy import Taxonomy
from dashboard.repository import Repository
from dashboard.warehouse import open_warehouse
from etl.methods.access import Points, measure_access
from etl.methods.access_renewal import renew_access
from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.tables.support import ANY_ASSET, DIGITAL_HELP, KIND_PREFIX

# With more changed points than this, working everything out anew is quicker.
MANY_CHANGES = 500


def support_groups(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the groups of assets that a person may pick, in words by id: digital help, any, an offer or a kind."""
    offers = taxonomy.names("offers")
    kinds = {f"{KIND_PREFIX}{kind}": f"Any {name.lower()}" for kind, name in taxonomy.names("kinds").items()}
    first = {DIGITAL_HELP: offers.pop(DIGITAL_HELP, "Help to get online"), ANY_ASSET: "Any community asset"}
    return {**first, **offers, **kinds}


def support_values(repository: Repository, register: Register, *, group: str = DIGITAL_HELP) -> FloatArray:
    """Return how much help of a group each neighbourhood can reach, as it is in the register now.

    Parameters
    ----------
    group
        `any`, the id of something offered, or `kind_` and the id of a kind.

    Returns
    -------
    e2sfca
        Assets per person (enhanced two-step floating catchment), in order of feature_id, shape (N,); 0 where none
        is within reach. Do not change it.
    """
    return _kept(repository.path, register.database, group).values(repository, live_table(register))


def members_of(table: AssetTable, *, group: str) -> BoolArray:
    """Return which assets count for a group: they have a point, take people, and offer it or are of the kind."""
    counts = table.is_placed & table.is_taking_people
    if group == ANY_ASSET:
        return counts
    if group.startswith(KIND_PREFIX):
        return counts & table.has_any("kind", (group.removeprefix(KIND_PREFIX),))
    return counts & table.has_any("offers", (group,))


@lru_cache(maxsize=2)
def where_people_live(snapshot: Path) -> tuple[Points, FloatArray]:
    """Return where each neighbourhood's people are taken to live, and how many they are, in order of feature_id."""
    frame = open_warehouse(snapshot).frame("where_people_live")
    return frame[["easting", "northing"]].to_numpy(dtype=np.float64), frame["population"].to_numpy(dtype=np.float64)


@dataclass(frozen=True)
class _Measured:
    """What was worked out, and from which assets."""

    number: int
    key: IntArray
    points: Points
    values: FloatArray


class _Support:
    """The support of one group in one snapshot, kept in step with a register."""

    def __init__(self, group: str) -> None:
        self._group = group
        self._lock = Lock()
        self._measured: _Measured | None = None

    def values(self, repository: Repository, table: AssetTable) -> FloatArray:
        with self._lock:
            before = self._measured
            if before is None or before.number != table.number:
                self._measured = self._measure(repository, table, before)
            assert self._measured is not None  # noqa: S101 - it has just been measured
            return self._measured.values

    def _measure(self, repository: Repository, table: AssetTable, before: _Measured | None) -> _Measured:
        is_member = members_of(table, group=self._group)
        key, points = table.key[is_member], table.grid[is_member]
        origins, population = where_people_live(repository.path)
        changed = None if before is None else changed_points(before.key, before.points, key, points)
        if before is None or changed is None or len(changed) > MANY_CHANGES:
            values = measure_access(origins=origins, population=population, assets=points).e2sfca
        else:
            values = renew_access(before.values, origins=origins, population=population, assets=points, changed=changed)
        values.flags.writeable = False
        return _Measured(number=table.number, key=key, points=points, values=values)


def changed_points(old_key: IntArray, old: Points, new_key: IntArray, new: Points) -> Points:
    """Return every point at which an asset came, went or moved, shape (k, 2); keys ascend."""
    both, in_old, in_new = np.intersect1d(old_key, new_key, assume_unique=True, return_indices=True)
    stayed = (old[in_old] == new[in_new]).all(axis=1) if len(both) else np.zeros(0, dtype=np.bool_)
    return np.vstack([np.delete(old, in_old[stayed], axis=0), np.delete(new, in_new[stayed], axis=0)])


@lru_cache(maxsize=64)
def _kept(_snapshot: Path, _database: Database, group: str) -> _Support:
    return _Support(group)
