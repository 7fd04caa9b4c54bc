"""Where help would count most: the best places of a plan, quickly at once and exactly a little later."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from dashboard.assets.live import live_table
from dashboard.assets.table import AssetTable
from dashboard.planning.asking import left_behind_flags, places_giving
from dashboard.planning.state import Plan, Site, make_site
from dashboard.planning.support import members_of, where_people_live
from dashboard.questions.own_areas import OwnArea
from dashboard.register.register import Register
from dashboard.repository import Repository
from etl.methods.access import DEFAULT_CATCHMENT, SHORT_WALK_M, Points
from etl.methods.arrays import BoolArray
from etl.methods.nearness import is_near
from etl.methods.siting import Siting, choose_greedily, find_coverage
from etl.methods.siting_exactly import NoExactAnswerError, choose_exactly
from etl.tables.support import ANY_ASSET

Source = Literal["existing", "anywhere"]
# One at a time, beside the pages: each takes a core for seconds.
_SOLVER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="best-sites")


@dataclass(frozen=True)
class Candidates:
    """Places to choose from: their points in metres, shape (c, 2), and as sites of a plan."""

    points: Points
    sites: tuple[Site, ...]


@dataclass(frozen=True)
class BestSites:
    """The best places of a source.

    Parameters
    ----------
    answer
        None when there is nothing to choose from.
    candidates
        How many there were.
    problem
        Why there is no exact answer, in words; empty when there is one or none was asked for.
    """

    answer: Siting | None
    sites: tuple[Site, ...]
    candidates: int
    problem: str = ""


@dataclass(frozen=True)
class _Question:
    """What an answer depends on: the plan, the register at one number of change, and what an own area is made of."""

    group: str
    within: str
    k: int
    source: Source
    number: int
    own: OwnArea | None


def best_sites(repository: Repository, register: Register, plan: Plan, *, source: Source) -> BestSites:
    """Return k places that would newly reach many people of left-behind neighbourhoods of the plan's area, at once.

    Parameters
    ----------
    source
        Entries of the register that do not give this help yet, or a point in any neighbourhood of the area.
    """
    return _best(repository, register, _ask(repository, register, plan, source), is_exact=False)


def best_sites_later(repository: Repository, register: Register, plan: Plan, *, source: Source) -> Future[BestSites]:
    """Return the exact answer as something that is still being worked out, beside everything else."""
    return _best_later(repository, register, _ask(repository, register, plan, source))


def _ask(repository: Repository, register: Register, plan: Plan, source: Source) -> _Question:
    number, own = live_table(register).number, repository.own_areas.get(plan.within)
    return _Question(plan.group, plan.within, plan.k, source, number=number, own=own)


@lru_cache(maxsize=64)
def _best_later(repository: Repository, register: Register, question: _Question) -> Future[BestSites]:
    return _SOLVER.submit(_best, repository, register, question, is_exact=True)


@lru_cache(maxsize=256)
def _best(repository: Repository, register: Register, question: _Question, *, is_exact: bool) -> BestSites:
    table = live_table(register)
    origins, population = where_people_live(repository.path)
    inside = repository.areas_shown(within=question.within, level="lsoa")
    reach_m = SHORT_WALK_M / DEFAULT_CATCHMENT.detour
    has_help = is_near(origins, places_giving(table, group=question.group), reach_m=reach_m)
    counted = inside & left_behind_flags(repository) & ~has_help
    is_existing = question.source == "existing"
    options = _upgrades(table, question.group) if is_existing else _anywhere(repository, inside)
    near = np.flatnonzero(is_near(options.points, origins[counted], reach_m=reach_m * (1 + 1e-9)))
    if not len(near):
        return BestSites(None, (), 0)
    covers = find_coverage(candidates=options.points[near], origins=origins)
    choose = choose_exactly if is_exact else choose_greedily
    try:
        answer = choose(covers, people=np.where(counted, population, 0.0), k=min(question.k, len(near)))
    except NoExactAnswerError as refusal:
        return BestSites(None, (), len(near), problem=f"{refusal.what} {refusal.todo}")
    return BestSites(answer, tuple(options.sites[near[place]] for place in answer.chosen), len(near))


def _upgrades(table: AssetTable, group: str) -> Candidates:
    """Return the entries that take people and do not give this help."""
    rows = np.flatnonzero(members_of(table, group=ANY_ASSET) & ~members_of(table, group=group))
    sites = tuple(make_site(*table.lonlat[row], asset_id=str(table.asset_id[row])) for row in rows)
    return Candidates(table.grid[rows], sites)


def _anywhere(repository: Repository, inside: BoolArray) -> Candidates:
    origins, _ = where_people_live(repository.path)
    places = repository.areas_of_level("lsoa")[inside]
    sites = tuple(make_site(lon, lat) for lon, lat in zip(places["lon"], places["lat"], strict=True))
    return Candidates(origins[inside], sites)
