"""The parts that a Word file is put together from: paragraphs, lists, tables with headers, pictures with words."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

NOTE_PT = 8
# Left-to-right and right-to-left override: a name that holds one shows the words after it backwards.
OVERRIDES = "\u202d\u202e"
PLAIN_TABLE = "Table Grid"


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


def is_right_to_left(words: str) -> bool:
    """Return whether the first letter with a direction runs from right to left."""
    sides = (unicodedata.bidirectional(letter) for letter in words)
    return next((side in {"R", "AL"} for side in sides if side in {"L", "R", "AL"}), False)


def printable(words: str) -> str:
    """Return words without what XML cannot hold and without letters that turn others round."""
    return "".join(letter for letter in words if letter in "\n\t" or not _is_unsafe(letter))


def _is_unsafe(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs", "Cn"} or letter in OVERRIDES
