"""Appointments in general practice, by how they took place: the switch to telephone and video, month by month."""

from __future__ import annotations

from etl.sources.reading import Column, Layout, read_with
from etl.sources.spec import NHS_ATTRIBUTION, OGL, FileSpec, Indicator, Source, SourceSpec
from etl.sources.tidying import tidy_with

MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
MODES = "Face-to-Face|Telephone|Video/Online|Video Conference/Online|Home Visit|Unknown"
CAVEAT = (
    "Out of appointments whose mode is known; in some places and months many are unknown. Systems record modes "
    "differently, and a telephone call that was booked as face-to-face counts as face-to-face. Not every practice is "
    "covered. The pandemic began in March 2020."
)

INDICATORS = tuple(
    Indicator(
        indicator_id=f"appointments_{mode}",
        name=name,
        unit="percent of appointments",
        polarity="neutral",
        domain="GP appointments",
        period="month by month",
        definition=f"{what} over all appointments in general practice whose mode is known, in the month.",
        caveat=CAVEAT,
    )
    for mode, name, what in (
        ("face_to_face", "GP appointments face to face", "Appointments held face to face at the practice"),
        ("telephone", "GP appointments by telephone", "Appointments held by telephone"),
        ("video_online", "GP appointments by video or online", "Appointments held by video or online"),
        ("home_visit", "GP home visits", "Visits to the patient's home"),
    )
)

LAYOUT = Layout(
    columns=(
        Column("ods_code", ("CCG_CODE", "SUB_ICB_LOCATION_CODE"), type="code", pattern=r"[A-Z0-9]{3,5}", example="14L"),
        Column(
            "ons_code",
            ("CCG_ONS_CODE", "SUB_ICB_LOCATION_ONS_CODE"),
            type="code",
            pattern=r"E38\d{6}",
            example="E38000217",
        ),
        Column("name", ("CCG_NAME", "SUB_ICB_LOCATION_NAME")),
        Column(
            "month",
            ("Appointment_Month",),
            type="code",
            pattern=rf"(?:\d\d)?((?:{MONTHS})20\d\d)",
            example="MAR2019",
        ),
        Column("mode", ("APPT_MODE",), type="code", pattern=MODES, example="Face-to-Face"),
        Column("appointments", ("COUNT_OF_APPOINTMENTS",), type="integer", minimum=0),
    ),
    members=("*Regional_CSV_*.csv",),
)

SPEC = SourceSpec(
    source_id="gp_appointments",
    title="Appointments in General Practice, by region",
    publisher="NHS England",
    page="https://digital.nhs.uk/data-and-information/publications/statistical/appointments-in-general-practice",
    licence=OGL,
    attribution=NHS_ATTRIBUTION,
    edition="the months in the files given",
    geography="CCG or sub-ICB location, England",
    cadence="every month",
    files=(
        FileSpec(
            patterns=("Regional_CSV_*.csv", "Appointments_GP_Regional_CSV_*.zip"),
            url="https://files.digital.nhs.uk/34/684B0F/Appointments_GP_Regional_CSV_Apr_25.zip",
            is_many=True,
        ),
    ),
    expected_rows=337_953,
    tolerance=1.0,  # editions cover different months and areas
    is_required=False,
    note=(
        "Areas are matched by NHS code. Seven sub-ICB locations kept the code of a CCG whose boundary has changed a "
        "little since; an ICB with a part that is not in the files shows the rest of it."
    ),
    indicators=INDICATORS,
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("gp_appointments"))
