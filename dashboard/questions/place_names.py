"""What do people call a place? Names compared as they are typed, and the places that fit, best match first. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

NEIGHBOURHOOD, WHOLE = "lsoa", "england"
# In the order in which equally good matches are offered, with what people call the level.
LEVEL_WORDS = {
    "lad": "district",
    "icb": "icb",
    "ward": "ward",
    "msoa": "msoa",
    "sicbl": "sub icb",
    NEIGHBOURHOOD: "neighbourhood",
}
_ORDER = {level: place for place, level in enumerate(LEVEL_WORDS)}
_DROPPED, _PARTING = re.compile(r"['\u2019.]"), re.compile(r"(?:[^\w,]|_)+")


def plain_words(text: str) -> str:
    """Return text as names are compared: small letters, without accents, apostrophes and stops, & said as and.

    What else is neither letter, digit nor comma parts words: Stoke-on-Trent is Stoke on Trent, King's Lynn Kings Lynn.
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _PARTING.sub(" ", _DROPPED.sub("", text.lower().replace("&", " and "))).strip()


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with its names as they are compared: what pages call it, what its publisher calls it."""

    area_code: str
    area_type: str
    name: str
    population: int
    plain: str
    plain_official: str

    @property
    def _with_level(self) -> str:
        return f"{self.plain} {LEVEL_WORDS[self.area_type]}"

    def is_exactly(self, text: str) -> bool:
        """Return whether plain text is its code or one of its names: in full, with its level, or up to the comma."""
        named = (self.plain, self.plain_official, self._with_level, self.plain.partition(",")[0])
        return text in named or text == self.area_code.lower()

    def holds(self, words: Iterable[str]) -> bool:
        """Return whether its name and level hold every word, or the beginning of one."""
        return all(word in self._with_level for word in words)

    def order(self, text: str) -> tuple[object, ...]:
        """Return what better matches have less of: first districts and ICBs of which the text is a part in words."""
        is_in_words = f" {text} " in f" {self.plain.replace(',', ' ')} "
        return (
            not self.is_exactly(text),
            not (is_in_words and self.area_type in {"lad", "icb"}),
            not self.plain.startswith(text),
            _ORDER[self.area_type],
            -self.population,
            self.area_code,
        )


class PlaceNames:
    """All places but England by name; neighbourhoods are found only by their code or a whole name."""

    def __init__(self, areas: pd.DataFrame) -> None:
        columns = ("area_code", "area_type", "name", "official_name", "population")
        places = [
            NamedPlace(code, level, name, people, plain_words(name), plain_words(official))
            for code, level, name, official, people in zip(*(areas[one].tolist() for one in columns), strict=True)
        ]
        self._larger = [place for place in places if place.area_type not in {NEIGHBOURHOOD, WHOLE}]
        small = [place for place in places if place.area_type == NEIGHBOURHOOD]
        self._small: dict[str, list[NamedPlace]] = {}
        for place in small:
            for text in {place.area_code.lower(), place.plain, place.plain_official}:
                self._small.setdefault(text, []).append(place)

    def find(self, text: str, *, most: int) -> list[NamedPlace]:
        """Return the places that plain text may mean, best match first: one alone where only one is exactly that."""
        words = re.split(r"[\s,]+", text)
        found = [place for place in self._larger if place.holds(words) or place.is_exactly(text)]
        found += self._small.get(text, [])
        exact = [place for place in found if place.is_exactly(text)]
        return exact if len(exact) == 1 else sorted(found, key=lambda place: place.order(text))[:most]
