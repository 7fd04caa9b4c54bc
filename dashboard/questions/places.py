"""Where is it? Areas by code, by name and by postcode, and the areas that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from dashboard.questions.levels import LevelQuestions
from dashboard.questions.own_areas import CUSTOM, home_of_most
from dashboard.questions.place_names import PlaceNames, plain_words

ENGLAND = "E92000001"
MOST_SUGGESTIONS = 8
# The number of an area that no tile holds.
NOT_DRAWN = -1
AREA_CODE = re.compile(r"[A-Z][0-9]{8}")
OTHER_YEARS = "Codes change from year to year: look for it by name or postcode."
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")

LEVEL_NAMES: dict[str, str] = {
    "england": "Country",
    "icb": "Integrated care board (ICB)",
    "sicbl": "Sub-ICB location",
    "lad": "District",
    "ward": "Ward",
    "msoa": "MSOA",
    "lsoa": "Neighbourhood (LSOA)",
    "custom": "Area of your own",
}
SHORT_NAMES: dict[str, str] = {
    "england": "country",
    "icb": "ICB",
    "sicbl": "sub-ICB",
    "lad": "district",
    "ward": "ward",
    "msoa": "MSOA",
    "lsoa": "neighbourhood",
    "custom": "your own",
}


@dataclass(frozen=True)
class Area:
    """One area of any level; the box around it is in degrees and absent when its boundary was not loaded."""

    area_code: str
    area_type: str
    name: str
    official_name: str
    population: int
    neighbourhoods: int
    lad_code: str | None
    sicbl_code: str | None
    icb_code: str | None
    feature_id: int
    lon: float | None
    lat: float | None
    west: float | None
    south: float | None
    east: float | None
    north: float | None

    @property
    def level_name(self) -> str:
        """The level in words."""
        return LEVEL_NAMES[self.area_type]

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north in degrees, when the boundary is here."""
        box = (self.west, self.south, self.east, self.north)
        return box if all(side is not None for side in box) else None  # type: ignore[return-value]


AREA_FIELDS = tuple(field.name for field in fields(Area))


@dataclass(frozen=True)
class Place:
    """An area that a search or a filter offers."""

    area_code: str
    area_type: str
    name: str

    @property
    def label(self) -> str:
        """The name with the level in brackets."""
        return f"{self.name} ({SHORT_NAMES[self.area_type]})"


@dataclass(frozen=True)
class SearchAnswer:
    """What a search found: one place, several to choose from, or none with the reason."""

    outcome: Literal["found", "several", "none"]
    places: tuple[Place, ...] = ()
    reason: str = ""


def read_postcode(text: str) -> str | None:
    """Return a postcode as it is kept (capitals, one space), or None when the text is not a whole one."""
    match = POSTCODE.fullmatch(re.sub(r"\s", "", text).upper())
    return f"{match[1]} {match[2]}" if match else None


class PlaceQuestions(LevelQuestions):
    """Questions about which area is which."""

    @lru_cache(maxsize=512)  # noqa: B019 - one repository lives as long as its snapshot is open
    def area(self, area_code: str) -> Area | None:
        """Return the area of a code, or None when this snapshot has none."""
        if area_code in self.own_areas:
            return self._own_area(area_code)
        if area_code not in self.areas.index:
            return None
        row = self.areas.loc[area_code].to_dict()
        values: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in AREA_FIELDS}
        return Area(**values)

    def _own_area(self, area_code: str) -> Area | None:
        """Return an area of somebody's own, or None when this snapshot has none of its neighbourhoods."""
        parts = self.areas_of_level("lsoa")[self.areas_within(area_code=area_code, level="lsoa")]
        if parts.empty:
            return None
        people = parts["population"]
        name = self.own_areas[area_code].name
        rest: dict[str, Any] = {
            home: home_of_most(parts[home], people=people) for home in ("lad_code", "sicbl_code", "icb_code")
        }
        rest |= {side: _number(parts[side].min()) for side in ("west", "south")}
        rest |= {side: _number(parts[side].max()) for side in ("east", "north")}
        rest |= {side: _number((parts[side] * people).sum() / people.sum()) for side in ("lon", "lat")}
        return Area(
            area_code=area_code, area_type=CUSTOM, name=name, official_name=name, population=int(people.sum()),
            neighbourhoods=len(parts), feature_id=NOT_DRAWN, **rest,
        )  # fmt: skip

    @lru_cache(maxsize=512)  # noqa: B019
    def parents(self, area_code: str) -> tuple[Area, ...]:
        """Return the areas that hold all or most of an area, largest first, England left out."""
        area = self.area(area_code)
        if area is None:
            return ()
        codes = [area.icb_code, area.sicbl_code, area.lad_code]
        if area.area_type in {"lsoa", "msoa"}:
            codes += [self._home_of(area, level=level) for level in ("ward", "msoa")]
        found = (self.area(code) for code in codes if code and code != area_code)
        return tuple(parent for parent in found if parent)

    def _home_of(self, area: Area, *, level: str) -> str:
        """Return the area of a level that most neighbourhoods of an area are in; the first of those that tie."""
        homes = self.area_of_neighbourhoods(level)
        if area.area_type == "lsoa":
            return self.area_code_of(level=level, feature_id=int(homes[area.feature_id]))
        inside = self.areas_within(area_code=area.area_code, level="lsoa")
        return self.area_code_of(level=level, feature_id=int(np.bincount(homes[inside]).argmax()))

    @cached_property
    def extent(self) -> tuple[float, float, float, float]:
        """Return west, south, east and north of everything that is drawn, in degrees."""
        drawn = self.areas_of_level("lsoa")
        west, south, east, north = drawn["west"].min(), drawn["south"].min(), drawn["east"].max(), drawn["north"].max()
        return float(west), float(south), float(east), float(north)

    @lru_cache(maxsize=64)  # noqa: B019
    def areas_to_filter_by(self, within: str) -> tuple[Place, ...]:
        """Return every ICB and district, and the wards of the chosen one (or of the chosen ward's district)."""
        chosen = self.area(within)
        parent = (chosen.lad_code if chosen and chosen.area_type == "ward" else within) or ""
        rows = self.warehouse.rows("filter_areas", ward_parent_code=parent)
        places = tuple(Place(**row) for row in rows)
        if chosen and chosen.area_code not in {place.area_code for place in places}:
            return (Place(area_code=chosen.area_code, area_type=chosen.area_type, name=chosen.name), *places)
        return places

    @cached_property
    def _names(self) -> PlaceNames:
        return PlaceNames(self.areas)

    def find_places(self, text: str) -> SearchAnswer:
        """Return what a person may mean by a place's name, a code or a postcode."""
        plain = plain_words(text)
        if not plain:
            return SearchAnswer("none", reason="Type the name of a place, a postcode or an area code.")
        postcode = read_postcode(text)
        if postcode:
            return self._find_postcode(postcode)
        found = self._names.find(plain, most=MOST_SUGGESTIONS + 1)
        places = tuple(Place(area_code=one.area_code, area_type=one.area_type, name=one.name) for one in found)
        return _answer(text, places)

    def _find_postcode(self, postcode: str) -> SearchAnswer:
        row = self.warehouse.row("neighbourhood_of_postcode", postcode=postcode)
        if row:
            return SearchAnswer("found", (Place(**row),))
        reason = f"The postcode {postcode} is not among those loaded for England. Check it, or try a place near it."
        return SearchAnswer("none", reason=reason)


def _answer(text: str, places: tuple[Place, ...]) -> SearchAnswer:
    if not places and AREA_CODE.fullmatch(text.strip().upper()):
        return SearchAnswer("none", reason=f"No area has the code {text.strip().upper()} in this data. {OTHER_YEARS}")
    if not places:
        reason = f"No place called “{text.strip()}” was found. Try a town, a ward, a district or a whole postcode."
        return SearchAnswer("none", reason=reason)
    if len(places) == 1:
        return SearchAnswer("found", places)
    reason = "More than these fit: add a word to narrow it down." if len(places) > MOST_SUGGESTIONS else ""
    return SearchAnswer("several", places[:MOST_SUGGESTIONS], reason=reason)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
