"""The check that boundaries, look-ups and names are of the same places."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.errors import SourceError

NEEDED = {
    "msoa21_code": "msoa_names",
    "ward_code": "ward_lookup",
    "lad_code": "health_lookup",
    "sicbl_code": "health_lookup",
    "icb_code": "health_lookup",
    "population": "census_age",
}


def refuse_gaps(columns: Mapping[str, NDArray[np.object_]]) -> None:
    """Refuse look-ups that lack a neighbourhood.

    Parameters
    ----------
    columns
        Those of `place`.

    Raises
    ------
    SourceError
        If one does; it names the look-up and the first such code.
    """
    for name, source_id in NEEDED.items():
        missing = pd.isna(columns[name])
        if missing.any():
            codes = columns["lsoa21_code"][missing]
            what = f"It lacks {len(codes):,} of the neighbourhoods in the boundary file, the first of them {codes[0]}"
            todo = "Use boundaries and look-ups of the same vintage (LSOA 2021), whole."
            raise SourceError(what, source_id=source_id, todo=todo)


def refuse_double_names(columns: Mapping[str, NDArray[np.object_]]) -> None:
    """Refuse look-ups in which one name stands for two MSOAs, or one code goes by two names.

    Parameters
    ----------
    columns
        Those of `place`, each of one row per neighbourhood.

    Raises
    ------
    SourceError
        If there is any; it names the look-up and the first.
    """
    codes, times = np.unique(columns["lsoa21_code"].astype(np.str_), return_counts=True)
    if (times > 1).any():
        name = columns["msoa21_name"][columns["lsoa21_code"] == codes[times > 1][0]][0]
        raise _double(f"“{name}” is the name of two MSOAs", source_id="msoa_names")
    for level in ("icb", "sicbl", "lad"):
        names: dict[object, object] = {}
        for code, name in zip(columns[f"{level}_code"], columns[f"{level}_name"], strict=True):
            if names.setdefault(code, name) != name:
                raise _double(f"{code} has two names, “{names[code]}” and “{name}”", source_id="health_lookup")


def _double(what: str, *, source_id: str) -> SourceError:
    return SourceError(what, source_id=source_id, todo="Correct the file, or get it again from its publisher.")
