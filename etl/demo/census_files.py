"""The made-up Census 2021 as Nomis exports it, and the Digital Exclusion Risk Index in its own layout."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from etl.demo.files import write_csv
from etl.demo.people import People
from etl.demo.places import Places
from etl.demo.twenty_eleven import Before

RM121_COLUMNS = 8
RM121_HEAD = (
    ("RM121 - Sex by age",),
    ("Made up for the demo of Common Ground: not from the census",),
    ("Population :", "All Usual residents"),
    ("Units      :", "Persons"),
    ("Date       :", "2021"),
    ("Sex        :", "All persons"),
    (),
    (
        "2021 super output area - lower layer",
        "Total",
        "Aged 65 years",
        "Aged 66 to 69 years",
        "Aged 70 to 74 years",
        "Aged 75 to 79 years",
        "Aged 80 to 84 years",
        "Aged 85 years and over",
    ),
    (),
)
RM121_FOOT = (
    (),
    (),
    ("", '"In order to protect against disclosure of personal information, records"'),
    ("", "have been swapped between different geographic areas and counts perturbed"),
    ("", "by small amounts. Small counts at the lowest geographies will be most"),
    ("", "affected."),
)


def write_census(*, folder: Path, places: Places, people: People) -> None:
    """Write residents by age (RM121) and disability (TS038)."""
    folder.mkdir(parents=True, exist_ok=True)
    areas = places.frame["lsoa21_code"] + " : " + places.frame["lsoa21_name"]
    counts = np.column_stack([people.population, people.older])
    data = [(area, *map(str, row)) for area, row in zip(areas, counts.tolist(), strict=True)]
    lines = [",".join((*cells, *[""] * (RM121_COLUMNS - len(cells)))) for cells in (*RM121_HEAD, *data, *RM121_FOOT)]
    text = "".join(f"{line}\r\n" for line in lines)
    (folder / "RM121_Sex_by_age_LSOA21_nomis_export.csv").write_bytes(text.encode())
    disability = pd.DataFrame(
        {
            "date": 2021,
            "geography": places.frame["lsoa21_name"],
            "geography code": places.frame["lsoa21_code"],
            "Disability: Total: All usual residents": people.population,
            "Disability: Disabled under the Equality Act": people.disabled,
            "Disability: Not disabled under the Equality Act": people.population - people.disabled,
        }
    )
    write_csv(frame=disability, path=folder / "census2021-ts038-lsoa.csv")


def write_digital_exclusion(*, folder: Path, before: Before) -> None:
    """Write DERI v1.6: the score is the mean of three components, DEPAHRI's of all four."""
    parts = {name: values.clip(0.05, 9.9).round(9) for name, values in before.deri.items()}
    three = [parts["broadband"], parts["demography"], parts["deprivation"]]
    frame = pd.DataFrame(
        {
            "lsoa11_code": before.frame["lsoa11_code"],
            "broadband_comp_national": parts["broadband"],
            "demography_comp_national": parts["demography"],
            "deprivation_comp_national": parts["deprivation"],
            "deri_score_national": np.mean(three, axis=0).round(9),
            "health_access_comp_national": parts["health_access"],
            "depahri_score_national": np.mean([*three, parts["health_access"]], axis=0),
        }
    )
    write_csv(frame=frame, path=folder / "DERI_v1.6_LSOA11_EN.csv")
