"""What is better than average in a place, and what help is within reach of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.assets.table import AssetTable
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.questions.views import OWN_DOMAIN
from dashboard.repository import Repository
from etl.methods.access import Catchment
from etl.methods.arrays import BoolArray, FloatArray

# The best third by rank is called better than average; figures of earlier years are left out.
BEST_FROM = 67
MOST_STRENGTHS = 5
REACH_M = 1_600.0
PER_PEOPLE = 1_000


@dataclass(frozen=True)
class Strength:
    """A figure that is better here than in two of three places: its name, and in which best per cent it is."""

    indicator_id: str
    name: str
    best_percent: int


def find_strengths(repository: Repository, area: Area) -> list[Strength]:
    """Return the figures on which an area is among the best third of its size, the best first, a few at most.

    An area of somebody's own has no others of its size.
    """
    if area.area_type == CUSTOM:
        return []
    found = []
    profile = repository.profile(area)
    for key, percent in zip(profile["indicator_id"], profile["worst_percent"], strict=True):
        indicator = repository.indicators[key]
        is_compared = indicator.has_values and not indicator.is_neutral and indicator.domain != OWN_DOMAIN
        if is_compared and "2019" not in key and percent >= BEST_FROM:
            found.append(Strength(key, indicator.name, 101 - int(percent)))
    return sorted(found, key=lambda strength: (strength.best_percent, strength.name))[:MOST_STRENGTHS]


@dataclass(frozen=True)
class Help:
    """What can be reached on foot from a neighbourhood: how many assets, and the ids of their kinds and offers."""

    assets: int
    kinds: frozenset[str]
    offers: frozenset[str]

    def of(self, facet: str) -> frozenset[str]:
        """Return the ids of a facet of the taxonomy: kinds or offers."""
        return self.kinds if facet == "kinds" else self.offers


def find_help(table: AssetTable, *, origin: FloatArray) -> Help:
    """Return what is within a walk of 1,600 m of a point in EPSG:27700, shape (2,)."""
    reached = within_reach(table, origin=origin)
    found: dict[str, set[str]] = {"kind": set(), "offers": set()}
    for (facet, value), has_it in table.tags.items():
        if facet in found and value and (has_it & reached).any():
            found[facet].add(value)
    return Help(int(reached.sum()), frozenset(found["kind"]), frozenset(found["offers"]))


def within_reach(table: AssetTable, *, origin: FloatArray) -> BoolArray:
    """Return which assets are within a walk of 1,600 m of a point, shape (n,); those without a point are not."""
    distance = np.hypot(*(table.grid - origin).T) * Catchment().detour
    reached: BoolArray = np.nan_to_num(distance, nan=np.inf) <= REACH_M
    return reached


def groups_per_1000(repository: Repository, area: Area) -> tuple[float, float] | None:
    """Return assets per 1,000 people in an area and in England, as they were at load; None when none are loaded."""
    england = repository.area(ENGLAND)
    if england is None or not (everywhere := len(repository.assets(ENGLAND))):
        return None
    here = len(repository.assets(area.area_code))
    return PER_PEOPLE * here / area.population, PER_PEOPLE * everywhere / england.population
