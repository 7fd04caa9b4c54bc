"""From figures of wards, practices or postcodes to neighbourhoods: placed, shared out, and small numbers hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.own.data_columns import Geography, tidy_codes
from dashboard.own.data_crosswalk import carry_over
from dashboard.own.data_links import link_codes
from dashboard.own.data_reading import Measure, OwnDataError
from dashboard.questions.own_figures import LEVELS_WITH_TOTALS, PER_PEOPLE
from dashboard.repository import Repository
from dashboard.words import count
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
        Exact counts of districts, sub-ICB locations, ICBs and England, by code; empty for rates.
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
    frame = pd.DataFrame({"code": tidy, "number": numbers}).dropna()
    frame = frame[frame["code"] != ""]
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
    given = by_code.to_numpy(dtype=np.float64)
    spread = spread_counts(links, counts=given) if is_count else spread_rates(links, rates=given)
    notes = [one for one in (carried_note, note) if one]
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
    totals: dict[str, float] = {}
    is_known = ~np.isnan(counts)
    for level in LEVELS_WITH_TOTALS:
        areas = repository.areas_of_level(level)["area_code"].to_numpy()
        home = repository.area_of_neighbourhoods(level)[is_known]
        sums = np.bincount(home, weights=counts[is_known], minlength=len(areas)).astype(np.float64)
        has_some = np.bincount(home, minlength=len(areas)) > 0
        # A small number is one in a large area too.
        is_shown = has_some & ~is_hidden(sums)
        hidden += list(areas[has_some & ~is_shown])
        totals |= {str(code): round(float(total)) for code, total in zip(areas[is_shown], sums[is_shown], strict=True)}
    people = places["population"].to_numpy(dtype=np.float64)
    return Placed(PER_PEOPLE * shown / people, tuple(map(str, hidden)), totals, origin, tuple(notes))


def _lost_note(codes: list[str], *, geography: Geography) -> str:
    shown = ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")  # noqa: PLR2004 - enough to recognise them
    known = "1 code is" if len(codes) == 1 else f"{count(len(codes))} codes are"
    why = {
        "lsoa": "They may be mistyped, lie outside England, or be LSOAs of 2011 of which only a part was given.",
        "ward": "Wards are those of the look-up that is loaded.",
        "practice": "They may have closed, or have no postcode.",
        "postcode": "They may be new or closed, or outside England.",
    }
    return f"{known} not known here, and left out: {shown}. {why[geography]}"
