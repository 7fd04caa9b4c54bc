"""Points while a snapshot is built: postcodes, practices and their patients, community assets."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

STAGED_POSTCODE = Table(
    name="staged_postcode",
    grain="One row per postcode of England.",
    key=("postcode",),
    columns=(
        Column("postcode", "VARCHAR", "Capitals with one space."),
        Column("easting", "INTEGER", "Easting (EPSG:27700)."),
        Column("northing", "INTEGER", "Northing."),
    ),
)

STAGED_PRACTICE = Table(
    name="staged_practice",
    grain="One row per open GP practice of England.",
    key=("practice_code",),
    columns=(
        Column("practice_code", "VARCHAR", "NHS organisation code."),
        Column("name", "VARCHAR", "Name."),
        Column("postcode", "VARCHAR", "Capitals with one space.", is_optional=True),
        Column("registered_patients", "INTEGER", "Patients registered.", is_optional=True),
    ),
)

STAGED_REGISTERED = Table(
    name="staged_registered",
    grain="One row per GP practice and LSOA, of 2011 or of 2021, with patients of it.",
    key=("practice_code", "lsoa_code"),
    columns=(
        Column("practice_code", "VARCHAR", "NHS organisation code."),
        Column("lsoa_code", "VARCHAR", "LSOA as published."),
        Column("patients", "INTEGER", "Patients registered."),
    ),
)

STAGED_ASSET = Table(
    name="staged_asset",
    grain="One row per published community asset.",
    key=("asset_id",),
    columns=(
        Column("asset_id", "VARCHAR", "Id."),
        Column("name", "VARCHAR", "Name."),
        Column("kind", "VARCHAR", "Kind."),
        Column("offers", "VARCHAR", "What it offers, ids with a semicolon between them.", is_optional=True),
        Column("state", "VARCHAR", "Whether it can take people now.", is_optional=True),
        Column("lon", "DOUBLE", "Longitude.", is_optional=True),
        Column("lat", "DOUBLE", "Latitude.", is_optional=True),
        Column("lsoa21_code", "VARCHAR", "LSOA that it says it is in, for one without a point.", is_optional=True),
    ),
)
