"""What the register asks of geography; the dashboard answers from the warehouse, a test from a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from dashboard.register.model import Place


class Geography(Protocol):
    """Where places lie."""

    def lsoa_of(self, place: Place) -> str:
        """Return the code of the LSOA that a place lies in, or nothing when it cannot be told."""

    def lsoas_of(self, places: Sequence[Place]) -> Sequence[str]:
        """Return the same for many places at once, in their order."""

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:
        """Return longitude and latitude of the middle of an LSOA."""

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        """Return the codes of every area that an LSOA lies in, its own too."""


class NoGeography:
    """Geography before anything is loaded: an entry's own word is taken, and rough places show no point."""

    def lsoa_of(self, place: Place) -> str:
        """Return what the place says itself."""
        return place.lsoa21_code

    def lsoas_of(self, places: Sequence[Place]) -> Sequence[str]:
        """Return what each place says itself."""
        return [self.lsoa_of(place) for place in places]

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:  # noqa: ARG002
        """Return nothing: no centroid is known."""
        return None

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        """Return the LSOA alone."""
        return frozenset({lsoa21_code} - {""})


class RememberedGeography:
    """Another geography, asked once for each neighbourhood: for one piece of work on many entries, all seen alike."""

    def __init__(self, geography: Geography) -> None:
        self.lsoa_of, self.lsoas_of = geography.lsoa_of, geography.lsoas_of
        self.centroid_of, self.areas_of = cache(geography.centroid_of), cache(geography.areas_of)
