"""Tables of a Word brief: a header that is said again on every page, columns as wide as what they hold."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt
from docx.table import Table, _Cell, _Row

from dashboard.briefs.letters import printable
from dashboard.briefs.word.parts import NOTE_PT, describe_last, turn

PLAIN_TABLE = "Table Grid"
CELL_PT = 9


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A picture in a cell, with the words that stand for it."""

    png: bytes
    alt: str
    width_cm: float = 3.0


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell: bold words, and a note under them."""

    words: str
    note: str = ""
    is_bold: bool = False
    is_number: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its head, and its share of the width."""

    head: str
    width: float
    is_number: bool = False


def number_cell(words: str) -> Cell:
    """Return a cell whose words stand to the right."""
    return Cell(words=words, is_number=True)


def number_column(head: str, width: float) -> Column:
    """Return a column of numbers, whose head stands to the right as they do."""
    return Column(head, width, is_number=True)


def add_table(document: Document, *, columns: Sequence[Column], rows: Sequence[Sequence[Cell | Bar]]) -> Table:
    """Add a table whose first row is its header and is said again on every page."""
    table: Table = document.add_table(rows=1, cols=len(columns))
    table.style = PLAIN_TABLE
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        _write(cell, Cell(words=column.head, is_bold=True, is_number=column.is_number))
    _mark(table.rows[0], "tblHeader")
    for row in rows:
        added: _Row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, content in zip(added.cells, row, strict=True):
            _write(cell, content)
    page = document.sections[0]
    room = Emu((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))
    _set_widths(table, columns, room_cm=room.cm)
    return table


def _set_widths(table: Table, columns: Sequence[Column], *, room_cm: float) -> None:
    """Set widths on columns and cells: Word goes by the one, others by the other."""
    unit = room_cm / sum(column.width for column in columns)
    for drawn, column in zip(table.columns, columns, strict=True):
        drawn.width = Cm(column.width * unit)
    for row in table.rows:
        # A row that breaks between two pages cannot be read across.
        _mark(row, "cantSplit")
        for cell, column in zip(row.cells, columns, strict=True):
            cell.width = Cm(column.width * unit)


def _write(cell: _Cell, content: Cell | Bar) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if isinstance(content, Bar):
        paragraph.add_run().add_picture(io.BytesIO(content.png), width=Cm(content.width_cm))
        describe_last(paragraph, content.alt)
        return
    run = paragraph.add_run(printable(content.words))
    run.bold, run.font.size = content.is_bold, Pt(CELL_PT)
    if content.note:
        run.add_break()
        paragraph.add_run(printable(content.note)).font.size = Pt(NOTE_PT)
    if content.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        turn(paragraph, content.words)


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no way to mark a row
