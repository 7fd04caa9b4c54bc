"""Every source, collected in the order it is loaded; what each one is stands in its own file."""

from __future__ import annotations

from etl.sources import (
    census_age,
    census_disability,
    code_point_open,
    demo_assets,
    deri_v1_6,
    gp_appointments,
    gp_practices,
    gp_registered_patients,
    health_lookup,
    iod_2019_population,
    iod_2019_ranks,
    iod_2025_indicators,
    iod_2025_scores,
    lsoa_boundaries,
    lsoa_centroids,
    lsoa_pairs,
    msoa_boundaries,
    msoa_names,
    ofcom_fixed,
    rural_urban,
    ward_lookup,
)
from etl.sources.spec import Source


def sources(*, vintage: int) -> tuple[Source, ...]:
    """Return every source in load order: the places first, then what is known of them, in the order it is listed.

    Parameters
    ----------
    vintage
        Year of the look-ups of wards, districts, sub-ICB locations and ICBs.
    """
    return (
        lsoa_boundaries.SOURCE,
        lsoa_centroids.SOURCE,
        msoa_names.SOURCE,
        msoa_boundaries.SOURCE,
        health_lookup.source_for(vintage),
        ward_lookup.source_for(vintage),
        census_age.SOURCE,
        rural_urban.SOURCE,
        lsoa_pairs.SOURCE,
        iod_2025_scores.SOURCE,
        iod_2025_indicators.SOURCE,
        iod_2019_population.SOURCE,
        iod_2019_ranks.SOURCE,
        census_disability.SOURCE,
        deri_v1_6.SOURCE,
        ofcom_fixed.SOURCE,
        gp_appointments.SOURCE,
        code_point_open.SOURCE,
        gp_practices.SOURCE,
        gp_registered_patients.SOURCE,
        demo_assets.SOURCE,
    )
