"""Figures: what is measured, its value in every neighbourhood and area, and how it moved month by month."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

POLARITIES = ("higher_is_worse", "higher_is_better", "neutral")
ORIGINS = ("published", "crosswalked", "modelled")

INDICATOR = Table(
    name="indicator",
    grain="One row per indicator.",
    key=("indicator_id",),
    columns=(
        Column("indicator_id", "VARCHAR", "Its stable id, with the vintage: imd_2025."),
        Column("name", "VARCHAR", "Short name in plain English."),
        Column("unit", "VARCHAR", "Unit of its values."),
        Column("polarity", "VARCHAR", "Which way is worse.", values=POLARITIES),
        Column("domain", "VARCHAR", "Group it is listed under."),
        Column("source_id", "VARCHAR", "Where it comes from.", references="source.source_id"),
        Column("period", "VARCHAR", "The time it speaks of."),
        Column("definition", "VARCHAR", "What is counted, over what."),
        Column("caveat", "VARCHAR", "What it must not be read as."),
        Column("decimals", "INTEGER", "Decimal places to show.", minimum=0, maximum=6),
        Column("position", "INTEGER", "Order in lists.", minimum=0),
    ),
)

INDICATOR_VALUE = Table(
    name="indicator_value",
    grain="One row per LSOA and indicator that has a value there; a missing value has no row.",
    key=("lsoa21_code", "indicator_id"),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column("indicator_id", "VARCHAR", "Indicator.", references="indicator.indicator_id"),
        Column("value", "DOUBLE", "Value, in the indicator's unit."),
        Column(
            "national_rank",
            "DOUBLE",
            "Rank in England, 1 = worst; ties share their mean rank; empty when neutral.",
            is_optional=True,
            minimum=1,
        ),
        Column("decile", "INTEGER", "ceil(10·rank/N), 1 = worst.", is_optional=True, minimum=1, maximum=10),
        Column("origin", "VARCHAR", "How the value came to this LSOA.", values=ORIGINS),
    ),
)

AREA_VALUE = Table(
    name="area_value",
    grain="One row per area (LSOAs and England included) and indicator.",
    key=("area_code", "indicator_id"),
    columns=(
        Column("area_code", "VARCHAR", "Area.", references="area.area_code"),
        Column("indicator_id", "VARCHAR", "Indicator.", references="indicator.indicator_id"),
        Column("value", "DOUBLE", "Population-weighted mean over its LSOAs that have a value."),
        Column(
            "national_rank",
            "DOUBLE",
            "Rank among areas of its level, 1 = worst; ties share their mean rank.",
            is_optional=True,
            minimum=1,
        ),
        Column(
            "share_in_worst_decile",
            "DOUBLE",
            "Share of its LSOAs in England's worst tenth.",
            unit="share",
            is_optional=True,
            minimum=0,
            maximum=1,
        ),
        Column(
            "share_in_worst_fifth",
            "DOUBLE",
            "Share of its LSOAs in England's worst fifth.",
            unit="share",
            is_optional=True,
            minimum=0,
            maximum=1,
        ),
    ),
)

TREND = Table(
    name="trend",
    grain="One row per area, indicator and month.",
    key=("area_code", "indicator_id", "period"),
    columns=(
        Column("area_code", "VARCHAR", "Area.", references="area.area_code"),
        Column("indicator_id", "VARCHAR", "What is followed.", references="indicator.indicator_id"),
        Column("period", "VARCHAR", "Month, as 2021-08."),
        Column("value", "DOUBLE", "Value, in the indicator's unit."),
    ),
)
