"""What is better than average in a place, and what help is within reach of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.assets.live import live_table
from dashboard.assets.table import AssetTable
from dashboard.own.areas import areas_to_ask
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.repository import Repository
from etl.methods.access import Catchment
from etl.methods.arrays import BoolArray, FloatArray
from etl.methods.ranking import best_percent

# The best third by rank is called better than average.
BEST_PERCENT = 33
# Few older or disabled people is a fact and no strength, scores stand at the head of the page, and 2019 is past.
NO_STRENGTHS = frozenset({"People", "Digital exclusion", "Left behind", "Deprivation 2019"})
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
    for row in profile.to_dict("records"):
        key, indicator = row["indicator_id"], repository.indicators[row["indicator_id"]]
        if not indicator.has_values or indicator.is_neutral or indicator.domain in NO_STRENGTHS:
            continue
        percent = int(best_percent(np.array([row["national_rank"]]), total=row["ranked"])[0])
        if 1 <= percent <= BEST_PERCENT:
            found.append(Strength(key, indicator.name, percent))
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


def groups_per_1000(repository: Repository, register: Register, area: Area) -> tuple[float, float] | None:
    """Return published entries that are in an area or serve it, per 1,000 people, and the same of England.

    None when none are published, or England is not here.
    """
    england = repository.area(ENGLAND)
    if england is None or not (everywhere := len(live_table(register))):
        return None
    here = Query(areas=areas_to_ask(repository, area.area_code), per_page=1)
    count = register.finding.find(here, actor=THE_PUBLIC).total
    return PER_PEOPLE * count / area.population, PER_PEOPLE * everywhere / england.population
