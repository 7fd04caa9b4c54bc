"""The made-up Indices of Deprivation as MHCLG publishes them: Files 7 and 8 of 2025, Files 2 and 6 of 2019."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import BYTE_ORDER_MARK, as_csv, write_csv, write_gzip
from etl.demo.indices import DOMAINS, Indices
from etl.demo.people import People, standardise
from etl.demo.places import Places
from etl.demo.plan import FloatArray, IntArray
from etl.demo.ranking import decile
from etl.demo.twenty_eleven import Before

RANK = "Rank (where 1 is most deprived)"
DECILE = "Decile (where 1 is most deprived 10% of LSOAs)"
TITLES = {
    "imd": "Index of Multiple Deprivation (IMD)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education, Skills and Training",
    "health": "Health Deprivation and Disability",
    "crime": "Crime",
    "barriers": "Barriers to Housing and Services",
    "living_environment": "Living Environment",
    "idaci": "Income Deprivation Affecting Children Index (IDACI)",
    "idaopi": "Income Deprivation Affecting Older People (IDAOPI)",
    "children_young_people": "Children and Young People Sub-domain",
    "adult_skills": "Adult Skills Sub-domain",
    "geographical_barriers": "Geographical Barriers Sub-domain",
    "wider_barriers": "Wider Barriers Sub-domain",
    "indoors": "Indoors Sub-domain",
    "outdoors": "Outdoors Sub-domain",
}
RATES = ("income", "employment", "idaci", "idaopi")
CUT_SHORT = "children_young_people"  # MHCLG's own heading for this decile ends too soon
LEAST_PUBLISHED = 10


def write_deprivation(
    *, folder: Path, places: Places, people: People, indices: Indices, before: Before, rng: np.random.Generator
) -> None:
    """Write the four files."""
    name = "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv"
    write_csv(frame=_file_7(places, people, indices), path=folder / name)
    write_csv(frame=_file_8(places, people, indices, rng), path=folder / "File_8_IoD2025_Underlying_Indicators.csv")
    for name, frame in (
        ("File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", _file_2(before)),
        ("File_6_-_IoD2019_Population_Denominators.csv.gz", _file_6(before)),
    ):
        write_gzip(text=BYTE_ORDER_MARK + as_csv(frame=frame, line_end="\r\n"), path=folder / name)


def _file_7(places: Places, people: People, indices: Indices) -> pd.DataFrame:
    frame = places.frame
    columns: dict[str, object] = {
        "LSOA code (2021)": frame["lsoa21_code"],
        "LSOA name (2021)": frame["lsoa21_name"],
        "Local Authority District code (2024)": frame["lad_code"],
        "Local Authority District name (2024)": frame["lad_name"],
    }
    for index, title in TITLES.items():
        columns[f"{title} Score{' (rate)' if index in RATES else ''}"] = indices.scores[index]
        columns[f"{title} {RANK}"] = indices.ranks[index]
        heading = f"{title} {DECILE}"
        columns[heading[:-3] if index == CUT_SHORT else heading] = decile(indices.ranks[index])
    columns["Total population: mid 2022"] = people.population
    columns["Dependent Children aged 0-15: mid 2022"] = people.children
    columns["Older population aged 60 and over: mid 2022"] = _aged_60_plus(people)
    columns["Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022"] = _working_age(
        people
    )
    return pd.DataFrame(columns)


def _aged_60_plus(people: People) -> IntArray:
    return np.rint(people.older.sum(axis=1) * 1.29).astype(np.int64)


def _working_age(people: People) -> IntArray:
    return np.rint((people.population - people.children) * 0.97 - people.older[:, 1:].sum(axis=1) * 0.93).astype(
        np.int64
    )


def _file_8(places: Places, people: People, indices: Indices, rng: np.random.Generator) -> pd.DataFrame:
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
                scores["idaopi"] * _aged_60_plus(people)
            ),
            "employment_domain_numerator": _count(scores["employment"] * _working_age(people)),
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


def _file_2(before: Before) -> pd.DataFrame:
    columns = _who_2019(before)
    for index in ("imd", *DOMAINS):
        columns[f"{TITLES[index]} {RANK}"] = before.ranks[index]
        columns[f"{TITLES[index]} {DECILE}"] = decile(before.ranks[index])
    return pd.DataFrame(columns)


def _file_6(before: Before) -> pd.DataFrame:
    """Return populations of mid-2015, with the commas that this file has between thousands."""
    total, children, older = before.population, before.children, before.older_60_plus
    counts = {
        "Total population: mid 2015 (excluding prisoners)": total,
        "Dependent Children aged 0-15: mid 2015 (excluding prisoners)": children,
        "Population aged 16-59: mid 2015 (excluding prisoners)": total - children - older,
        "Older population aged 60 and over: mid 2015 (excluding prisoners)": older,
        "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)": np.rint(
            (total - children - older) * 0.99
        ).astype(np.int64),
    }
    return pd.DataFrame(_who_2019(before) | {name: [f"{one:,}" for one in count] for name, count in counts.items()})


def _who_2019(before: Before) -> dict[str, object]:
    return {
        "LSOA code (2011)": before.frame["lsoa11_code"],
        "LSOA name (2011)": before.frame["lsoa11_name"],
        "Local Authority District code (2019)": before.frame["lad_code"],
        "Local Authority District name (2019)": before.frame["lad_name"],
    }
