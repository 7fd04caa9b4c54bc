"""Which areas each neighbourhood belongs to, and what part of England a snapshot draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.build.rows import read_columns
from etl.errors import SettingsError, SourceError
from etl.statements import run_statement

ENGLAND = "E92000001"
LEVELS = {
    "icb": "icb_code",
    "sicbl": "sicbl_code",
    "lad": "lad_code",
    "ward": "ward_code",
    "msoa": "msoa21_code",
    "lsoa": "lsoa21_code",
}
NEEDED = {
    "msoa21_code": "msoa_names",
    "ward_code": "ward_lookup",
    "lad_code": "health_lookup",
    "sicbl_code": "health_lookup",
    "icb_code": "health_lookup",
    "population": "census_age",
}

Codes = NDArray[np.str_]


@dataclass(frozen=True)
class Places:
    """The neighbourhoods of England, in order of their codes.

    Parameters
    ----------
    codes
        By level: each neighbourhood's area of that level, shape (n,); `lsoa` holds their own codes.
    population
        Usual residents, shape (n,).
    wkb
        Boundaries in longitude and latitude, shape (n,), dtype object.
    """

    codes: dict[str, Codes]
    population: NDArray[np.float64]
    wkb: NDArray[np.object_]

    @property
    def lsoa(self) -> Codes:
        """Codes of the neighbourhoods themselves, shape (n,)."""
        return self.codes["lsoa"]


def settle_places(con: duckdb.DuckDBPyConnection) -> Places:
    """Join boundaries with the look-ups and the census, and return the result.

    Raises
    ------
    SourceError
        If a neighbourhood is missing from a look-up; the message names the look-up and the first such code.
    """
    run_statement(con, "place")
    _refuse_gaps(con)
    run_statement(con, "area_member")
    columns = read_columns(con.execute("SELECT * FROM place ORDER BY lsoa21_code"))
    wkb = con.execute("SELECT wkb FROM staged_boundary ORDER BY lsoa21_code").fetchall()
    con.execute("DROP TABLE staged_boundary")
    return Places(
        codes={level: np.asarray(columns[name], dtype=np.str_) for level, name in LEVELS.items()},
        population=np.asarray(columns["population"], dtype=np.float64),
        wkb=np.array([row[0] for row in wkb], dtype=object),
    )


def _refuse_gaps(con: duckdb.DuckDBPyConnection) -> None:
    columns = read_columns(con.execute("SELECT * FROM place ORDER BY lsoa21_code"))
    for name, source_id in NEEDED.items():
        missing = pd.isna(columns[name])
        if missing.any():
            codes = columns["lsoa21_code"][missing]
            what = f"It lacks {len(codes):,} of the neighbourhoods in the boundary file, the first of them {codes[0]}"
            todo = "Use boundaries and look-ups of the same vintage (LSOA 2021), whole."
            raise SourceError(what, source_id=source_id, todo=todo)


def choose_neighbourhoods(places: Places, *, area: str) -> NDArray[np.bool_]:
    """Return which neighbourhoods' boundaries a snapshot keeps, shape (n,).

    Raises
    ------
    SettingsError
        If the area is not one of these places, or a list names an unknown code.
    """
    if area in {"england", ENGLAND}:
        return np.ones(len(places.lsoa), dtype=np.bool_)
    for codes in places.codes.values():
        if area in codes:
            return np.asarray(codes == area)
    if Path(area).is_file():
        return _choose_listed(places, path=Path(area))
    todo = "Give england, the ONS code of an ICB, sub-ICB location or district, or a text file of LSOA codes."
    raise SettingsError(f"“{area}” is neither an area of this data nor a file.", todo=todo)


def _choose_listed(places: Places, *, path: Path) -> NDArray[np.bool_]:
    try:
        listed = path.read_text(encoding="utf-8-sig").replace(",", " ").split()
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path} is not a text file.", todo="List LSOA codes, one a line, as plain text."
        ) from error
    unknown = sorted(set(listed) - set(places.lsoa.tolist()))
    if unknown or not listed:
        what = f"{path} lists {unknown[0]}, which is no LSOA of this data." if unknown else f"{path} lists no codes."
        raise SettingsError(what, todo="List LSOA codes of 2021, one a line.")
    return np.isin(places.lsoa, listed)
