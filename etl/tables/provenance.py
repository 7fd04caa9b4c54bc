"""Where everything came from, when it was built, and the tiles it is drawn with."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

BUILD = Table(
    name="build",
    grain="One row: this snapshot.",
    key=("build_id",),
    columns=(
        Column("build_id", "VARCHAR", "Its id; addresses of tiles and values carry it."),
        Column("built_at", "TIMESTAMP", "When it was built, UTC."),
        Column("version", "VARCHAR", "Version of Common Ground that built it."),
        Column("area", "VARCHAR", "What geometry it holds: england, an area's code, or a list's name."),
        Column("area_name", "VARCHAR", "The same in words."),
        Column("is_demo", "BOOLEAN", "Whether its places are made up."),
        Column("lookup_vintage", "INTEGER", "Year of the ward, district and ICB look-ups."),
    ),
)

SOURCE = Table(
    name="source",
    grain="One row per published source, those left out included.",
    key=("source_id",),
    columns=(
        Column("source_id", "VARCHAR", "Its id."),
        Column("title", "VARCHAR", "Title as published."),
        Column("publisher", "VARCHAR", "Publisher."),
        Column("edition", "VARCHAR", "Edition or vintage."),
        Column("licence", "VARCHAR", "Licence."),
        Column("attribution", "VARCHAR", "Line that must be shown with it."),
        Column("url", "VARCHAR", "Page that describes it."),
        Column(
            "sha256",
            "VARCHAR",
            "SHA-256 of the file read (of the list of hashes when there are several).",
            is_optional=True,
        ),
        Column("retrieved_at", "TIMESTAMP", "When the file was fetched, UTC.", is_optional=True),
        Column("rows", "BIGINT", "Rows read; empty when it was left out.", is_optional=True, minimum=0),
        Column("status", "VARCHAR", "Whether it is in this snapshot.", values=("loaded", "left_out")),
        Column("note", "VARCHAR", "Why it was left out, or what to know about it."),
    ),
)

TILE = Table(
    name="tile",
    grain="One row per layer and vector tile; tiles with nothing in them have no row.",
    key=("layer", "z", "x", "y"),
    columns=(
        Column("layer", "VARCHAR", "Level drawn.", values=("icb", "sicbl", "lad", "ward", "msoa", "lsoa")),
        Column("z", "INTEGER", "Zoom, where the world is one 512-pixel tile at 0.", minimum=0, maximum=14),
        Column("x", "INTEGER", "Column.", minimum=0),
        Column("y", "INTEGER", "Row.", minimum=0),
        Column("mvt", "BLOB", "Mapbox Vector Tile, gzip; feature ids are the areas' feature_id."),
    ),
)
