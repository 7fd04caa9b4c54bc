"""From figures of wards, practices or postcodes to neighbourhoods: placed, shared out, and small numbers hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.own.data_cells import Geography
from dashboard.own.data_columns import tidy_codes
from dashboard.own.data_crosswalk import carry_over
from dashboard.own.data_links import link_codes
from dashboard.own.data_reading import Measure, OwnDataError
from dashboard.questions.own_figures import LEVELS_WITH_TOTALS, PER_PEOPLE
from dashboard.repository import Repository
from dashboard.words import count, first_few
from etl.methods.arrays import FloatArray
from etl.methods.disclosure import is_hidden, protect_counts
from etl.methods.spreading import spread_counts, spread_rates

MODELLED = "modelled"
PUBLISHED = "given"
CROSSWALKED = "crosswalked"


@dataclass(frozen=True)
class Placed:
    """A figure in every neighbourhood, in order of feature_id, as it may be kept and shown.

    Parameters
    ----------
    value
        Shape (N,): a rate or percentage as given, or a protected count for 1,000 people; NaN where there is none.
    hidden
        Codes of the neighbourhoods and larger areas with 1 to 7, whose number is not kept.
    totals
        Counts of districts, sub-ICB locations, ICBs and England, by code: exact, but rounded to 5 where any number is
        hidden; empty for rates.
    origin
        `given` for figures of neighbourhoods or postcodes, `crosswalked` where some of those were LSOAs of 2011,
        `modelled` where figures were shared out.
    notes
        What there is to know, in sentences.
    """

    value: FloatArray
    hidden: tuple[str, ...]
    totals: dict[str, float]
    origin: str
    notes: tuple[str, ...]


def place_figures(
    repository: Repository, *, geography: Geography, measure: Measure, codes: Sequence[str], numbers: FloatArray
) -> Placed:
    """Return figures as neighbourhoods have them.

    Raises
    ------
    OwnDataError
        If none of the codes is known here.
    """
    tidy = tidy_codes(codes, geography=geography)
    given = pd.DataFrame({"code": tidy, "number": numbers})
    given = given[given["code"] != ""]
    frame = given.dropna()
    is_count = measure == "count"
    by_code = frame.groupby("code")["number"].sum() if is_count else frame.groupby("code")["number"].mean()
    carried_note = ""
    if geography == "lsoa":
        by_code, carried_note = carry_over(repository, by_code, is_count=is_count)
    links, note = link_codes(repository, geography, list(by_code.index))
    reached = np.asarray(links.sum(axis=1)).ravel() > 0
    if not reached.any():
        todo = "Check which column holds the codes, and what kind they are."
        raise OwnDataError("None of the codes is known here.", todo=todo)
    amounts = by_code.to_numpy(dtype=np.float64)
    spread = spread_counts(links, counts=amounts) if is_count else spread_rates(links, rates=amounts)
    notes = [one for one in (_rows_note(given, is_count=is_count), carried_note, note) if one]
    if not reached.all():
        lost = [str(code) for code in by_code.index[~reached]]
        notes.append(_lost_note(lost, geography=geography))
    origin = PUBLISHED if geography in {"lsoa", "postcode"} else MODELLED
    origin = CROSSWALKED if carried_note else origin
    if not is_count:
        return Placed(spread, (), {}, origin, tuple(notes))
    return _protect(repository, spread, origin=origin, notes=notes)


def _protect(repository: Repository, counts: FloatArray, *, origin: str, notes: list[str]) -> Placed:
    places = repository.areas_of_level("lsoa")
    shown = protect_counts(counts)
    hidden = list(places["area_code"].to_numpy()[is_hidden(counts)])
    if hidden:
        verb = "neighbourhood has" if len(hidden) == 1 else "neighbourhoods have"
        notes.append(f"{count(len(hidden))} {verb} 1 to 7. Such numbers are not kept, and not shown.")
    notes.append("Counts of neighbourhoods are rounded to 5 before anything is worked out from them.")
    sums = _sums_of_areas(repository, counts)
    areas, added = list(sums), np.array(list(sums.values()), dtype=np.float64)
    # A small number is one in a large area too.
    hidden += [code for code, is_small in zip(areas, is_hidden(added), strict=True) if is_small]
    if hidden:
        # Else an exact total, less what is shown of its parts, could give a hidden number away.
        notes.append("Because some are hidden, totals of larger areas are rounded to 5 too.")
        added = protect_counts(added)
    totals = {code: np.rint(total).item() for code, total in zip(areas, added, strict=True) if not np.isnan(total)}
    people = places["population"].to_numpy(dtype=np.float64)
    return Placed(PER_PEOPLE * shown / people, tuple(map(str, hidden)), totals, origin, tuple(notes))


def _sums_of_areas(repository: Repository, counts: FloatArray) -> dict[str, float]:
    """Return what the neighbourhoods of every larger area add up to, by code; areas without any are left out."""
    is_known = ~np.isnan(counts)
    sums: dict[str, float] = {}
    for level in LEVELS_WITH_TOTALS:
        codes = repository.areas_of_level(level)["area_code"].astype(str)
        home = repository.area_of_neighbourhoods(level)[is_known]
        added = np.bincount(home, weights=counts[is_known], minlength=len(codes))
        has_some = np.bincount(home, minlength=len(codes)) > 0
        sums |= dict(zip(codes[has_some], added[has_some].tolist(), strict=True))
    return sums


def _rows_note(given: pd.DataFrame, *, is_count: bool) -> str:
    """Return what became of rows without a number, and of places with several; empty for neither."""
    empty, several = int(given["number"].isna().sum()), int(given["code"].value_counts().gt(1).sum())
    said = []
    if empty:
        rows = "1 row has no number, and was" if empty == 1 else f"{count(empty)} rows have no number, and were"
        said.append(f"{rows} left out.")
    if several:
        places = "1 place has" if several == 1 else f"{count(several)} places have"
        said.append(f"{places} several rows: {'they were added up' if is_count else 'the mean of them was taken'}.")
    return " ".join(said)


def _lost_note(codes: list[str], *, geography: Geography) -> str:
    known = "1 code is" if len(codes) == 1 else f"{count(len(codes))} codes are"
    why = {
        "lsoa": "They may be mistyped, lie outside England, or be LSOAs of 2011 of which only a part was given.",
        "ward": "Wards are those of the look-up that is loaded.",
        "practice": "They may have closed, or have no postcode.",
        "postcode": "They may be new or closed, or outside England.",
    }
    return f"{known} not known here, and left out: {first_few(codes)}. {why[geography]}"
