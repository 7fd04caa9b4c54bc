"""Areas of people's own: any set of neighbourhoods with a name, taken in so that every question can be asked of it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.questions.asking import Questions

OWN_PREFIX = "custom-"
CUSTOM = "custom"
# What an answer that is kept may be about: those are forgotten when an own area or an own figure changes.
_ABOUT_OWN = {"area_code", "area", "view", "within", "indicator_id", "recipe_id", "recipe"}


@dataclass(frozen=True)
class OwnArea:
    """An area that somebody put together.

    Parameters
    ----------
    area_code
        `custom-` and the id of the piece of work that it is kept as.
    lsoa21_codes
        Its neighbourhoods; those that a snapshot does not have are left out there.
    """

    area_code: str
    name: str
    lsoa21_codes: frozenset[str]


def is_own_code(area_code: str) -> bool:
    """Return whether a code is that of an area of somebody's own."""
    return area_code.startswith(OWN_PREFIX)


class OwnAreaQuestions(Questions):
    """The own areas that this repository has been told of.

    Whoever tells it of one has seen to it that the person who asks may see it.
    """

    @cached_property
    def own_areas(self) -> dict[str, OwnArea]:
        """Return the own areas that are known, by code."""
        return {}

    def learn(self, own: OwnArea) -> None:
        """Take an area in, or what it has become; answers that were kept about areas are worked out anew."""
        if self.own_areas.get(own.area_code) == own:
            return
        self.own_areas[own.area_code] = own
        self.forget_answers()

    def forget_answers(self) -> None:
        """Forget the answers that are kept about areas and figures."""
        for name in dir(type(self)):
            kept = inspect.getattr_static(type(self), name)
            if hasattr(kept, "cache_clear") and _ABOUT_OWN & set(inspect.signature(kept.__wrapped__).parameters):
                kept.cache_clear()


def home_of_most(codes: pd.Series, *, people: pd.Series) -> str | None:
    """Return the code that most people live in; the first of those that tie, None where none is known."""
    sums = people.groupby(codes.to_numpy()).sum()
    return str(sums.idxmax()) if len(sums) else None
