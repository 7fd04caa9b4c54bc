"""Figures while a snapshot is built, of neighbourhoods of either census and of health areas."""

from __future__ import annotations

from etl.tables.declaration import Column, Table

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
