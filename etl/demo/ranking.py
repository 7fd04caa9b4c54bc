"""Ranks, deciles and the way the Indices of Deprivation put scores together."""

from __future__ import annotations

import numpy as np

from etl.demo.plan import FloatArray, IntArray

EXPONENT = 23.0
# English Indices of Deprivation 2025, technical report: weights of the seven domains.
DOMAIN_WEIGHTS = {
    "income": 0.225, "employment": 0.225, "education": 0.135, "health": 0.135,
    "crime": 0.093, "barriers": 0.093, "living_environment": 0.093,
}  # fmt: skip


def rank_worst_first(values: FloatArray) -> IntArray:
    """Return ranks from 1, the highest value; of equal values the first in order comes first, as no rank is shared."""
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[np.argsort(-values, kind="stable")] = np.arange(1, len(values) + 1)
    return ranks


def decile(ranks: IntArray) -> IntArray:
    """Return ceil(10·rank/N), where 1 is the worst tenth."""
    return -(-10 * ranks // len(ranks))


def spread_exponentially(ranks: IntArray) -> FloatArray:
    """Return E = -23·ln(1 - R·(1 - e^(-100/23))), R = (N - rank + 1)/N (IoD 2025 technical report), 0 to 100."""
    count = len(ranks)
    share = (count - ranks + 1) / count
    spread: FloatArray = -EXPONENT * np.log(1 - share * (1 - np.exp(-100 / EXPONENT)))
    return spread


def combine_domains(domain_ranks: dict[str, IntArray]) -> FloatArray:
    """Return IMD scores: the weighted sum of the exponentially spread domain ranks."""
    total: FloatArray = np.sum(
        [weight * spread_exponentially(domain_ranks[domain]) for domain, weight in DOMAIN_WEIGHTS.items()], axis=0
    )
    return total
