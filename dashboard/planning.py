"""What a plan would change, and where help would count most: the register and the snapshot asked together."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.live_assets import AssetTable, live_table
from dashboard.plan_state import Plan, Site, make_site
from dashboard.questions.shapes import points_in_metres
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.support import members_of, support_values, where_people_live
from etl.methods.access import DEFAULT_CATCHMENT, SHORT_WALK_M, Points
from etl.methods.arrays import BoolArray, FloatArray
from etl.methods.siting import NoExactAnswerError, Siting, choose_exactly, choose_greedily, find_coverage
from etl.methods.what_if import WhatIf, is_near, measure_what_if, people_newly_within
from etl.tables.support import ANY_ASSET

Source = Literal["existing", "anywhere"]
PER_PEOPLE = 10_000
# One at a time, beside the pages: each takes a core for seconds.
_SOLVER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="best-sites")


@dataclass(frozen=True)
class PlanAnswer:
    """What a plan would change.

    Parameters
    ----------
    newly, newly_left_behind
        People newly `within_800m` and `within_1600m`: all, and those of left-behind neighbourhoods.
    around
        One row per neighbourhood within a long walk of the places: area_code, name, population, is_left_behind,
        nearest_before_m, nearest_after_m, support_before, support_after (assets per 10,000 people).
    before, after
        Support of every neighbourhood in order of feature_id, assets per 10,000 people, shape (N,).
    """

    newly: dict[str, int]
    newly_left_behind: dict[str, int]
    around: pd.DataFrame
    before: FloatArray
    after: FloatArray


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


def weigh_plan(repository: Repository, register: Register, plan: Plan) -> PlanAnswer:
    """Return what offering help at the places of a plan would change for the people around."""
    origins, population = where_people_live(repository.path)
    change = measure_what_if(
        origins=origins,
        population=population,
        assets=_giving(live_table(register), plan.group),
        added=points_of(plan.sites),
    )
    is_left_behind = left_behind_flags(repository)
    before = PER_PEOPLE * support_values(repository, register, group=plan.group)
    after = before.copy()
    after[change.around] = PER_PEOPLE * change.after.e2sfca
    return PlanAnswer(
        newly=people_newly_within(change, population=population),
        newly_left_behind=people_newly_within(change, population=population, counted=is_left_behind),
        around=_describe(repository, change, is_left_behind=is_left_behind),
        before=before,
        after=after,
    )


def best_sites(repository: Repository, register: Register, plan: Plan, *, source: Source) -> BestSites:
    """Return k places that would newly reach many people of left-behind neighbourhoods of the plan's area, at once.

    Parameters
    ----------
    source
        Entries of the register that do not give this help yet, or a point in any neighbourhood of the area.
    """
    own = repository.own_areas.get(plan.within)
    asked = (plan.group, plan.within, plan.k, source)
    return _best(repository, register, live_table(register).number, own, asked, is_exact=False)


def best_sites_later(repository: Repository, register: Register, plan: Plan, *, source: Source) -> Future[BestSites]:
    """Return the exact answer as something that is still being worked out, beside everything else."""
    own = repository.own_areas.get(plan.within)
    asked = (plan.group, plan.within, plan.k, source)
    return _best_later(repository, register, live_table(register).number, own, asked)


@lru_cache(maxsize=64)
def _best_later(
    repository: Repository, register: Register, number: int, own: object, asked: tuple[str, str, int, Source]
) -> Future[BestSites]:
    return _SOLVER.submit(_best, repository, register, number, own, asked, is_exact=True)


@lru_cache(maxsize=256)
def _best(
    repository: Repository, register: Register, _number: int, _own: object, asked: tuple[str, str, int, Source],
    *, is_exact: bool,
) -> BestSites:  # fmt: skip
    group, within, k, source = asked
    table = live_table(register)
    origins, population = where_people_live(repository.path)
    inside = repository.areas_within(area_code=within, level="lsoa")
    counted = inside & left_behind_flags(repository)
    reach_m = SHORT_WALK_M / DEFAULT_CATCHMENT.detour
    counted &= ~is_near(origins, _giving(table, group), reach_m=reach_m)
    people = np.where(counted, population, 0.0)
    options = _upgrades(table, group) if source == "existing" else _anywhere(repository, inside)
    near = np.flatnonzero(is_near(options.points, origins[counted], reach_m=reach_m * (1 + 1e-9)))
    if not len(near):
        return BestSites(None, (), 0)
    covers = find_coverage(candidates=options.points[near], origins=origins)
    try:
        choose = choose_exactly if is_exact else choose_greedily
        answer = choose(covers, people=people, k=min(k, len(near)))
    except NoExactAnswerError as refusal:
        return BestSites(None, (), len(near), problem=f"{refusal.what} {refusal.todo}")
    return BestSites(answer, tuple(options.sites[near[place]] for place in answer.chosen), len(near))


def left_behind_flags(repository: Repository) -> BoolArray:
    """Return which neighbourhoods are left behind by the usual definition, in order of feature_id."""
    view = repository.fit_view(View()).view
    return np.asarray(repository.rank_areas(view).figures["is_left_behind"], dtype=np.bool_)


def points_of(sites: tuple[Site, ...]) -> Points:
    """Return places in metres, shape (k, 2)."""
    lonlat = np.array([(site.lon, site.lat) for site in sites], dtype=np.float64).reshape(-1, 2)
    return np.column_stack(points_in_metres(lonlat[:, 0], lonlat[:, 1]))


def _giving(table: AssetTable, group: str) -> Points:
    return table.grid[members_of(table, group=group)]


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


def _describe(repository: Repository, change: WhatIf, *, is_left_behind: BoolArray) -> pd.DataFrame:
    places = repository.areas_of_level("lsoa").iloc[change.around]
    rows = places[["area_code", "name", "population"]].reset_index(drop=True)
    return rows.assign(
        is_left_behind=is_left_behind[change.around],
        nearest_before_m=change.before.nearest_m,
        nearest_after_m=change.after.nearest_m,
        support_before=PER_PEOPLE * change.before.e2sfca,
        support_after=PER_PEOPLE * change.after.e2sfca,
    ).sort_values("nearest_after_m", ignore_index=True)
