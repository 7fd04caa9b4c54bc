"""From figures of wards, practices or postcodes to neighbourhoods: placed, shared out, and small numbers hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import sparse

from dashboard.own_data_reading import Geography, Measure, OwnDataError, tidy_codes
from dashboard.questions.own_figures import LEVELS_WITH_TOTALS, PER_PEOPLE
from dashboard.repository import Repository
from dashboard.words import count
from etl.methods.arrays import FloatArray
from etl.methods.disclosure import is_hidden, protect_counts
from etl.methods.spreading import link_to_nearest, spread_counts, spread_rates

MODELLED = "modelled"
PUBLISHED = "given"
# Further than this from every practice that was given, nobody is taken to be a patient of one.
FURTHEST_M = 5_000.0
WARDS_NOTE = "Figures of wards were given to their neighbourhoods: counts by population, rates as they are."


@dataclass(frozen=True)
class Placed:
    """A figure in every neighbourhood, in order of feature_id, as it may be kept and shown.

    Parameters
    ----------
    value
        Shape (N,): a rate or percentage as given, or a protected count for 1,000 people; NaN where there is none.
    hidden
        Codes of the neighbourhoods with 1 to 7, whose number is not kept.
    totals
        Exact counts of districts, sub-ICB locations, ICBs and England, by code; empty for rates.
    origin
        `given` for figures of neighbourhoods or postcodes, `modelled` where they were shared out.
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
    links, note = _links(repository, geography, list(by_code.index))
    reached = np.asarray(links.sum(axis=1)).ravel() > 0
    if not reached.any():
        todo = "Check which column holds the codes, and what kind they are."
        raise OwnDataError("None of the codes is known here.", todo=todo)
    given = by_code.to_numpy(dtype=np.float64)
    spread = spread_counts(links, counts=given) if is_count else spread_rates(links, rates=given)
    notes = [note] if note else []
    if not reached.all():
        lost = [str(code) for code in by_code.index[~reached]]
        notes.append(_lost_note(lost, geography=geography))
    origin = PUBLISHED if geography in {"lsoa", "postcode"} else MODELLED
    if not is_count:
        return Placed(spread, (), {}, origin, tuple(notes))
    return _protect(repository, spread, origin=origin, notes=notes)


def _protect(repository: Repository, counts: FloatArray, *, origin: str, notes: list[str]) -> Placed:
    places = repository.areas_of_level("lsoa")
    shown = protect_counts(counts)
    hidden = places["area_code"].to_numpy()[is_hidden(counts)]
    if len(hidden):
        notes.append(f"{count(len(hidden))} neighbourhoods have 1 to 7. Their number is not kept, and not shown.")
    notes.append("Counts of neighbourhoods are rounded to 5 before anything is worked out from them.")
    totals: dict[str, float] = {}
    for level in LEVELS_WITH_TOTALS:
        areas = repository.areas_of_level(level)["area_code"].to_numpy()
        home = repository.area_of_neighbourhoods(level)
        is_known = ~np.isnan(counts)
        sums = np.bincount(home[is_known], weights=counts[is_known], minlength=len(areas))
        some = np.bincount(home[is_known], minlength=len(areas)) > 0
        totals |= {str(code): round(float(total)) for code, total in zip(areas[some], sums[some], strict=True)}
    people = places["population"].to_numpy(dtype=np.float64)
    return Placed(PER_PEOPLE * shown / people, tuple(map(str, hidden)), totals, origin, tuple(notes))


def _links(repository: Repository, geography: Geography, codes: list[str]) -> tuple[sparse.csr_array, str]:
    """Return which neighbourhoods each code stands for and how much of them, shape (codes, N), and a note."""
    if geography == "practice":
        return _practice_links(repository, codes)
    people = repository.areas_of_level("lsoa")["population"].to_numpy(dtype=np.float64)
    if geography == "postcode":
        found = repository.lsoas_of_postcodes(codes)
        pairs = [(row, found[code]) for row, code in enumerate(codes) if code in found]
        rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
        return _matrix(rows, columns, np.ones(len(rows)), shape=(len(codes), len(people))), ""
    areas = repository.areas_of_level(geography)["area_code"]
    row_of = pd.Series(range(len(codes)), index=codes).reindex(areas).to_numpy()
    row = row_of[repository.area_of_neighbourhoods(geography)]
    known = np.flatnonzero(~np.isnan(row))
    links = _matrix(row[known], known, people[known], shape=(len(codes), len(people)))
    return links, WARDS_NOTE if geography == "ward" else ""


def _practice_links(repository: Repository, codes: list[str]) -> tuple[sparse.csr_array, str]:
    size = len(repository.areas_of_level("lsoa"))
    patients = repository.registered_patients()
    if patients is not None:
        row_of = {code: row for row, code in enumerate(codes)}
        mine = patients[patients["practice_code"].isin(row_of)]
        rows = mine["practice_code"].map(row_of).to_numpy(dtype=np.int64)
        links = _matrix(rows, mine["feature_id"].to_numpy(), mine["patients"].to_numpy(), shape=(len(codes), size))
        return links, "Figures of practices were spread over neighbourhoods by where their registered patients live."
    known = repository.practices().set_index("practice_code").reindex(codes)[["easting", "northing"]]
    is_placed = known.notna().all(axis=1).to_numpy()
    people = repository.areas_of_level("lsoa")["population"].to_numpy(dtype=np.float64)
    near = link_to_nearest(
        sources=known[is_placed].to_numpy(dtype=np.float64), targets=repository.neighbourhood_points, weights=people
    )
    # Whoever lives far from all of these practices is hardly on the list of any of them.
    near = _within_reach(repository, near, practices=known[is_placed].to_numpy(dtype=np.float64))
    note = (
        "Figures of practices were given to the neighbourhoods nearest to each, up to 5 km, because the table of where "
        "registered patients live is not loaded. People often go to another practice than the nearest."
    )
    pairs = sparse.coo_array(near)
    rows_placed = np.flatnonzero(is_placed)[pairs.coords[0]]
    return _matrix(rows_placed, pairs.coords[1], pairs.data, shape=(len(codes), size)), note


def _within_reach(repository: Repository, links: sparse.csr_array, *, practices: FloatArray) -> sparse.csr_array:
    pairs = sparse.coo_array(links)
    row, column = pairs.coords
    apart = practices[row] - repository.neighbourhood_points[column]
    is_near = np.hypot(apart[:, 0], apart[:, 1]) <= FURTHEST_M
    return _matrix(row[is_near], column[is_near], pairs.data[is_near], shape=links.shape)


def _matrix(
    rows: ArrayLike,
    columns: ArrayLike,
    weights: ArrayLike,
    *,
    shape: tuple[int, int],
) -> sparse.csr_array:
    at = (np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64))
    return sparse.csr_array((np.asarray(weights, dtype=np.float64), at), shape=shape)


def _lost_note(codes: list[str], *, geography: Geography) -> str:
    shown = ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")  # noqa: PLR2004 - enough to recognise them
    known = "1 code is" if len(codes) == 1 else f"{count(len(codes))} codes are"
    why = {
        "lsoa": "They may be LSOAs of 2011, which are not carried over here, or lie outside England.",
        "ward": "Wards are those of the look-up that is loaded.",
        "practice": "They may have closed, or have no postcode.",
        "postcode": "They may be new or closed, or outside England.",
    }
    return f"{known} not known here, and left out: {shown}. {why[geography]}"
