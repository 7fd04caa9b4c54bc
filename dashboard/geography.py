"""What the register asks of geography, answered from the snapshot that is served."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboard.map_repository import MapRepository
from dashboard.register.exchange.placing import KnownPoint
from dashboard.register.model import Place
from dashboard.register.rules.places import complete_place
from dashboard.warehouse import open_warehouse
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings

HOMES = ("lsoa21_code", "msoa21_code", "ward_code", "lad_code", "sicbl_code", "icb_code")

# One question for all is quicker than one for each from about this many.
_MANY = 12


@dataclass(frozen=True)
class Neighbourhood:
    """Where the middle of an LSOA is, in degrees, and the codes of every area that it lies in."""

    lon: float
    lat: float
    areas: frozenset[str]


class SnapshotGeography:
    """Geography and gazetteer of whatever snapshot is served at the moment of asking; nothing before one is."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def lsoa_of(self, place: Place) -> str:
        """Return the LSOA that holds a place's point, or that of its postcode, or what it says itself."""
        path = self._snapshot()
        if path is None:
            return place.lsoa21_code
        placed = complete_place(place)
        if placed.lon is not None and placed.lat is not None:
            found = MapRepository(open_warehouse(path)).area_at(lon=placed.lon, lat=placed.lat, layer="lsoa")
            if found:
                return found.area_code
        by_postcode = self.postcodes([place.postcode]) if place.postcode else {}
        return _code_of(by_postcode.get(place.postcode)) or place.lsoa21_code

    def lsoas_of(self, places: Sequence[Place]) -> Sequence[str]:
        """Return the same for many places, by one question for their points and one for their postcodes."""
        path = self._snapshot()
        if path is None or len(places) < _MANY:
            return [self.lsoa_of(place) for place in places]
        placed = [complete_place(place) for place in places]
        at = [number for number, place in enumerate(placed) if place.easting is not None]
        rows = open_warehouse(path).rows(
            "lsoas_of_points",
            numbers=at,
            eastings=[placed[number].easting for number in at],
            northings=[placed[number].northing for number in at],
        )
        by_point = {row["number"]: row["lsoa21_code"] for row in rows}
        unfound = {place.postcode for number, place in enumerate(places) if number not in by_point} - {""}
        by_postcode = self.postcodes(unfound)
        return [
            by_point.get(number) or _code_of(by_postcode.get(place.postcode)) or place.lsoa21_code
            for number, place in enumerate(places)
        ]

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:
        """Return longitude and latitude of a point inside an LSOA."""
        known = self._neighbourhoods().get(lsoa21_code)
        return (known.lon, known.lat) if known else None

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        """Return the codes of every area that an LSOA lies in, its own too."""
        known = self._neighbourhoods().get(lsoa21_code)
        return known.areas if known else frozenset({lsoa21_code} - {""})

    def postcodes(self, postcodes: Collection[str]) -> Mapping[str, KnownPoint]:
        """Return the points of the postcodes that are known, written `M1 1AA`."""
        path = self._snapshot()
        if path is None or not postcodes:
            return {}
        rows = open_warehouse(path).rows("points_of_postcodes", postcodes=sorted(set(postcodes)))
        return {row["postcode"]: KnownPoint(row["easting"], row["northing"], row["lsoa21_code"] or "") for row in rows}

    def uprns(self, uprns: Collection[str]) -> Mapping[str, KnownPoint]:  # noqa: ARG002
        """Return nothing: no UPRN is loaded."""
        return {}

    def _snapshot(self) -> Path | None:
        try:
            return current_snapshot(self._settings)
        except NothingLoadedError:
            return None

    def _neighbourhoods(self) -> Mapping[str, Neighbourhood]:
        path = self._snapshot()
        return read_neighbourhoods(path) if path else {}


def _code_of(point: KnownPoint | None) -> str:
    return point.lsoa21_code if point else ""


@lru_cache(maxsize=2)
def read_neighbourhoods(path: Path) -> Mapping[str, Neighbourhood]:
    """Return every neighbourhood of a snapshot by its code; kept, because a snapshot never changes."""
    rows = open_warehouse(path).rows("homes_of_neighbourhoods")
    return {
        row["lsoa21_code"]: Neighbourhood(
            lon=row["lon"], lat=row["lat"], areas=frozenset(row[home] for home in HOMES if row[home])
        )
        for row in rows
    }
