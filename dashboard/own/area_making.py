"""From a boundary that a person drew or brought to a set of neighbourhoods."""

from __future__ import annotations

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

FEWEST_CORNERS = 3
POORLY = 0.2

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
    living = reached(people[taken].sum())
    whole = (
        f"1 neighbourhood with {living} has its middle inside, and is taken in whole."
        if taken.sum() == 1
        else f"{count(taken.sum())} neighbourhoods with {living} have their middle inside, and are taken in whole."
    )
    said = [f"{whole} About {100 * fit.share_outside:.0f}% of those people live outside your boundary."]
    if left.any():
        more = "1 more is" if left.sum() == 1 else f"{count(left.sum())} more are"
        said.append(
            f"{more} only touched, and left out. About {100 * fit.share_left_out:.0f}% of the "
            "people inside your boundary live there."
        )
    if max(fit.share_outside, fit.share_left_out) > POORLY:
        said.append("That is a poor fit: treat its figures with care, or choose neighbourhoods one by one.")
    said.append("Shares are estimates, as if people lived evenly over each neighbourhood.")
    return tuple(said)
