"""Figures of LSOAs of 2011, carried to the LSOAs of 2021 that they became."""

from __future__ import annotations

import pandas as pd

from dashboard.repository import Repository
from dashboard.words import count
from etl.methods.crosswalk import crosswalk_counts, crosswalk_rates


def carry_over(repository: Repository, given: pd.Series[float], *, is_count: bool) -> tuple[pd.Series[float], str]:
    """Return figures by LSOA of 2021, with a note when some were given for LSOAs of 2011 that have changed.

    Parameters
    ----------
    given
        Figures by code. A code of both years is the same place in both. Where a figure was given for an LSOA of 2021,
        it stands.

    Returns
    -------
    carried
        Figures by code; those of LSOAs of 2011 that could not be carried keep their codes.
    """
    pairs, places = repository.changed_pairs, repository.areas_of_level("lsoa")
    known = given.index.isin(places["area_code"])
    old = pd.Index(given.index[~known & given.index.isin(pairs["lsoa11_code"])])
    if old.empty:
        return given, ""
    values = given.reindex(pairs["lsoa11_code"].unique()).to_frame()
    if is_count:
        people = places.set_index("area_code")["population"].astype(float)
        carried = crosswalk_counts(pairs=pairs, values=values, population=people).iloc[:, 0].dropna()
    else:
        people = pairs.drop_duplicates("lsoa11_code").set_index("lsoa11_code")["lsoa11_population"].astype(float)
        carried = crosswalk_rates(pairs=pairs, values=values, population=people).iloc[:, 0].dropna()
    carried = carried[~carried.index.isin(given.index[known])]
    became = old[old.isin(pairs.loc[pairs["lsoa21_code"].isin(carried.index), "lsoa11_code"])]
    if became.empty:
        return given, ""
    # All that is left out of these is known under its new code now.
    return pd.concat([given.drop(became), carried]), _note(became, carried)


def _note(became: pd.Index, carried: pd.Series[float]) -> str:
    were = "1 LSOA of 2011 that has changed was" if len(became) == 1 else (
        f"{count(len(became))} LSOAs of 2011 that have changed were"
    )  # fmt: skip
    new = "1 of 2021" if len(carried) == 1 else f"{count(len(carried))} of 2021"
    return f"{were} carried over to {new}."
