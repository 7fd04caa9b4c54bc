"""The made-up underlying indicators of the Indices of Deprivation 2025 (File 8)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.demo.indices import Indices
from etl.demo.people import People, aged_60_plus, standardise, working_age
from etl.demo.places import Places
from etl.demo.plan import FloatArray

LEAST_PUBLISHED = 10


def tabulate_underlying(*, places: Places, people: People, indices: Indices, rng: np.random.Generator) -> pd.DataFrame:
    """Return File 8: one row per LSOA, values to 3 decimals."""
    need, inner, scores = people.deprivation, people.inner, indices.scores

    def around(trait: FloatArray, *, noise: float = 0.4) -> FloatArray:
        return standardise(trait + noise * rng.normal(size=len(need)))

    def per_thousand(middle: float, trait: FloatArray) -> FloatArray:
        rate: FloatArray = (middle * np.exp(0.5 * around(trait))).round(1)
        return rate

    in_district = pd.DataFrame({"lad": places.frame["lad_code"], "need": need}).groupby("lad")["need"].transform("mean")
    district = in_district.to_numpy(np.float64)
    trouble = 0.8 * need + 0.9 * inner
    return pd.DataFrame(
        {
            "lsoa21_code": places.frame["lsoa21_code"],
            "income_domain_numerator": _count(scores["income"] * people.population),
            "income_deprivation_affecting_children_index_idaci_numerator": _count(scores["idaci"] * people.children),
            "income_deprivation_affecting_older_people_index_idaopi_numerator": _count(
                scores["idaopi"] * aged_60_plus(people=people)
            ),
            "employment_domain_numerator": _count(scores["employment"] * working_age(people=people)),
            "adult_skills_and_english_language_proficiency_indicator": scores["adult_skills"],
            "entry_to_higher_education_indicator": (0.883 + 0.04 * around(need + people.skills_gap)).clip(0.3, 0.998),
            "acute_morbidity_indicator": 102 * np.exp(0.22 * around(scores["health"])),
            "comparative_illness_and_disability_ratio_indicator": 105
            * np.exp(0.38 * around(scores["health"], noise=0.3)),
            "mental_health_indicator": 0.73 * around(need + 0.5 * inner, noise=0.6),
            "years_of_potential_life_lost_indicator": 57 * np.exp(0.22 * around(scores["health"])),
            "violence_with_injury_rate_per_1_000_at_risk_population": per_thousand(5.4, trouble),
            "violence_without_injury_rate_per_1_000_at_risk_population": per_thousand(7.6, trouble),
            "stalking_and_harassment_rate_per_1_000_at_risk_population": per_thousand(6.5, need),
            "burglary_rate_per_1_000_at_risk_properties": per_thousand(9.2, trouble),
            "theft_rate_per_1_000_at_risk_population": per_thousand(10.2, inner),
            "criminal_damage_rate_per_1_000_at_risk_population": per_thousand(5.4, trouble),
            "public_order_and_possession_of_weapons_rate_per_1_000_at_risk_population": per_thousand(5.0, trouble),
            "anti_social_behaviour_rate_per_1_000_at_risk_population": per_thousand(9.0, trouble),
            "connectivity_score": (100 - scores["geographical_barriers"]),
            "owner_occupation_affordability_component_of_housing_affordability_indicator": (
                0.57 + 0.12 * around(need)
            ).clip(0.03, 0.98),
            "private_rental_affordability_component_of_housing_affordability_indicator": (
                0.33 + 0.12 * around(need)
            ).clip(0.04, 0.97),
            "housing_affordability_indicator": 0.91 * around(need + 0.5 * people.student),
            "digital_connectivity_broadband_download_and_upload_speeds": 0.88 * indices.slow_broadband,
            "core_homelessness_rate_percent_of_households": 1.1 * np.exp(0.3 * district),
            "patient_to_gp_ratio": 2_000 * np.exp(0.25 * around(0.6 * need + 0.4 * people.rural)),
            "homelessness_indicator_rate_per_1_000_households": 3.1 * np.exp(0.35 * district),
            "household_overcrowding_indicator_rooms": 0.05 * np.exp(0.6 * around(need + inner)),
            "household_overcrowding_indicator_bedrooms": 0.033 * np.exp(0.6 * around(need + inner)),
        }
    ).round(3)


def _count(values: FloatArray) -> pd.Series[int]:
    """Return counts to the nearest 5, empty below 10, as MHCLG publishes its numerators."""
    rounded = pd.Series(np.rint(values / 5) * 5).astype("Int64")
    return rounded.mask(rounded < LEAST_PUBLISHED)
