"""Made-up fixed broadband coverage by output area, in the layout of Ofcom's Connected Nations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import write_csv
from etl.demo.indices import Indices
from etl.demo.people import People
from etl.demo.places import Places
from etl.demo.plan import FloatArray

PER_LSOA = 5
FIRST_OUTPUT_AREA = 900_001
PEOPLE_PER_PREMISES = 2.25
LOOKUP_HEADINGS = {
    "lsoa21_code": "LSOA21CD",
    "lsoa21_name": "LSOA21NM",
    "msoa21_code": "MSOA21CD",
    "msoa21_name": "MSOA21NM",
    "lad_code": "LAD22CD",
    "lad_name": "LAD22NM",
}


def write_coverage(*, folder: Path, places: Places, people: People, indices: Indices, rng: np.random.Generator) -> None:
    """Write premises by what they can receive, and the look-up from output areas to LSOAs."""
    place = np.repeat(np.arange(len(places.polygons)), PER_LSOA)
    code = [f"E00{FIRST_OUTPUT_AREA + number}" for number in range(len(place))]
    premises = np.rint(people.population[place] / PER_LSOA / PEOPLE_PER_PREMISES * rng.uniform(0.8, 1.2, len(place)))
    premises = premises.astype(np.int64)
    slow = indices.slow_broadband[place] + 0.6 * rng.normal(size=len(place))
    no_30 = rng.binomial(premises, _rate(-4.3 + 1.25 * slow))
    below_uso = rng.binomial(no_30, _rate(-2.2 + 0.5 * slow))
    gigabit = np.minimum(rng.binomial(premises, _rate(1.1 - 0.95 * slow)), premises - no_30)
    coverage = pd.DataFrame(
        {
            "output_area": code,
            "All Premises": premises,
            "Number of premises unable to receive 30Mbit/s": no_30,
            "Number of premises below the USO": below_uso,
            "Number of premises with Gigabit availability": gigabit,
        }
    )
    write_csv(frame=coverage, path=folder / "202501_fixed_oa_coverage_r01.csv")
    lookup = places.frame.iloc[place][list(LOOKUP_HEADINGS)].rename(columns=LOOKUP_HEADINGS)
    lookup.insert(0, "OA21CD", code)
    write_csv(frame=lookup, path=folder / "OA21_LSOA21_MSOA21_LAD22_EN_LU.csv")


def _rate(trait: FloatArray) -> FloatArray:
    rate: FloatArray = 1 / (1 + np.exp(-trait))
    return rate
