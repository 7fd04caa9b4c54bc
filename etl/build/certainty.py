"""How sure the default order of places is: weights, scalings and recipe weights drawn ten thousand times."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from etl.build.figures import Figures
from etl.build.places import Places
from etl.build.rows import insert_rows, words_at
from etl.build.scores import NEED, OWN_SOURCE
from etl.methods.drawn_pillars import DrawnPillar, RecipeInputs
from etl.methods.draws import Draws
from etl.methods.uncertainty import measure_certainty
from etl.progress import SourceProgress
from etl.recipes import read_recipes
from etl.sources.spec import Indicator
from etl.tables.evidence import CERTAINTY_ID

DRAWS = Draws()
CERTAINTY = Indicator(
    indicator_id=CERTAINTY_ID,
    name="How sure: in the worst tenth",
    unit="share of ways of weighing",
    polarity="higher_is_worse",
    domain="Left behind",
    period="2021 to 2025",
    definition=(
        f"Share of {DRAWS.count:,} ways of weighing need and digital exclusion, and what they are made of, that put a "
        "neighbourhood among the tenth of England with the highest priority; for a larger area, the mean over its "
        "people."
    ),
    caveat=(
        "It says how much the choice of weights and scales matters, not whether the figures themselves are right. Not "
        "for targets or league tables."
    ),
    decimals=2,
)


def store_certainty(
    con: duckdb.DuckDBPyConnection, *, places: Places, figures: Figures, progress: SourceProgress
) -> None:
    """Fill `certainty` for the default question, and add the share in the worst tenth to the figures."""
    recipe = next(recipe for recipe in read_recipes() if recipe.is_default)
    if NEED not in figures.ids or recipe.recipe_id not in figures.ids:
        return
    need, exclusion = figures.column(NEED), figures.column(recipe.recipe_id)
    pillars = [
        DrawnPillar(figures.values[:, need], figures.ranks[:, need]),
        DrawnPillar(
            figures.values[:, exclusion],
            figures.ranks[:, exclusion],
            inputs=RecipeInputs(recipe, figures.values, figures.ids),
        ),
    ]
    certainty = measure_certainty(pillars, draws=DRAWS, progress=progress.rows_done)
    row = np.flatnonzero(certainty.rank_low)
    table = pa.table(
        {
            "lsoa21_code": words_at(places.lsoa, row),
            "rank_low": certainty.rank_low[row].astype(np.int32),
            "rank_high": certainty.rank_high[row].astype(np.int32),
            "share_in_worst_tenth": certainty.share_in_worst_tenth[row],
        }
    )
    insert_rows(con, "certainty", table)
    figures.add(CERTAINTY, certainty.share_in_worst_tenth, source_id=OWN_SOURCE, origin="modelled")
