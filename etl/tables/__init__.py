"""The warehouse contract: one declaration per table, collected here in the order they are created."""

from __future__ import annotations

from etl.tables.areas import AREA, AREA_MEMBER, LSOA_PAIR, NEIGHBOURHOOD, POSTCODE, PRACTICE, REGISTERED_PATIENTS
from etl.tables.declaration import Check, Column, Table
from etl.tables.evidence import CERTAINTY, CLUSTER, NEIGHBOUR
from etl.tables.provenance import BUILD, SOURCE, TILE
from etl.tables.scores import LEFT_BEHIND, RECIPE, RECIPE_CONTRIBUTION, RECIPE_INPUT, RECIPE_SCORE
from etl.tables.support import ACCESS, ASSET
from etl.tables.values import AREA_VALUE, INDICATOR, INDICATOR_VALUE, TREND

TABLES: tuple[Table, ...] = (
    BUILD,
    SOURCE,
    INDICATOR,
    NEIGHBOURHOOD,
    AREA,
    AREA_MEMBER,
    LSOA_PAIR,
    INDICATOR_VALUE,
    AREA_VALUE,
    RECIPE,
    RECIPE_INPUT,
    RECIPE_SCORE,
    RECIPE_CONTRIBUTION,
    LEFT_BEHIND,
    CERTAINTY,
    NEIGHBOUR,
    CLUSTER,
    TREND,
    POSTCODE,
    PRACTICE,
    REGISTERED_PATIENTS,
    ASSET,
    ACCESS,
    TILE,
)

__all__ = ["TABLES", "Check", "Column", "Table"]
