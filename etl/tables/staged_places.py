"""Places while a snapshot is built: boundaries, what belongs to what, names and people."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

STAGED_BOUNDARY = Table(
    name="staged_boundary",
    grain="One row per LSOA boundary read, as WKB in longitude and latitude.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("lsoa21_name", "VARCHAR", "ONS name."),
        Column("wkb", "BLOB", "Boundary, EPSG:4326, well-known binary."),
    ),
)

STAGED_CENTROID = Table(
    name="staged_centroid",
    grain="One row per LSOA whose population-weighted centroid is known.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("easting", "DOUBLE", "Easting (EPSG:27700).", unit="m"),
        Column("northing", "DOUBLE", "Northing.", unit="m"),
    ),
)

STAGED_HEALTH_LOOKUP = Table(
    name="staged_health_lookup",
    grain="One row per LSOA: its sub-ICB location, ICB and district.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("sicbl_code", "VARCHAR", "Sub-ICB location, ONS code."),
        Column("sicbl_ods_code", "VARCHAR", "Sub-ICB location, NHS code (02Q, once a CCG code)."),
        Column("sicbl_name", "VARCHAR", "Sub-ICB location."),
        Column("icb_code", "VARCHAR", "ICB, ONS code."),
        Column("icb_name", "VARCHAR", "ICB."),
        Column("lad_code", "VARCHAR", "District, ONS code."),
        Column("lad_name", "VARCHAR", "District."),
    ),
)

STAGED_WARD_LOOKUP = Table(
    name="staged_ward_lookup",
    grain="One row per LSOA: the ward it is best fitted to.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("ward_code", "VARCHAR", "Ward."),
        Column("ward_name", "VARCHAR", "Ward."),
    ),
)

STAGED_PAIR = Table(
    name="staged_pair",
    grain="One row per pair of an LSOA of 2011 and one of 2021 (exact fit).",
    key=("lsoa11_code", "lsoa21_code"),
    columns=(
        Column("lsoa11_code", "VARCHAR", "LSOA 2011."),
        Column("lsoa21_code", "VARCHAR", "LSOA 2021."),
        Column("change", "VARCHAR", "U unchanged, S split, M merged, X irregular.", values=("U", "S", "M", "X")),
    ),
)

STAGED_MSOA_NAME = Table(
    name="staged_msoa_name",
    grain="One row per MSOA.",
    key=("msoa21_code",),
    columns=(
        Column("msoa21_code", "VARCHAR", "MSOA."),
        Column("msoa21_name", "VARCHAR", "ONS name, for example Manchester 024."),
        Column("local_name", "VARCHAR", "House of Commons Library name."),
    ),
)

STAGED_RURAL_URBAN = Table(
    name="staged_rural_urban",
    grain="One row per LSOA.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("ruc21_code", "VARCHAR", "Class."),
        Column("ruc21_name", "VARCHAR", "Class, in words."),
    ),
)

STAGED_POPULATION = Table(
    name="staged_population",
    grain="One row per LSOA 2021: usual residents, Census 2021.",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("population", "INTEGER", "Usual residents."),
    ),
)

STAGED_POPULATION_2011 = Table(
    name="staged_population_2011",
    grain="One row per LSOA 2011: the weights of the crosswalk.",
    key=("lsoa11_code",),
    columns=(
        Column("lsoa11_code", "VARCHAR", "LSOA 2011."),
        Column("population", "INTEGER", "People, mid-2015."),
    ),
)
