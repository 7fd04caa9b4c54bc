"""Places: neighbourhoods, the areas made of them, and the points that are placed in them."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

AREA_TYPES = ("england", "icb", "sicbl", "lad", "ward", "msoa", "lsoa", "custom")

NEIGHBOURHOOD = Table(
    name="neighbourhood",
    grain="One row per LSOA of England (Census 2021).",
    key=("lsoa21_code",),
    columns=(
        Column("lsoa21_code", "VARCHAR", "ONS code of the LSOA (Census 2021)."),
        Column("lsoa21_name", "VARCHAR", "ONS name, for example Manchester 024B."),
        Column("local_name", "VARCHAR", "The name people know its MSOA by (House of Commons Library)."),
        Column("msoa21_code", "VARCHAR", "MSOA (Census 2021) that holds it.", references="area.area_code"),
        Column("ward_code", "VARCHAR", "Electoral ward it is best fitted to.", references="area.area_code"),
        Column("lad_code", "VARCHAR", "Local authority district.", references="area.area_code"),
        Column("sicbl_code", "VARCHAR", "Sub-ICB location.", references="area.area_code"),
        Column("icb_code", "VARCHAR", "Integrated care board.", references="area.area_code"),
        Column("ruc21_code", "VARCHAR", "Rural-urban class 2021; empty when not loaded.", is_optional=True),
        Column("ruc21_name", "VARCHAR", "Rural-urban class 2021, in words.", is_optional=True),
        Column("population", "INTEGER", "Usual residents, Census 2021.", unit="people", minimum=1),
        Column(
            "lon",
            "DOUBLE",
            "Longitude of the point that stands for its people: its population-weighted centroid (ONS) where one is "
            "loaded and lies inside it, else a point on its surface.",
            unit="degrees",
            minimum=-7,
            maximum=2,
        ),
        Column("lat", "DOUBLE", "Latitude of that point.", unit="degrees", minimum=49, maximum=56),
        Column("easting", "DOUBLE", "Easting of that point (EPSG:27700).", unit="m", minimum=0, maximum=700_000),
        Column("northing", "DOUBLE", "Northing of that point.", unit="m", minimum=0, maximum=700_000),
        Column("feature_id", "INTEGER", "Its number in the vector tiles and value files.", minimum=0),
        Column(
            "geometry",
            "GEOMETRY",
            "Boundary, EPSG:27700; empty outside the area that was loaded.",
            unit="m",
            is_optional=True,
        ),
    ),
)

AREA = Table(
    name="area",
    grain="One row per area of any level, England included.",
    key=("area_code",),
    columns=(
        Column("area_code", "VARCHAR", "ONS code, or our own for custom areas."),
        Column("area_type", "VARCHAR", "Level.", values=AREA_TYPES),
        Column("name", "VARCHAR", "Name in people's words, for example Moss Side West, Manchester 024B."),
        Column("official_name", "VARCHAR", "Name as published."),
        Column("population", "INTEGER", "Usual residents, Census 2021.", unit="people", minimum=1),
        Column("neighbourhoods", "INTEGER", "How many LSOAs it is made of.", unit="LSOAs", minimum=1),
        Column(
            "lad_code",
            "VARCHAR",
            "District that holds most of its people; empty above districts.",
            is_optional=True,
        ),
        Column(
            "sicbl_code",
            "VARCHAR",
            "Sub-ICB location that holds most of its people; empty above.",
            is_optional=True,
        ),
        Column("icb_code", "VARCHAR", "ICB that holds most of its people; empty for England.", is_optional=True),
        Column(
            "feature_id",
            "INTEGER",
            "Its number among areas of its level, in order of code, from 0.",
            minimum=0,
        ),
        Column("lon", "DOUBLE", "Longitude of a point on its surface.", unit="degrees", is_optional=True),
        Column("lat", "DOUBLE", "Latitude of that point.", unit="degrees", is_optional=True),
        Column("west", "DOUBLE", "Bounding box, EPSG:4326.", unit="degrees", is_optional=True),
        Column("south", "DOUBLE", "Bounding box, EPSG:4326.", unit="degrees", is_optional=True),
        Column("east", "DOUBLE", "Bounding box, EPSG:4326.", unit="degrees", is_optional=True),
        Column("north", "DOUBLE", "Bounding box, EPSG:4326.", unit="degrees", is_optional=True),
        Column(
            "geometry",
            "GEOMETRY",
            "Boundary dissolved from its LSOAs, EPSG:27700; empty outside the area that was loaded.",
            unit="m",
            is_optional=True,
        ),
    ),
)

AREA_MEMBER = Table(
    name="area_member",
    grain="One row per area and LSOA in it (England and LSOAs themselves included).",
    key=("area_code", "lsoa21_code"),
    columns=(
        Column("area_code", "VARCHAR", "The larger area.", references="area.area_code"),
        Column("lsoa21_code", "VARCHAR", "An LSOA in it.", references="neighbourhood.lsoa21_code"),
    ),
)

POSTCODE = Table(
    name="postcode",
    grain="One row per postcode of England (OS Code-Point Open).",
    key=("postcode",),
    columns=(
        Column("postcode", "VARCHAR", "Capitals with one space, for example M14 4PX."),
        Column("easting", "INTEGER", "Easting (EPSG:27700).", unit="m"),
        Column("northing", "INTEGER", "Northing (EPSG:27700).", unit="m"),
        Column(
            "lsoa21_code",
            "VARCHAR",
            "LSOA that the point lies in; empty just off the clipped coast.",
            is_optional=True,
            references="neighbourhood.lsoa21_code",
        ),
    ),
)

PRACTICE = Table(
    name="practice",
    grain="One row per open GP practice (NHS epraccur), placed by postcode.",
    key=("practice_code",),
    columns=(
        Column("practice_code", "VARCHAR", "NHS organisation code."),
        Column("name", "VARCHAR", "Name as published."),
        Column("postcode", "VARCHAR", "Postcode.", is_optional=True),
        Column("easting", "INTEGER", "Easting of its postcode (EPSG:27700).", unit="m", is_optional=True),
        Column("northing", "INTEGER", "Northing of its postcode.", unit="m", is_optional=True),
        Column(
            "lsoa21_code",
            "VARCHAR",
            "LSOA its postcode lies in.",
            is_optional=True,
            references="neighbourhood.lsoa21_code",
        ),
        Column(
            "registered_patients",
            "INTEGER",
            "Patients registered.",
            unit="people",
            is_optional=True,
            minimum=0,
        ),
    ),
)

REGISTERED_PATIENTS = Table(
    name="registered_patients",
    grain="One row per open GP practice and LSOA in which patients of it live; empty when not loaded.",
    key=("practice_code", "lsoa21_code"),
    columns=(
        Column("practice_code", "VARCHAR", "GP practice.", references="practice.practice_code"),
        Column("lsoa21_code", "VARCHAR", "LSOA.", references="neighbourhood.lsoa21_code"),
        Column(
            "patients",
            "DOUBLE",
            "Patients registered; shared out where an LSOA of 2011 became several.",
            unit="people",
            minimum=0,
        ),
    ),
)

LSOA_PAIR = Table(
    name="lsoa_pair",
    grain="One row per pair of an LSOA of 2011 and the LSOA of 2021 that it became, all or in part (ONS exact fit).",
    key=("lsoa11_code", "lsoa21_code"),
    columns=(
        Column("lsoa11_code", "VARCHAR", "LSOA of 2011."),
        Column("lsoa21_code", "VARCHAR", "LSOA of 2021.", references="neighbourhood.lsoa21_code"),
        Column("change", "VARCHAR", "U unchanged, S split, M merged, X irregular.", values=("U", "S", "M", "X")),
        Column(
            "lsoa11_population",
            "INTEGER",
            "People of the LSOA of 2011, mid-2015: the weight of its rates.",
            unit="people",
            is_optional=True,
            minimum=0,
        ),
    ),
)
