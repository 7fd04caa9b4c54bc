"""Ranks that many share: said as joint best or joint worst, for their mean would read as one in the middle. Pure."""

from __future__ import annotations

JOINT_BEST, JOINT_WORST = "joint best", "joint worst"
# From this share of all areas on, those that share the best or the worst value are said to, not their mean rank.
MANY_TIED = 0.05
END_DECILES, END_PLACES = {JOINT_BEST: 10, JOINT_WORST: 1}, {JOINT_BEST: 0.0, JOINT_WORST: 1.0}


def joint_end(rank: float | None, *, ranked: int, tied: int) -> str:
    """Return “joint best” or “joint worst” where an area shares that end with many; empty for any other.

    Parameters
    ----------
    rank
        The rank that areas of the same value share, 1 = worst; none for one without a rank.
    ranked, tied
        How many areas have a rank, and how many of them have the same value.
    """
    if rank is None or tied < max(2, MANY_TIED * ranked):
        return ""
    reach = (tied - 1) / 2
    if rank + reach >= ranked - 0.5:
        return JOINT_BEST if rank - reach > 1 + 0.5 else ""
    return JOINT_WORST if rank - reach <= 1 + 0.5 else ""
