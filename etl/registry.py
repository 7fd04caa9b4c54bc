"""Every source, collected in the order it is loaded; what each one is stands in its own file."""

from __future__ import annotations

from etl.sources import census_disability, iod_2025_scores, lsoa_boundaries, msoa_boundaries
from etl.sources.spec import Source


def sources(*, vintage: int) -> tuple[Source, ...]:  # noqa: ARG001
    """Return every source in load order.

    Parameters
    ----------
    vintage
        Year of the look-ups of wards, districts, sub-ICB locations and ICBs.
    """
    return (
        iod_2025_scores.SOURCE,
        lsoa_boundaries.SOURCE,
        msoa_boundaries.SOURCE,
        census_disability.SOURCE,
    )
