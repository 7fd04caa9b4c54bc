"""A small table in a publisher's style, and ways to write it: the cases of the reading tests."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb

from etl.progress import SilentSource
from etl.sources.reading import LSOA21, Column, Layout, land
from etl.sources.spec import SourceSpec

SPEC = SourceSpec(
    source_id="tried",
    title="A table to try",
    publisher="Nobody",
    page="https://publisher.example/tried",
    licence="none",
    attribution="none",
    edition="2025",
    geography="LSOA 2021",
    cadence="never",
    files=(),
    expected_rows=3,
)
LAYOUT = Layout(
    columns=(
        Column("lsoa21_code", ("LSOA code (2021)",), type="code", pattern=LSOA21, example="E01000001"),
        Column("score", ("Income Score (rate)",), type="number", minimum=0, maximum=1),
        Column("rank", ("Income Rank (where 1 is most deprived)",), type="rank"),
        Column("decile", ("Income Decile (where 1 is most deprived 10% of LSOAs)",), type="decile"),
        Column("people", ("Total population: mid 2022",), type="integer", is_optional=True, minimum=0),
    ),
    key=("lsoa21_code",),
)
HEADER = [
    "LSOA code (2021)",
    "Income Score (rate)",
    "Income Rank (where 1 is most deprived)",
    "Income Decile (where 1 is most deprived 10% of LSOAs)",
    "Total population: mid 2022",
]
ROWS = [
    ["E01000001", "0.013", "3", "10", "1,296"],
    ["E01000002", "0.018", "2", "5", "1156"],
    ["E01000003", "0.5", "1", "1", "1350"],
]
TYPED = [("E01000001", 0.013, 3, 10, 1296), ("E01000002", 0.018, 2, 5, 1156), ("E01000003", 0.5, 1, 1, 1350)]


def spell(rows: Sequence[Sequence[str]], *, newline: str = "\n") -> str:
    """Return rows as CSV text, cells with a comma or a quotation mark in quotes."""
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\n') else cell for cell in row]
        for row in rows
    ]
    return "".join(",".join(row) + newline for row in quoted)


def read_rows(
    paths: Path | Sequence[Path], *, layout: Layout = LAYOUT, expected_rows: int = 3, tolerance: float = 0.0
) -> list[tuple[object, ...]]:
    """Return the typed rows that landing a file gives."""
    spec = replace(SPEC, expected_rows=expected_rows, tolerance=tolerance)
    with duckdb.connect() as con:
        land(con, spec, layout, [paths] if isinstance(paths, Path) else paths, SilentSource())
        return con.table("read_tried").fetchall()


def write_workbook(path: Path, sheets: dict[str, list[list[str | float]]]) -> Path:
    """Write a workbook (.xlsx) of the given sheets, text in place and numbers as numbers."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, start=1))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{types}.worksheet+xml"/>'
            for i in range(1, len(names) + 1)
        )
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(names) + 1)
        )
        + "</Relationships>",
    }
    for number, rows in enumerate(sheets.values(), start=1):
        lines = "".join(
            f'<row r="{r}">' + "".join(_cell(f"{_letters(c)}{r}", value) for c, value in enumerate(row)) + "</row>"
            for r, row in enumerate(rows, start=1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


def _letters(column: int) -> str:
    return ("" if column < 26 else chr(64 + column // 26)) + chr(65 + column % 26)


def _cell(place: str, value: str | float) -> str:
    if value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'
