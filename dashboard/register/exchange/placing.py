"""Where a row is: by its point, by its grid reference, by its UPRN, by its postcode, or by its address alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from dashboard.register.model import Place
from dashboard.register.rules.places import complete_place, is_point_plausible, postcode_problem


@dataclass(frozen=True)
class KnownPoint:
    """The middle of a postcode or the point of a UPRN, in metres (EPSG:27700), and its LSOA if known."""

    easting: float
    northing: float
    lsoa21_code: str = ""


class Gazetteer(Protocol):
    """Where postcodes and UPRNs are; asked once for a whole list."""

    def postcodes(self, postcodes: Collection[str]) -> Mapping[str, KnownPoint]:
        """Return the points of the postcodes that are known, written `M1 1AA`."""

    def uprns(self, uprns: Collection[str]) -> Mapping[str, KnownPoint]:
        """Return the points of the UPRNs that are known."""


class NoGazetteer:
    """A gazetteer before any postcodes are loaded: it knows nothing."""

    def postcodes(self, postcodes: Collection[str]) -> Mapping[str, KnownPoint]:  # noqa: ARG002
        """Return nothing."""
        return {}

    def uprns(self, uprns: Collection[str]) -> Mapping[str, KnownPoint]:  # noqa: ARG002
        """Return nothing."""
        return {}


def settle_place(place: Place, *, uprn: str, known: Mapping[str, KnownPoint]) -> tuple[Place, tuple[str, ...]]:
    """Return a place with a point where one can be told, and what the person should know about it.

    Parameters
    ----------
    known
        Points by postcode and by UPRN.
    """
    place, notes = _without_wild_point(place)
    of_postcode = known.get(place.postcode)
    if place.easting is not None or place.lon is not None:
        placed = complete_place(place)
        far = postcode_problem(placed, postcode_at=(of_postcode.easting, of_postcode.northing)) if of_postcode else ""
        return placed, (*notes, *((far,) if far else ()))
    if point := known.get(uprn) or of_postcode:
        at_point = replace(place, easting=point.easting, northing=point.northing)
        return complete_place(replace(at_point, lsoa21_code=place.lsoa21_code or point.lsoa21_code)), notes
    if place.postcode or place.address:
        what = "its postcode is not known" if place.postcode else "it has only an address"
        return place, (*notes, f"It is not on the map yet: {what}. Set its place on the map.")
    return (place if place.is_known else Place()), notes


def _without_wild_point(place: Place) -> tuple[Place, tuple[str, ...]]:
    """Swap longitude and latitude that stand in each other's place; leave out a point that is nowhere near."""
    if is_point_plausible(place):
        return place, ()
    swapped = replace(place, lon=place.lat, lat=place.lon)
    if place.lon is not None and is_point_plausible(swapped):
        return swapped, ("Longitude and latitude stood in each other's place and were swapped.",)
    bare = replace(place, lon=None, lat=None, easting=None, northing=None)
    return bare, ("Its point is not in the United Kingdom and was left out.",)
