"""From codes or names that a person pasted to a set of neighbourhoods."""

from __future__ import annotations

import re

import numpy as np

from dashboard.own.area_making import Made, NothingMadeError, codes_of
from dashboard.repository import Repository
from dashboard.words import count, first_few

# The first three of a code say what it is: E01 LSOA, E02 MSOA, E05 ward, and so on.
_CODE = re.compile(r"\b[A-Z][0-9]{8}\b")
# As the ONS names an LSOA: Manchester 024B.
_NAME = re.compile(r"[^\W\d][^\d\n;\t]{0,60} [0-9]{3}[A-Z]\b", re.IGNORECASE)
MOST_PASTED = 2_000_000
OLD_CODES = "Some codes are of LSOAs of 2011 that have changed: the LSOAs of 2021 that they became were taken whole."


def read_codes(repository: Repository, text: str) -> Made:
    """Return the neighbourhoods of pasted codes: of LSOAs (those of 2011 too), or of any larger areas.

    Where there is no code, LSOAs named as the ONS names them are taken.

    Raises
    ------
    NothingMadeError
        If there is no code among the words, or none that is known.
    """
    asked, sort = list(dict.fromkeys(_CODE.findall(text[:MOST_PASTED].upper()))), "code"
    if not asked:
        asked, sort = _codes_of_names(repository, text[:MOST_PASTED]), "name"
    if not asked:
        what = "There is no code of an area among these words."
        raise NothingMadeError(what, todo="Paste codes such as E01005062, or names of LSOAs such as Manchester 024B.")
    types = repository.areas["area_type"].reindex(asked).dropna()
    became = repository.changed_pairs.loc[repository.changed_pairs["lsoa11_code"].isin(asked)]
    inside = np.array(repository.areas_of_level("lsoa")["area_code"].isin(became["lsoa21_code"]))
    for level in types.unique():
        is_asked = repository.areas_of_level(level)["area_code"].isin(types.index).to_numpy()
        inside |= is_asked[repository.area_of_neighbourhoods(level)]
    known = {*types.index, *became["lsoa11_code"]}
    unknown = [code for code in asked if code not in known]
    if not known:
        raise NothingMadeError(_unknown(unknown, sort=sort), todo="Use codes of LSOAs, or of larger areas.")
    notes = (OLD_CODES,) if len(became) else ()
    return Made(codes_of(repository, inside), (*notes, _unknown(unknown, sort=sort)) if unknown else notes)


def _codes_of_names(repository: Repository, text: str) -> list[str]:
    """Return the code of every LSOA that is named; a name that none has stays as it is."""
    places = repository.areas_of_level("lsoa")
    code_of = dict(zip(places["official_name"].str.casefold(), places["area_code"], strict=True))
    names = dict.fromkeys(" ".join(name.split()) for name in _NAME.findall(text))
    return [str(code_of.get(name.casefold(), name)) for name in names]


def _unknown(codes: list[str], *, sort: str) -> str:
    some = f"1 {sort} is" if len(codes) == 1 else f"{count(len(codes))} {sort}s are"
    return f"{some} not known here: {first_few(codes)}. They may be of another country, or mistyped."
