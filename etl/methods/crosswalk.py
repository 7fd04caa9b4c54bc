"""Carry figures of the LSOAs of 2011 to those of 2021, over the exact-fit pairs of the ONS.

Four kinds of change (CHGIND): U unchanged, S one old and several new, M several old and one new, X any other.
One rule serves all four: a new area's rate is the mean of its old areas' rates, weighted by the people of the old
areas; an old area's count is shared among its new areas by their people. For U that is a copy; for S a rate goes to
every part; for M it is the weighted mean, or the sum of counts. For the few X it is the best that pairs without
their overlaps allow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from etl.methods.arrays import FloatArray, IntArray

Pairs = pd.DataFrame


@dataclass(frozen=True)
class _Links:
    """The pairs as positions in two lists of codes, each list sorted and without repeats."""

    old_codes: pd.Index
    new_codes: pd.Index
    old: IntArray
    new: IntArray

    def matrix(self, weights: FloatArray) -> sparse.csr_array:
        """Return the matrix (new by old) that holds one weight per pair."""
        shape = (len(self.new_codes), len(self.old_codes))
        return sparse.csr_array(sparse.coo_array((weights, (self.new, self.old)), shape=shape))


def crosswalk_rates(*, pairs: Pairs, values: pd.DataFrame, population: pd.Series) -> pd.DataFrame:
    """Return rates, scores or ranks for the LSOAs of 2021.

    Parameters
    ----------
    pairs
        Columns lsoa11_code and lsoa21_code, one row per pair.
    values
        One row per LSOA of 2011 (index: code), one column per indicator; NaN where missing.
    population
        People by LSOA of 2011 (index: code), the weights. Where a weight is not known for every old area of a new
        one, or all are zero, that new area gets the plain mean.

    Returns
    -------
    values
        One row per LSOA of 2021 in `pairs`, ordered by code, same columns. A value is NaN whenever any of its old
        areas has none: a mean of some would be passed off as a mean of all.
    """
    links = _link(pairs)
    weights = population.reindex(links.old_codes).to_numpy(dtype=np.float64)
    shares = _shares(weights[links.old], group=links.new, size=len(links.new_codes))
    return _carry(links, shares=shares, values=values)


def crosswalk_counts(*, pairs: Pairs, values: pd.DataFrame, population: pd.Series) -> pd.DataFrame:
    """Return counts for the LSOAs of 2021; where nothing is missing, every column keeps its total.

    Parameters
    ----------
    pairs, values
        As for `crosswalk_rates`.
    population
        People by LSOA of 2021 (index: code): an old area's count is shared among its new areas by these, or in equal
        parts where they are not known for all of them or all zero.
    """
    links = _link(pairs)
    weights = population.reindex(links.new_codes).to_numpy(dtype=np.float64)
    shares = _shares(weights[links.new], group=links.old, size=len(links.old_codes))
    return _carry(links, shares=shares, values=values)


def _link(pairs: Pairs) -> _Links:
    old, old_codes = pd.factorize(pairs["lsoa11_code"], sort=True)
    new, new_codes = pd.factorize(pairs["lsoa21_code"], sort=True)
    return _Links(pd.Index(old_codes), pd.Index(new_codes), old.astype(np.int64), new.astype(np.int64))


def _shares(weights: FloatArray, *, group: IntArray, size: int) -> FloatArray:
    """Return each pair's weight as a share of its group's, equal shares where the weights say nothing."""
    totals = np.bincount(group, weights=weights, minlength=size)
    is_usable = np.isfinite(totals) & (totals > 0)
    chosen = np.where(is_usable[group], weights, 1.0)
    shares: FloatArray = chosen / np.bincount(group, weights=chosen, minlength=size)[group]
    return shares


def _carry(links: _Links, *, shares: FloatArray, values: pd.DataFrame) -> pd.DataFrame:
    old = values.reindex(links.old_codes).to_numpy(dtype=np.float64)
    is_missing = np.isnan(old)
    new = links.matrix(shares) @ np.where(is_missing, 0.0, old)
    new[(links.matrix(np.ones(len(shares))) @ is_missing.astype(np.float64)) > 0] = np.nan
    return pd.DataFrame(new, index=links.new_codes.rename("lsoa21_code"), columns=values.columns)
