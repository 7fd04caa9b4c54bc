"""What is there to build on: published community assets, and how well each neighbourhood is served by them."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

# Groups of assets: all of them, those that offer something (its id), or those of a kind (its id after the prefix).
ANY_ASSET = "any"
DIGITAL_HELP = "digital_help"
KIND_PREFIX = "kind_"
# A paused or full asset helps nobody new: it counts as no supply.
CLOSED_STATES = ("paused", "full")

ASSET = Table(
    name="asset",
    grain="One row per published community asset; public fields only.",
    key=("asset_id",),
    columns=(
        Column("asset_id", "VARCHAR", "Its id in the register."),
        Column("name", "VARCHAR", "Name."),
        Column("kind", "VARCHAR", "Kind, from the taxonomy."),
        Column("offers", "VARCHAR", "What it offers, ids with a semicolon between them.", is_optional=True),
        Column(
            "state",
            "VARCHAR",
            "Whether it can take people now.",
            is_optional=True,
            values=("open", "waiting_list", "full", "paused"),
        ),
        Column("lon", "DOUBLE", "Longitude, rough where asked for.", unit="degrees", is_optional=True),
        Column("lat", "DOUBLE", "Latitude.", unit="degrees", is_optional=True),
        Column(
            "lsoa21_code",
            "VARCHAR",
            "LSOA it is in.",
            is_optional=True,
            references="neighbourhood.lsoa21_code",
        ),
    ),
)

ACCESS = Table(
    name="access",
    grain="One row per LSOA and group of assets.",
    key=("lsoa21_code", "asset_group"),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column(
            "asset_group",
            "VARCHAR",
            "any, the id of something offered (digital_help), or kind_ and the id of a kind (kind_library).",
        ),
        Column("nearest_m", "DOUBLE", "Walking distance to the nearest.", unit="m", is_optional=True, minimum=0),
        Column("count_within_800m", "INTEGER", "How many within 800 m.", unit="assets", minimum=0),
        Column("count_within_1600m", "INTEGER", "How many within 1,600 m.", unit="assets", minimum=0),
        Column(
            "e2sfca",
            "DOUBLE",
            "Enhanced two-step floating catchment access.",
            unit="supply per person",
            minimum=0,
        ),
    ),
)
