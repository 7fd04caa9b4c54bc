"""Which areas each neighbourhood belongs to, and what part of England a snapshot draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from etl.build.place_checks import refuse_double_names, refuse_gaps
from etl.build.request import LoadRequest
from etl.build.rows import read_columns
from etl.errors import SettingsError
from etl.statements import run_statement

LEVELS = {
    "icb": "icb_code",
    "sicbl": "sicbl_code",
    "lad": "lad_code",
    "ward": "ward_code",
    "msoa": "msoa21_code",
    "lsoa": "lsoa21_code",
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
    centroids
        Population-weighted centroids in metres (EPSG:27700), shape (n, 2); NaN where none is loaded.
    """

    codes: dict[str, Codes]
    population: NDArray[np.float64]
    wkb: NDArray[np.object_]
    centroids: NDArray[np.float64]

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
    columns = read_columns(con.execute("SELECT * FROM place ORDER BY lsoa21_code"))
    refuse_gaps(columns)
    refuse_double_names(columns)
    run_statement(con, "area_member")
    wkb = con.execute("SELECT wkb FROM staged_boundary ORDER BY lsoa21_code").fetchall()
    con.execute("DROP TABLE staged_boundary")
    centroids = read_columns(run_statement(con, "centroid"))
    return Places(
        codes={level: np.asarray(columns[name], dtype=np.str_) for level, name in LEVELS.items()},
        population=np.asarray(columns["population"], dtype=np.float64),
        wkb=np.array([row[0] for row in wkb], dtype=object),
        centroids=np.column_stack([centroids["easting"], centroids["northing"]]).astype(np.float64),
    )


def choose_neighbourhoods(places: Places, *, request: LoadRequest) -> NDArray[np.bool_]:
    """Return which neighbourhoods' boundaries a snapshot keeps, shape (n,).

    Raises
    ------
    SettingsError
        If the area is not one of these places, or a list names an unknown code.
    """
    if request.is_whole:
        return np.ones(len(places.lsoa), dtype=np.bool_)
    for codes in places.codes.values():
        if request.code in codes:
            return np.asarray(codes == request.code)
    listed = _read_list(Path(request.area))
    if listed is None:
        todo = "Give england, the ONS code of an ICB, sub-ICB location or district, or a text file of LSOA codes."
        raise SettingsError(f"“{request.area}” is neither an area of this data nor a file.", todo=todo)
    unknown = sorted(set(listed) - set(places.lsoa.tolist()))
    if unknown or not listed:
        names = f"{unknown[0]}, which is no LSOA of this data" if unknown else "no codes"
        raise SettingsError(f"{request.area} lists {names}.", todo="List LSOA codes of 2021, one a line.")
    return np.isin(places.lsoa, listed)


def _read_list(path: Path) -> list[str] | None:
    """Return the codes that a file lists, in capitals; None when there is no such file."""
    try:
        return path.read_text(encoding="utf-8-sig").replace(",", " ").upper().split() if path.is_file() else None
    except UnicodeDecodeError as error:
        todo = "List LSOA codes, one a line, as plain text."
        raise SettingsError(f"{path} is not a text file.", todo=todo) from error
    except PermissionError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.", todo="Check who may read it.") from error
    except (OSError, ValueError):
        return None
