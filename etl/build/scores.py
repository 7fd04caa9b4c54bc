"""Composite indices from their recipes, and which neighbourhoods are left behind."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from etl.build.figures import Figures
from etl.build.places import Places
from etl.build.rows import insert_rows, words_at
from etl.methods.arrays import FloatArray
from etl.methods.left_behind import LeftBehind, Pillar, find_left_behind
from etl.methods.recipe import Recipe
from etl.methods.scoring import Scores, score_recipe
from etl.recipes import read_recipes
from etl.sources.spec import Indicator

OWN_SOURCE = "common_ground"
NEED = "imd_2025"
THRESHOLD_PERCENT = 20
LEFT_BEHIND = Indicator(
    indicator_id="left_behind",
    name="People in left-behind neighbourhoods",
    unit="share",
    polarity="higher_is_worse",
    domain="Left behind",
    period="2021 to 2025",
    definition=(
        "1 for a neighbourhood in England's worst 20% on need (IMD 2025) and in its worst 20% on digital exclusion "
        "(Digital exclusion 2025), otherwise 0; for a larger area, the share of its people who live in such "
        "neighbourhoods."
    ),
    caveat="It says where to look first, not who in a neighbourhood is excluded. Not for targets or league tables.",
    decimals=2,
)


def score_all(con: duckdb.DuckDBPyConnection, *, places: Places, figures: Figures) -> None:
    """Score every recipe that has any input, add its score to the figures, and store how it came about."""
    for recipe in read_recipes():
        scores = score_recipe(recipe, values=figures.values, indicator_ids=figures.ids)
        if np.isnan(scores.score).all():
            continue
        loaded = set(figures.ids)
        figures.add(_indicator_of(recipe), scores.score, source_id=OWN_SOURCE, origin="modelled")
        _store_recipe(con, recipe=recipe, scores=scores, loaded=loaded)
        _store_scores(con, recipe=recipe, scores=scores, places=places)


def _indicator_of(recipe: Recipe) -> Indicator:
    return Indicator(
        indicator_id=recipe.recipe_id,
        name=recipe.name,
        unit=recipe.unit,
        polarity="higher_is_worse",
        domain="Digital exclusion",
        period=recipe.period,
        definition=recipe.description,
        caveat=recipe.caveat,
        decimals=recipe.decimals,
    )


def _store_recipe(con: duckdb.DuckDBPyConnection, *, recipe: Recipe, scores: Scores, loaded: set[str]) -> None:
    con.execute(
        "INSERT INTO recipe VALUES (?, ?, ?, ?, ?)",
        [recipe.recipe_id, recipe.name, recipe.description, recipe.origin, recipe.is_default],
    )
    order = {component.component_id: number for number, component in enumerate(recipe.components)}
    for number, (component, entry) in enumerate(recipe.inputs):
        place = order[component.component_id]
        effective = float(scores.effective_weights[place])
        con.execute(
            "INSERT INTO recipe_input VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                recipe.recipe_id,
                component.component_id,
                component.name,
                float(scores.component_weights[place]),
                None if np.isnan(effective) else effective,
                entry.indicator_id,
                float(scores.input_weights[number]),
                entry.is_reversed,
                component.scaling,
                entry.indicator_id in loaded,
            ],
        )


def _store_scores(con: duckdb.DuckDBPyConnection, *, recipe: Recipe, scores: Scores, places: Places) -> None:
    row = np.flatnonzero(~np.isnan(scores.score))
    table = pa.table(
        {
            "lsoa21_code": words_at(places.lsoa, row),
            "recipe_id": pa.array([recipe.recipe_id] * len(row)),
            "score": scores.score[row],
            "completeness": scores.completeness[row],
        }
    )
    insert_rows(con, "recipe_score", table)
    column, row = np.nonzero(~np.isnan(scores.contributions).T)
    components = np.array([component.component_id for component, _ in recipe.inputs])
    inputs = np.array([entry.indicator_id for _, entry in recipe.inputs])
    is_known = ~np.isnan(scores.contributions).all(axis=0)
    medians = np.full(len(inputs), np.nan)
    medians[is_known] = np.nanmedian(scores.contributions[:, is_known], axis=0)
    contributions = pa.table(
        {
            "lsoa21_code": words_at(places.lsoa, row),
            "recipe_id": pa.array([recipe.recipe_id] * len(row)),
            "component_id": words_at(components, column),
            "indicator_id": words_at(inputs, column),
            "contribution": scores.contributions[row, column],
            "england_median": medians[column],
        }
    )
    insert_rows(con, "recipe_contribution", contributions)


def flag_left_behind(con: duckdb.DuckDBPyConnection, *, places: Places, figures: Figures) -> None:
    """Answer the default question: worst 20% on need and worst 20% on the default recipe, in England."""
    default = next(recipe.recipe_id for recipe in read_recipes() if recipe.is_default)
    if NEED not in figures.ids or default not in figures.ids:
        return
    ranks = [figures.ranks[:, figures.column(indicator_id)] for indicator_id in (NEED, default)]
    answer = find_left_behind(pillars=[Pillar(rank, threshold_percent=THRESHOLD_PERCENT) for rank in ranks])
    figures.add(LEFT_BEHIND, _as_value(answer), source_id=OWN_SOURCE, origin="modelled")
    row = np.flatnonzero(~np.isnan(answer.priority))
    table = pa.table(
        {
            "lsoa21_code": words_at(places.lsoa, row),
            "need_percentile": answer.percentiles[row, 0],
            "exclusion_percentile": answer.percentiles[row, 1],
            "is_left_behind": answer.is_left_behind[row],
            "priority": answer.priority[row],
        }
    )
    insert_rows(con, "left_behind", table)


def _as_value(answer: LeftBehind) -> FloatArray:
    return np.where(np.isnan(answer.priority), np.nan, answer.is_left_behind.astype(np.float64))
