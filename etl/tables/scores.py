"""Scores: composite indices, what they are made of, and who is left behind by them."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

RECIPE = Table(
    name="recipe",
    grain="One row per composite index; its score is the indicator of the same id.",
    key=("recipe_id",),
    columns=(
        Column(
            "recipe_id",
            "VARCHAR",
            "Its id, which is also an indicator_id.",
            references="indicator.indicator_id",
        ),
        Column("name", "VARCHAR", "Name."),
        Column("description", "VARCHAR", "What it is for and how it is put together."),
        Column("origin", "VARCHAR", "Who devised the method."),
        Column(
            "is_default",
            "BOOLEAN",
            "Whether digital exclusion means this one unless a person chooses another.",
        ),
    ),
)

RECIPE_INPUT = Table(
    name="recipe_input",
    grain="One row per recipe, component and indicator in it.",
    key=("recipe_id", "component_id", "indicator_id"),
    columns=(
        Column("recipe_id", "VARCHAR", "Recipe.", references="recipe.recipe_id"),
        Column("component_id", "VARCHAR", "Component."),
        Column("component_name", "VARCHAR", "Component, in words."),
        Column(
            "component_weight",
            "DOUBLE",
            "Nominal weight of the component; a recipe's add up to 1.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
        Column(
            "component_effective_weight",
            "DOUBLE",
            "Squared correlation of the component with the score, a recipe's add up to 1.",
            unit="share",
            is_optional=True,
            minimum=0,
            maximum=1,
        ),
        Column("indicator_id", "VARCHAR", "Input; not always loaded."),
        Column(
            "indicator_weight",
            "DOUBLE",
            "Nominal weight within the component.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
        Column("is_reversed", "BOOLEAN", "Whether high values count as low risk."),
        Column("scaling", "VARCHAR", "How values are put on one scale."),
        Column("is_loaded", "BOOLEAN", "Whether this snapshot holds the input."),
    ),
)

RECIPE_SCORE = Table(
    name="recipe_score",
    grain="One row per LSOA and recipe.",
    key=("lsoa21_code", "recipe_id"),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("recipe_id", "VARCHAR", "Recipe.", references="recipe.recipe_id"),
        Column("score", "DOUBLE", "Score; higher is worse."),
        Column(
            "completeness",
            "DOUBLE",
            "Share of the recipe's weight whose inputs are present.",
            unit="share",
            minimum=0,
            maximum=1,
        ),
    ),
)

RECIPE_CONTRIBUTION = Table(
    name="recipe_contribution",
    grain="One row per LSOA, recipe, component and indicator present; a recipe's add up to its score.",
    key=("lsoa21_code", "recipe_id", "component_id", "indicator_id"),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("recipe_id", "VARCHAR", "Recipe.", references="recipe.recipe_id"),
        Column("component_id", "VARCHAR", "Component."),
        Column("indicator_id", "VARCHAR", "Indicator.", references="indicator.indicator_id"),
        Column("contribution", "DOUBLE", "Points of the score that come from this input.", unit="score points"),
        Column("england_median", "DOUBLE", "Median of that contribution over England.", unit="score points"),
    ),
)

LEFT_BEHIND = Table(
    name="left_behind",
    grain="One row per LSOA: the default question, before a person changes thresholds.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("need_percentile", "DOUBLE", "National percentile of need, 100 = worst.", minimum=0, maximum=100),
        Column(
            "exclusion_percentile",
            "DOUBLE",
            "National percentile of digital exclusion, 100 = worst.",
            minimum=0,
            maximum=100,
        ),
        Column("is_left_behind", "BOOLEAN", "In the worst 20% on need and the worst 20% on digital exclusion."),
        Column("priority", "DOUBLE", "Mean of the pillars; for order only.", minimum=0, maximum=100),
    ),
)
