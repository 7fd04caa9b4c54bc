"""Rebuild the Index of Multiple Deprivation from its seven domains: the check that a file was read right."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from etl.methods.arrays import FloatArray, MethodError
from etl.methods.scaling import exponential

IMD_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "income": 0.225,
        "employment": 0.225,
        "education": 0.135,
        "health": 0.135,
        "crime": 0.093,
        "barriers": 0.093,
        "living_environment": 0.093,
    }
)
"""Weights of the domains (IoD 2019 and 2025 technical reports); as published they add up to 0.999."""


def combine_domains(*, ranks: Mapping[str, FloatArray], weights: Mapping[str, float] = IMD_WEIGHTS) -> FloatArray:
    """Return Σ w·E(R) with R = (N - rank + 1)/N for each domain (IoD 2025 technical report).

    Parameters
    ----------
    ranks
        Rank of every LSOA by domain, 1 = most deprived; each of shape (n,) with no gaps.
    weights
        Weight by domain.

    Returns
    -------
    score
        Shape (n,), higher is more deprived. From File 7 of 2025 it differs from the published score by at most 0.0007.

    Raises
    ------
    MethodError
        If a domain is missing.
    """
    missing = sorted(set(weights) - set(ranks))
    if missing:
        raise MethodError(f"No ranks for the domain “{missing[0]}”.", todo="Give the ranks of all seven domains.")
    total = np.zeros(len(ranks[next(iter(weights))]))
    for domain, weight in weights.items():
        size = len(ranks[domain])
        total += weight * exponential((size - ranks[domain] + 1.0) / size)
    return total
