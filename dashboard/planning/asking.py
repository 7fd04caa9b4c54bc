"""What a plan would change: the register and the snapshot asked together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.assets.live import live_table
from dashboard.assets.table import AssetTable
from dashboard.planning.state import Plan, Site
from dashboard.planning.support import members_of, support_values, where_people_live
from dashboard.questions.shapes import points_in_metres
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.state import View
from etl.methods.access import Points
from etl.methods.arrays import BoolArray, FloatArray
from etl.methods.what_if import WhatIf, measure_what_if, people_newly_within

PER_PEOPLE = 10_000


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


def weigh_plan(repository: Repository, register: Register, plan: Plan) -> PlanAnswer:
    """Return what offering help at the places of a plan would change for the people around."""
    origins, population = where_people_live(repository.path)
    change = measure_what_if(
        origins=origins,
        population=population,
        assets=places_giving(live_table(register), group=plan.group),
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


def left_behind_flags(repository: Repository) -> BoolArray:
    """Return which neighbourhoods are left behind by the usual definition, in order of feature_id."""
    view = repository.fit_view(View()).view
    return np.asarray(repository.rank_areas(view).figures["is_left_behind"], dtype=np.bool_)


def points_of(sites: tuple[Site, ...]) -> Points:
    """Return places in metres, shape (k, 2)."""
    lonlat = np.array([(site.lon, site.lat) for site in sites], dtype=np.float64).reshape(-1, 2)
    return np.column_stack(points_in_metres(lonlat[:, 0], lonlat[:, 1]))


def places_giving(table: AssetTable, *, group: str) -> Points:
    """Return the entries that give a kind of help now and take people: their points in metres, shape (a, 2)."""
    return table.grid[members_of(table, group=group)]


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
