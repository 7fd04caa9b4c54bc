"""From what a person types of a place to the place: a postcode, a name, a point, or an area that it serves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dashboard.assets.entry_typed import is_untouched, precision_of
from dashboard.questions.places import Area, SearchAnswer, read_postcode
from dashboard.questions.places import Place as FoundArea
from dashboard.register.exchange.placing import Gazetteer, settle_place
from dashboard.register.model import Place, Precision

_DEGREES = r"(-?[0-9]{1,2}(?:\.[0-9]{1,12})?)"
# Spaces are taken whole (`*+`), so that however many of them are refused at once.
_POINT = re.compile(rf"\s*+{_DEGREES}(?:\s*+[,;]\s*+|\s++){_DEGREES}\s*+")
_HOW = "Write the point as latitude and longitude, like 53.4810, -2.2420, or tap the map."

NOWHERE = Place()


class Atlas(Protocol):
    """What is asked about areas."""

    def find_places(self, text: str) -> SearchAnswer:
        """Return what a person may mean by a name or a code."""

    def area(self, area_code: str) -> Area | None:
        """Return an area by its code."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """What was found for what was typed.

    Parameters
    ----------
    problem
        Why there is no place, and what to do.
    warning
        What to look at again, though it can be saved.
    options
        Areas to choose from, when several have the name.
    area
        The area that was named or that holds the postcode.
    """

    place: Place = NOWHERE
    problem: str = ""
    warning: str = ""
    options: tuple[FoundArea, ...] = ()
    area: Area | None = None


def find_where(typed: Mapping[str, Any], *, base: Place, atlas: Atlas, gazetteer: Gazetteer) -> Where:
    """Return the place that was typed.

    Parameters
    ----------
    typed
        `where` (a postcode or a name), `chosen` (one of the options), `point`, `address` and `precision`.
    base
        The place before; what was not touched stays as it is, to the last digit.
    """
    if is_untouched(typed, base) and base.precision is not Precision.NONE:
        return Where(place=base, area=atlas.area(base.lsoa21_code))
    if precision_of(typed) is Precision.NONE:
        return Where()
    text = (typed.get("where") or "").strip()
    lines = tuple(line.strip() for line in (typed.get("address") or "").splitlines() if line.strip())
    bare = Place(precision=precision_of(typed), address=lines)
    point = _read_point(typed.get("point") or "")
    if point is None:
        return Where(place=bare, problem=_HOW)
    pointed = replace(bare, lat=point[0], lon=point[1]) if point else bare
    if not text:
        return _without_name(pointed)
    postcode = read_postcode(text)
    if postcode:
        return _by_postcode(pointed, postcode, atlas=atlas, gazetteer=gazetteer)
    return _by_name(pointed, text, chosen=typed.get("chosen") or "", atlas=atlas)


def format_point(*, lon: float, lat: float) -> str:
    """Return a point as it stands in its box: latitude first, to about ten centimetres."""
    return f"{lat:.6f}, {lon:.6f}"


def _without_name(place: Place) -> Where:
    if place.lat is None and place.address:
        return Where(place=place, warning="It is not on the map yet. Give its postcode, or tap the map.")
    return Where(place=place)


def _by_postcode(place: Place, postcode: str, *, atlas: Atlas, gazetteer: Gazetteer) -> Where:
    known = gazetteer.postcodes([postcode])
    settled, notes = settle_place(replace(place, postcode=postcode), uprn="", known=known)
    area = atlas.area(known[postcode].lsoa21_code) if postcode in known else None
    if postcode not in known and place.lat is None:
        problem = f"The postcode {postcode} is not known here. Check it, or tap the map to say where it is."
        return Where(place=settled, problem=problem)
    return Where(place=settled, warning=" ".join(notes), area=area)


def _by_name(place: Place, text: str, *, chosen: str, atlas: Atlas) -> Where:
    answer = atlas.find_places(text)
    if not answer.places:
        return Where(place=place) if place.lat is not None else Where(place=place, problem=answer.reason)
    several = answer.places if len(answer.places) > 1 else ()
    picked = next((one for one in answer.places if one.area_code == chosen), None) or (
        None if several else answer.places[0]
    )
    if picked is None:
        return Where(place=place, problem="Say which of these you mean.", options=several)
    area = atlas.area(picked.area_code)
    if place.lat is not None:
        return Where(place=place, options=several, area=area)
    if picked.area_type == "lsoa":
        rough = replace(place, precision=Precision.ROUGH, lsoa21_code=picked.area_code)
        said = "It will be shown as the middle of this neighbourhood. To be exact, give its postcode or tap the map."
        return Where(place=rough, warning=said, options=several, area=area)
    problem = (
        f"{picked.name} is too large to be a place. Tap the map to say where in it, or say that it serves all of it."
    )
    return Where(place=place, problem=problem, options=several, area=area)


def _read_point(text: str) -> tuple[float, float] | tuple[()] | None:
    """Return latitude and longitude, nothing when none was typed, None when it cannot be read."""
    if not text.strip():
        return ()
    found = _POINT.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None
