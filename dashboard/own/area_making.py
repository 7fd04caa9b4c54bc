"""From what a person gives to a set of neighbourhoods: codes that were pasted, a boundary that was drawn or brought."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.own.boundary_formats import Geometry
from dashboard.planning.words import reached
from dashboard.questions.shapes import points_in_metres
from dashboard.repository import Repository
from dashboard.words import count
from etl.errors import CommonGroundError
from etl.methods.best_fit import BestFit, fit_boundary

# The first three of a code say what it is: E01 LSOA, E02 MSOA, E05 ward, and so on.
_CODE = re.compile(r"\b[A-Z][0-9]{8}\b")
MOST_PASTED = 2_000_000
FEWEST_CORNERS = 3
POORLY = 0.2
OLD_CODES = "Some codes are of LSOAs of 2011 that have changed: the LSOAs of 2021 that they became were taken whole."
BY_CENTROID = "Fitted by population-weighted centroid (ONS)."
BY_POINT_INSIDE = "Fitted by a point inside each neighbourhood: population-weighted centroids are not loaded."


@dataclass(frozen=True)
class Made:
    """Neighbourhoods that were made out.

    Parameters
    ----------
    lsoa21_codes
        In order of code.
    notes
        What a person must know about how they were made out, in sentences.
    """

    lsoa21_codes: tuple[str, ...]
    notes: tuple[str, ...] = ()


class NothingMadeError(CommonGroundError):
    """Nothing that a neighbourhood could be made out from."""

    exit_code = 2


def read_codes(repository: Repository, text: str) -> Made:
    """Return the neighbourhoods of pasted codes: of LSOAs (those of 2011 too), or of any larger areas.

    Raises
    ------
    NothingMadeError
        If there is no code among the words, or none that is known.
    """
    asked = list(dict.fromkeys(_CODE.findall(text[:MOST_PASTED].upper())))
    if not asked:
        what = "There is no code of an area among these words."
        raise NothingMadeError(what, todo="Paste codes such as E01005062, one a line or with commas between them.")
    types = repository.areas["area_type"].reindex(asked).dropna()
    became = repository.changed_pairs.loc[repository.changed_pairs["lsoa11_code"].isin(asked)]
    inside = np.array(repository.areas_of_level("lsoa")["area_code"].isin(became["lsoa21_code"]))
    for level in types.unique():
        is_asked = repository.areas_of_level(level)["area_code"].isin(types.index).to_numpy()
        inside |= is_asked[repository.area_of_neighbourhoods(level)]
    known = {*types.index, *became["lsoa11_code"]}
    unknown = [code for code in asked if code not in known]
    if not known:
        raise NothingMadeError(_unknown(unknown), todo="Use codes of LSOAs, or of larger areas.")
    notes = (OLD_CODES,) if len(became) else ()
    return Made(codes_of(repository, inside), (*notes, _unknown(unknown)) if unknown else notes)


def fit_corners(repository: Repository, corners: list[tuple[float, float]]) -> Made:
    """Return the neighbourhoods of a boundary of corners in degrees.

    Raises
    ------
    CommonGroundError
        If there are too few corners, they hold no area, or no neighbourhood lies inside.
    """
    if len(corners) < FEWEST_CORNERS:
        raise NothingMadeError("A boundary has at least three corners.", todo="Add more corners.")
    lonlat = np.array(corners, dtype=np.float64)
    drawn = shapely.Polygon(np.column_stack(points_in_metres(lonlat[:, 0], lonlat[:, 1])))
    note = () if drawn.is_valid else ("The boundary crosses itself, and was mended: look at the map.",)
    return fit_shape(repository, drawn, notes=note)


def fit_shape(repository: Repository, boundary: Geometry, *, notes: tuple[str, ...] = ()) -> Made:
    """Return the neighbourhoods of a boundary in metres, with how well they fit it.

    Raises
    ------
    CommonGroundError
        If it holds no area, or no neighbourhood lies inside.
    """
    mended = shapely.make_valid(boundary)
    west, south, east, north = mended.bounds if not mended.is_empty else (0.0, 0.0, 0.0, 0.0)
    near = repository.boundaries_in(level="lsoa", box=(west, south, east, north))
    if not len(near.feature_ids):
        todo = "Is it in the sea or abroad, or in another projection than the file says?"
        raise NothingMadeError("No neighbourhood of England lies there.", todo=todo)
    places = repository.areas_of_level("lsoa").iloc[near.feature_ids]
    people = places["population"].to_numpy(dtype=np.float64)
    points = repository.neighbourhood_points[near.feature_ids]
    fit = fit_boundary(mended, points=points, shapes=near.shapes, population=people)
    if not fit.is_inside.any():
        what = "No neighbourhood has its middle inside that boundary."
        raise NothingMadeError(what, todo="It may be in the sea, or smaller than a neighbourhood: choose by tapping.")
    inside = np.zeros(len(repository.areas_of_level("lsoa")), dtype=np.bool_)
    inside[near.feature_ids[fit.is_inside]] = True
    by = BY_CENTROID if repository.has_centroids else BY_POINT_INSIDE
    return Made(codes_of(repository, inside), (*notes, *_describe(fit, people=people), by))


def codes_of(repository: Repository, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[str, ...]:
    """Return the codes of the neighbourhoods of a choice, shape (N,)."""
    return tuple(str(code) for code in repository.areas_of_level("lsoa")["area_code"].to_numpy()[inside])


def _describe(fit: BestFit, *, people: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[str, ...]:
    taken, left = fit.is_inside, fit.is_touched & ~fit.is_inside
    whole = (
        f"{count(taken.sum())} neighbourhoods with {reached(people[taken].sum())} have their middle inside, and are "
        f"taken in whole. About {100 * fit.share_outside:.0f}% of those people live outside your boundary."
    )
    said = [whole]
    if left.any():
        said.append(
            f"{count(left.sum())} more are only touched, and left out. About {100 * fit.share_left_out:.0f}% of the "
            "people inside your boundary live in those."
        )
    if max(fit.share_outside, fit.share_left_out) > POORLY:
        said.append("That is a poor fit: treat its figures with care, or choose neighbourhoods one by one.")
    said.append("Shares are estimates, as if people lived evenly over each neighbourhood.")
    return tuple(said)


def _unknown(codes: list[str]) -> str:
    shown = ", ".join(codes[:5]) + (" …" if len(codes) > 5 else "")  # noqa: PLR2004 - enough to recognise them
    some = "1 code is" if len(codes) == 1 else f"{count(len(codes))} codes are"
    return f"{some} not known here: {shown}. They may be of another country, or mistyped."
