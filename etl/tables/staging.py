"""Tables that live only while a snapshot is built: what every source's `tidy` fills, whatever its file looked like."""

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

STAGED_VALUE = Table(
    name="staged_value",
    grain="One row per LSOA 2021 and indicator that has a value.",
    key=("lsoa21_code", "indicator_id"),
    columns=(
        Column("lsoa21_code", "VARCHAR", "LSOA."),
        Column("indicator_id", "VARCHAR", "Indicator."),
        Column("value", "DOUBLE", "Value."),
        Column("national_rank", "DOUBLE", "Rank as published, when there is one.", is_optional=True),
        Column("decile", "INTEGER", "Decile as published, when there is one.", is_optional=True),
        Column("origin", "VARCHAR", "How the value came about.", values=("published", "modelled")),
    ),
)

STAGED_VALUE_2011 = Table(
    name="staged_value_2011",
    grain="One row per LSOA 2011 and indicator: rates and scores that the crosswalk carries to 2021.",
    key=("lsoa11_code", "indicator_id"),
    columns=(
        Column("lsoa11_code", "VARCHAR", "LSOA 2011."),
        Column("indicator_id", "VARCHAR", "Indicator."),
        Column("value", "DOUBLE", "Value (a rate, a score or a rank, never a count)."),
    ),
)

STAGED_APPOINTMENTS = Table(
    name="staged_appointments",
    grain="One row per CCG or sub-ICB location (NHS code), month and mode.",
    key=("ods_code", "period", "mode"),
    columns=(
        Column("ods_code", "VARCHAR", "NHS code of the CCG of the time."),
        Column("ons_code", "VARCHAR", "ONS code of the CCG of the time (E38…)."),
        Column("name", "VARCHAR", "Its name."),
        Column("period", "VARCHAR", "Month, as 2021-08."),
        Column(
            "mode",
            "VARCHAR",
            "Face-to-face, telephone, video or online, home visit or unknown.",
            values=("face_to_face", "telephone", "video_online", "home_visit", "unknown"),
        ),
        Column("appointments", "BIGINT", "Appointments.", unit="appointments"),
    ),
)

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

STAGING: tuple[Table, ...] = (
    STAGED_BOUNDARY,
    STAGED_HEALTH_LOOKUP,
    STAGED_WARD_LOOKUP,
    STAGED_PAIR,
    STAGED_MSOA_NAME,
    STAGED_RURAL_URBAN,
    STAGED_POPULATION,
    STAGED_POPULATION_2011,
    STAGED_VALUE,
    STAGED_VALUE_2011,
    STAGED_APPOINTMENTS,
    STAGED_POSTCODE,
    STAGED_PRACTICE,
    STAGED_REGISTERED,
    STAGED_ASSET,
)
