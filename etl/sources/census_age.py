"""Census 2021: residents, and how many are 65 to 74 and 75 or older.

Two layouts of the same counts are read: an export of table RM121 from Nomis (lines before the headings, `code : name`
in one cell, footnotes) and the bulk table TS007A.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import SourceError
from etl.progress import SourceProgress
from etl.sources.reading import LSOA21, Column, Layout, land
from etl.sources.spec import OGL, ONS_ATTRIBUTION, FileSpec, Indicator, Source, SourceSpec
from etl.sources.tidying import tidy_with
from etl.statements import run_statement

WORSE = (
    "“Worse” means only a higher risk of being shut out by digital services; many older people are online every day."
)

INDICATORS = tuple(
    Indicator(
        indicator_id=indicator_id,
        name=name,
        unit="percent of residents",
        polarity="higher_is_worse",
        domain="People",
        period="Census day, 21 March 2021",
        definition=f"Usual residents aged {ages}, over all usual residents.",
        caveat=f"The Census was taken during the pandemic and places have changed since. {WORSE}",
    )
    for indicator_id, name, ages in (
        ("share_65_74_2021", "Residents aged 65 to 74", "65 to 74"),
        ("share_75_plus_2021", "Residents aged 75 and over", "75 and over"),
        ("share_65_plus_2021", "Residents aged 65 and over", "65 and over"),
    )
)


def _count(name: str, *headings: str, is_optional: bool = False, minimum: int = 0) -> Column:
    return Column(name, headings, type="integer", minimum=minimum, is_optional=is_optional)


LAYOUT = Layout(
    columns=(
        Column(
            "lsoa21_code",
            ("2021 super output area - lower layer", "geography code"),
            type="code",
            pattern=rf"({LSOA21})(?: : .*)?",
            example="E01005347",
        ),
        _count("residents", "Total", "Age: Total", minimum=1),
        _count("aged_65", "Aged 65 years", is_optional=True),
        _count("aged_66_to_69", "Aged 66 to 69 years", is_optional=True),
        _count("aged_65_to_69", "Age: Aged 65 to 69 years", is_optional=True),
        _count("aged_70_to_74", "Aged 70 to 74 years", "Age: Aged 70 to 74 years"),
        _count("aged_75_to_79", "Aged 75 to 79 years", "Age: Aged 75 to 79 years"),
        _count("aged_80_to_84", "Aged 80 to 84 years", "Age: Aged 80 to 84 years"),
        _count("aged_85_plus", "Aged 85 years and over", "Age: Aged 85 years and over"),
    ),
    key=("lsoa21_code",),
    has_footnotes=True,
    england="lsoa21_code",
    members=("*census2021-ts007a-lsoa.csv",),
)

SPEC = SourceSpec(
    source_id="census_age",
    title="Census 2021: age (RM121 or TS007A)",
    publisher="Office for National Statistics (Nomis)",
    page="https://www.nomisweb.co.uk/datasets/c2021ts007a",
    licence=OGL,
    attribution=ONS_ATTRIBUTION,
    edition="Census 2021",
    geography="LSOA 2021, England and Wales",
    cadence="every ten years",
    files=(
        FileSpec(
            patterns=("RM121*.csv", "census2021-ts007a.zip", "census2021-ts007a-lsoa.csv"),
            url="https://www.nomisweb.co.uk/output/census/2021/census2021-ts007a.zip",
        ),
    ),
    expected_rows=33_755,
    indicators=INDICATORS,
)


def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
    """Land England's residents by age in `read_census_age`.

    Raises
    ------
    SourceError
        If the file is not as its layout says, or has no count of residents aged 65 to 69 in either form.
    """
    rows = land(con, spec, LAYOUT, paths, progress)
    (without,) = run_statement(con, "sources/census_age_without_65_to_69").fetchone() or (0,)
    if without:
        raise SourceError(
            "Residents aged 65 to 69 are not counted: neither “Aged 65 to 69 years” nor both “Aged 65 years” and "
            "“Aged 66 to 69 years” are there",
            source_id=spec.source_id,
            file=paths[0],
            column="Aged 65 to 69 years",
            todo=f"Export the table again with all ages from {spec.page}.",
        )
    return rows


SOURCE = Source(spec=SPEC, read=read, tidy=tidy_with("census_age_population", "census_age_shares"))
