"""How well neighbourhoods are served by community assets: the nearest, how many in reach, and supply per person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.spatial import KDTree

from etl.methods.arrays import FloatArray, IntArray, MethodError

Points = FloatArray
"""Eastings and northings in metres (EPSG:27700), shape (n, 2)."""

SHORT_WALK_M = 800.0
LONG_WALK_M = 1600.0


@dataclass(frozen=True)
class Catchment:
    """How far people come, and how much less from further away.

    Parameters
    ----------
    limits_m
        Rising outer limits of the rings, in metres on foot.
    weights
        How much a person in each ring counts, from 0 to 1; beyond the last ring nobody counts.
    detour
        Street distance over straight-line distance, where no street network is loaded.
    """

    limits_m: tuple[float, ...] = (400.0, 800.0, 1600.0)
    weights: tuple[float, ...] = (1.0, 0.68, 0.22)
    detour: float = 1.3

    def __post_init__(self) -> None:
        is_rising = all(low < high for low, high in pairwise((0.0, *self.limits_m)))
        is_share = all(0 <= weight <= 1 for weight in self.weights)
        if not (self.limits_m and is_rising and is_share and len(self.limits_m) == len(self.weights)):
            what = f"A catchment of limits {self.limits_m} and weights {self.weights} cannot be used."
            raise MethodError(what, todo="Give rising limits, and a weight from 0 to 1 for each.")
        if not self.detour >= 1:
            what = f"A detour of {self.detour:g} makes streets shorter than straight lines."
            raise MethodError(what, todo="Use 1 or more.")


@dataclass(frozen=True)
class Access:
    """What n neighbourhoods have within reach.

    Parameters
    ----------
    nearest_m
        Shape (n,): walking distance to the nearest asset; infinity when there is none at all.
    count_within_800m, count_within_1600m
        Shape (n,): assets within that walking distance.
    e2sfca
        Shape (n,): supply per person, where every asset is shared among all who can reach it.
    """

    nearest_m: FloatArray
    count_within_800m: IntArray
    count_within_1600m: IntArray
    e2sfca: FloatArray


@dataclass(frozen=True)
class _Reach:
    """Every pair of neighbourhood and asset within walking distance, in metres on foot."""

    origin: IntArray
    asset: IntArray
    distance_m: FloatArray


DEFAULT_CATCHMENT = Catchment()


def measure_access(
    *,
    origins: Points,
    population: FloatArray,
    assets: Points,
    supply: FloatArray | None = None,
    catchment: Catchment = DEFAULT_CATCHMENT,
) -> Access:
    """Return the access of every neighbourhood to one group of assets.

    The enhanced two-step floating catchment (Luo and Qi 2009): an asset's supply is divided by the people it can
    reach, each weighted by distance, R_j = S_j / sum of P_k·W(d_kj); a neighbourhood adds up what it can reach,
    A_i = sum of R_j·W(d_ij). People times access adds up to the supply of the assets that reach anyone.

    Parameters
    ----------
    origins, population
        Shapes (n, 2) and (n,): where the people of each neighbourhood are taken to live, and how many they are.
    assets
        Shape (m, 2).
    supply
        Shape (m,): how much each offers, 1 each when None. One of no supply (paused, full) is not there at all:
        it is neither nearest nor counted.

    Raises
    ------
    MethodError
        If a supply is below zero or not a number.
    """
    offered = np.ones(len(assets)) if supply is None else supply
    if not (np.isfinite(offered) & (offered >= 0)).all():
        raise MethodError("A supply is below zero or not a number.", todo="Use 0 for an asset that takes nobody.")
    open_assets, offered = assets[offered > 0], offered[offered > 0]
    if not len(open_assets):
        return _nothing_in_reach(len(origins))
    tree = KDTree(open_assets)
    longest_m = max(LONG_WALK_M, *catchment.limits_m)
    reach = _find_reach(KDTree(origins), tree, longest_m=longest_m, detour=catchment.detour)
    return Access(
        nearest_m=catchment.detour * np.asarray(tree.query(origins)[0], dtype=np.float64),
        count_within_800m=_count(reach, limit_m=SHORT_WALK_M, size=len(origins)),
        count_within_1600m=_count(reach, limit_m=LONG_WALK_M, size=len(origins)),
        e2sfca=_share_supply(reach, population=population, supply=offered, catchment=catchment),
    )


def _nothing_in_reach(size: int) -> Access:
    nobody = np.zeros(size, dtype=np.int64)
    return Access(np.full(size, np.inf), nobody, nobody, np.zeros(size))


def _find_reach(origins: KDTree, assets: KDTree, *, longest_m: float, detour: float) -> _Reach:
    # A hair more than the limit, so that rounding in the tree cannot lose a pair that lies exactly on it.
    radius_m = longest_m / detour * (1 + 1e-9)
    pairs = origins.sparse_distance_matrix(assets, radius_m, output_type="ndarray")
    return _Reach(pairs["i"].astype(np.int64), pairs["j"].astype(np.int64), detour * pairs["v"])


def _count(reach: _Reach, *, limit_m: float, size: int) -> IntArray:
    return np.bincount(reach.origin[reach.distance_m <= limit_m], minlength=size).astype(np.int64)


def _share_supply(reach: _Reach, *, population: FloatArray, supply: FloatArray, catchment: Catchment) -> FloatArray:
    ring = np.searchsorted(np.array(catchment.limits_m), reach.distance_m, side="left")
    weights = np.array([*catchment.weights, 0.0])[ring]
    demand = np.bincount(reach.asset, weights=population[reach.origin] * weights, minlength=len(supply))
    per_person = np.divide(supply, demand, out=np.zeros(len(supply)), where=demand > 0)
    shares = per_person[reach.asset] * weights
    return np.bincount(reach.origin, weights=shares, minlength=len(population)).astype(np.float64)
