"""The parts that a Word file is put together from: paragraphs, lists, tables with headers, pictures with words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from dashboard.briefs.letters import is_right_to_left, printable

NOTE_PT = 8
PLAIN_TABLE = "Table Grid"
EDGE = "4C6272"


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


def number_cell(words: str) -> Cell:
    """Return a cell whose words stand to the right."""
    return Cell(words=words, is_number=True)


def add_heading(document: Document, words: str, *, level: int) -> None:
    """Add a heading, from right to left when its words run so."""
    _turn(document.add_heading(printable(words), level=level), words)


def add_words(document: Document, words: str, *, style: str | None = None) -> Paragraph:
    """Add a paragraph, from right to left when its words run so."""
    paragraph = document.add_paragraph(printable(words), style=style)
    _turn(paragraph, words)
    return paragraph


def add_note(document: Document, words: str) -> None:
    """Add a paragraph in small letters."""
    paragraph = add_words(document, words)
    for run in paragraph.runs:
        run.font.size = Pt(NOTE_PT)


def add_bullets(document: Document, lines: Iterable[str]) -> None:
    """Add a list."""
    for line in lines:
        add_words(document, line, style="List Bullet")


def add_numbered(document: Document, lines: Iterable[str]) -> None:
    """Add a numbered list."""
    for line in lines:
        add_words(document, line, style="List Number")


def add_picture(document: Document, png: bytes, *, alt: str, width_cm: float) -> None:
    """Add a picture with the words that stand for it."""
    document.add_picture(io.BytesIO(png), width=Cm(width_cm))
    _describe_last(document.paragraphs[-1], alt)


def add_swatches(document: Document, items: Iterable[tuple[str, str]]) -> None:
    """Add a legend: each colour (`#RRGGBB`) as a small box before its words."""
    paragraph = document.add_paragraph()
    for colour, words in items:
        box = paragraph.add_run("\u00a0\u00a0\u00a0\u00a0")
        edge = OxmlElement("w:bdr")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", EDGE)):
            edge.set(qn(f"w:{name}"), value)
        fill = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour.lstrip("#"))):
            fill.set(qn(f"w:{name}"), value)
        box._r.get_or_add_rPr().extend([edge, fill])  # noqa: SLF001 - python-docx has no way to shade letters
        paragraph.add_run(f" {printable(words)}    ")
    for run in paragraph.runs:
        run.font.size = Pt(NOTE_PT)


def add_table(document: Document, *, head: Sequence[str], rows: Sequence[Sequence[Cell | Bar]]) -> Table:
    """Add a table whose first row is its header and is said again on every page."""
    table: Table = document.add_table(rows=1, cols=len(head))
    table.style = PLAIN_TABLE
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        _write(cell, Cell(words=words, is_bold=True))
    _mark_header(table)
    for row in rows:
        added: _Row = table.add_row()  # type: ignore[no-untyped-call]
        for cell, content in zip(added.cells, row, strict=True):
            _write(cell, content)
    return table


def _write(cell: _Cell, content: Cell | Bar) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if isinstance(content, Bar):
        paragraph.add_run().add_picture(io.BytesIO(content.png), width=Cm(content.width_cm))
        _describe_last(paragraph, content.alt)
        return
    run = paragraph.add_run(printable(content.words))
    run.bold = content.is_bold
    if content.note:
        run.add_break()
        paragraph.add_run(printable(content.note)).font.size = Pt(NOTE_PT)
    if content.is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        _turn(paragraph, content.words)


def _mark_header(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no way to mark a header row
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _describe_last(paragraph: Paragraph, alt: str) -> None:
    drawing = paragraph._p.findall(f".//{qn('wp:docPr')}")[-1]  # noqa: SLF001 - nor to describe a picture
    drawing.set("descr", alt)
    drawing.set("name", "Picture")


def _turn(paragraph: Paragraph, words: str) -> None:
    if not is_right_to_left(words):
        return
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - nor to turn a paragraph
    for run in paragraph.runs:
        run.font.rtl = True
