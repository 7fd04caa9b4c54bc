"""Digital Exclusion Risk Index v1.6, scaled nationally, on LSOAs of 2011."""

from __future__ import annotations

from etl.sources.reading import LSOA11, Column, Layout, read_with
from etl.sources.spec import OGL, FileSpec, Indicator, Source, SourceSpec
from etl.sources.tidying import tidy_with

CAVEAT = (
    "A risk, not a count of people who are offline. It was made from data of about 2011 to 2022 on the neighbourhoods "
    "of 2011 and is carried to those of 2021 with population weights where they changed. Its three components weigh "
    "one third each, yet deprivation decides most of the order."
)
MEASURES = (
    (
        "deri_score_v1_6",
        "deri_score_national",
        "Digital Exclusion Risk Index v1.6",
        (
            "Mean of three components (broadband, demography, deprivation), each scaled from 0, the lowest risk in "
            "England, to 10, the highest."
        ),
    ),
    (
        "deri_broadband_v1_6",
        "broadband_comp_national",
        "DERI: broadband",
        "Homes that cannot get 30 Mbit/s, connections under 10 Mbit/s and average speed, scaled from 0 to 10.",
    ),
    (
        "deri_demography_v1_6",
        "demography_comp_national",
        "DERI: people",
        (
            "Residents over 65 and over 75, with activities limited by health, and of social grade D or E, scaled "
            "from 0 to 10."
        ),
    ),
    (
        "deri_deprivation_v1_6",
        "deprivation_comp_national",
        "DERI: deprivation",
        (
            "Adults without qualifications, Pension Credit, unemployment and the Index of Multiple Deprivation 2019, "
            "scaled from 0 to 10."
        ),
    ),
    (
        "deri_health_access_v1_6",
        "health_access_comp_national",
        "DERI: access to health services",
        "How hard health services are to reach, scaled from 0 to 10 (added by the British Red Cross).",
    ),
    (
        "depahri_score_v1_6",
        "depahri_score_national",
        "DEPAHRI: digital exclusion and access to health",
        "Mean of the three DERI components and access to health services, from 0 to 10 (British Red Cross).",
    ),
)

LAYOUT = Layout(
    columns=(
        Column("lsoa11_code", ("lsoa11_code", "LSOA11CD", "LSOA code"), pattern=LSOA11, example="E01005347"),
        *(
            Column(indicator_id, (heading,), type="number", minimum=0, maximum=10)
            for indicator_id, heading, _, _ in MEASURES
        ),
    ),
    key=("lsoa11_code",),
)

SPEC = SourceSpec(
    source_id="deri_v1_6",
    title="Digital Exclusion Risk Index v1.6",
    publisher="Greater Manchester Office of Data Analytics; British Red Cross (access to health)",
    page="https://github.com/GreaterManchesterODA/Digital-Exclusion-Risk-Index",
    licence=OGL,
    attribution="Source: Greater Manchester Office of Data Analytics, Digital Exclusion Risk Index v1.6",
    edition="v1.6",
    geography="LSOA 2011, England",
    cadence="occasional",
    files=(FileSpec(patterns=("DERI_v1.6_LSOA11_EN.csv", "DERI_v1.6*.csv")),),
    expected_rows=32_844,
    is_required=False,
    note="There is no one address to fetch it from: give the file in a mirror folder.",
    indicators=tuple(
        Indicator(
            indicator_id=indicator_id,
            name=name,
            unit="score, 0 to 10",
            polarity="higher_is_worse",
            domain="Digital exclusion",
            period="DERI v1.6, 2022",
            definition=definition,
            caveat=CAVEAT,
        )
        for indicator_id, _, name, definition in MEASURES
    ),
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("deri_v1_6"))
