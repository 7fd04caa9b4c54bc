"""The files of the demo, found by name and read as tables, beside the real ones of the same name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from etl.demo import write_demo

FILES = {
    "scores_2025": "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
    "underlying_2025": "File_8_IoD2025_Underlying_Indicators.csv",
    "ranks_2019": "File_2_-_IoD2019_Domains_of_Deprivation.csv.gz",
    "people_2015": "File_6_-_IoD2019_Population_Denominators.csv.gz",
    "centroids": "LSOA_PopCentroids_EW_2021_V4.csv",
    "health_lookup": "LSOA21_SICBL24_ICB24_LAD24_EN_LU.csv",
    "ward_lookup": "LSOA21_WD24_LAD24_EN_LU.csv",
    "pairs": "LSOA11_LSOA21_LAD22_EN_LU.csv",
    "msoa_names": "MSOA-Names-2021.csv",
    "rural_urban": "RUC21_LSOA21_EN.csv",
    "disability": "census2021-ts038-lsoa.csv",
    "deri": "DERI_v1.6_LSOA11_EN.csv",
    "patients": "gp-reg-pat-prac-all.csv",
}
AGE_FILE = "RM121_Sex_by_age_LSOA21_nomis_export.csv"
AGE_HEADER_LINE = 7


@cache
def write_once(base: Path) -> Path:
    """Return the folder of a demo that is written once per test process; read it only."""
    return write_demo(folder=base / "written-demo")


def find(folder: Path, name: str) -> Path:
    """Return the one file of a name (or pattern) below a folder."""
    (path,) = folder.rglob(name)
    return path


def read(folder: Path, table: str) -> pd.DataFrame:
    """Return one of FILES as a table."""
    return pd.read_csv(find(folder, FILES[table]), encoding="utf-8-sig", thousands=",")


def read_ages(folder: Path) -> pd.DataFrame:
    """Return residents by age, indexed by LSOA code."""
    lines = pd.read_csv(find(folder, AGE_FILE), skiprows=AGE_HEADER_LINE, index_col=0)
    rows = lines[lines.index.str.match(r"[EW]01\d{6} : ", na=False)].astype(int)
    return rows.set_axis(rows.index.str[:9])
