"""Where the patients of the made-up practices live, in the layout of NHS England."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import write_csv
from etl.demo.people import People
from etl.demo.places import Places

HEADINGS = ("PUBLICATION", "EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_NAME", "LSOA_CODE", "SEX", "NUMBER_OF_PATIENTS")
KIND = ("GP_PRAC_PAT_LIST", "01APR2024")
# A practice's patients come from this many neighbourhoods, most from those that are near.
NEIGHBOURHOODS = 14
NEAR_M = 600.0


def write_registered(
    *, folder: Path, places: Places, people: People, practices: Sequence[tuple[str, str, int, int]]
) -> None:
    """Write the patients of each practice by neighbourhood; they add up to its list.

    Parameters
    ----------
    practices
        Code, name, the row of `places.frame` that each lies in, and its patients.
    """
    codes = places.frame["lsoa21_code"].to_list()
    rows = []
    for code, name, at, patients in practices:
        away_m = np.hypot(*(places.centres - places.centres[at]).T)
        nearest = np.argsort(away_m, kind="stable")[:NEIGHBOURHOODS]
        pull = people.population[nearest] / (away_m[nearest] + NEAR_M) ** 2
        counts = np.floor(patients * pull / pull.sum()).astype(np.int64)
        counts[0] += patients - counts.sum()
        rows += [
            (*KIND, code, name, codes[place], "ALL", int(count))
            for place, count in zip(nearest, counts, strict=True)
            if count
        ]
    write_csv(frame=pd.DataFrame(rows, columns=HEADINGS), path=folder / "gp-reg-pat-prac-lsoa-all.csv")
