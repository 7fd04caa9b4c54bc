"""The parts that a Word file is put together from: headings, paragraphs, lists, links, pictures with words."""

from __future__ import annotations

import io
from collections.abc import Iterable

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.briefs.letters import is_right_to_left, printable

NOTE_PT = 8
EDGE, LINK = "4C6272", "003087"
# What may follow the mark in a paragraph's properties and is used here; Word minds their order (ECMA-376, CT_PPr).
AFTER_BIDI = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr", "w:sectPr")


def add_heading(document: Document, words: str, *, level: int) -> None:
    """Add a heading, from right to left when its words run so."""
    turn(document.add_heading(printable(words), level=level), words)


def add_words(document: Document, words: str, *, style: str | None = None) -> Paragraph:
    """Add a paragraph, from right to left when its words run so."""
    paragraph = document.add_paragraph(printable(words), style=style)
    turn(paragraph, words)
    return paragraph


def add_note(document: Document, words: str) -> None:
    """Add a paragraph in small letters."""
    paragraph = add_words(document, words)
    for run in paragraph.runs:
        run.font.size = Pt(NOTE_PT)


def add_lead(document: Document, lead: str, words: str) -> None:
    """Add a paragraph that begins in bold."""
    paragraph = add_words(document, printable(lead))
    paragraph.runs[0].bold = True
    if words:
        paragraph.add_run(f" {printable(words)}")


def add_link(document: Document, words: str, *, address: str) -> None:
    """Add words and an address that can be followed."""
    paragraph = add_words(document, f"{words} ")
    run = paragraph.add_run(printable(address))
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(LINK)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)  # noqa: SLF001 - python-docx has no links
    paragraph._p.append(link)  # noqa: SLF001


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
    describe_last(document.paragraphs[-1], alt)


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


def describe_last(paragraph: Paragraph, alt: str) -> None:
    """Give the last picture of a paragraph the words that stand for it."""
    drawing = paragraph._p.findall(f".//{qn('wp:docPr')}")[-1]  # noqa: SLF001 - nor to describe a picture
    drawing.set("descr", alt)
    drawing.set("name", "Picture")
    for side in "TBLR":
        # Left out, some programs put a gap around it.
        drawing.getparent().set(f"dist{side}", "0")


def turn(paragraph: Paragraph, words: str) -> None:
    """Let a paragraph run from right to left when its words do."""
    if not is_right_to_left(words):
        return
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - nor to turn a paragraph
    properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for run in paragraph.runs:
        run.font.rtl = True
