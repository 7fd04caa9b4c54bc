"""The made-up Indices of Deprivation as MHCLG publishes them: Files 7 and 8 of 2025, Files 2 and 6 of 2019."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import BYTE_ORDER_MARK, as_csv, write_csv, write_gzip
from etl.demo.indices import DOMAINS, Indices
from etl.demo.people import People, aged_60_plus, working_age
from etl.demo.places import Places
from etl.demo.ranking import decile
from etl.demo.twenty_eleven import Before
from etl.demo.underlying import tabulate_underlying

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


def write_deprivation(
    *, folder: Path, places: Places, people: People, indices: Indices, before: Before, rng: np.random.Generator
) -> None:
    """Write the four files."""
    name = "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv"
    write_csv(frame=_file_7(places, people, indices), path=folder / name)
    write_csv(
        frame=tabulate_underlying(places=places, people=people, indices=indices, rng=rng),
        path=folder / "File_8_IoD2025_Underlying_Indicators.csv",
    )
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
    columns["Older population aged 60 and over: mid 2022"] = aged_60_plus(people=people)
    columns["Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022"] = working_age(
        people=people
    )
    return pd.DataFrame(columns)


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
