"""Which neighbourhoods the codes of wards, practices and postcodes stand for, and how much of each."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import sparse

from dashboard.own.data_cells import Geography
from dashboard.repository import Repository
from etl.methods.arrays import FloatArray
from etl.methods.spreading import link_to_nearest

# Further than this from every practice that was given, nobody is taken to be a patient of one.
FURTHEST_M = 5_000.0
WARDS_NOTE = "Figures of wards were given to their neighbourhoods: counts by population, rates as they are."


def link_codes(repository: Repository, geography: Geography, codes: list[str]) -> tuple[sparse.csr_array, str]:
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
