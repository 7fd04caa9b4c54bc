"""How a Word brief looks: A4, one typeface, the accent on headings, the language, and a footer on every page."""

from __future__ import annotations

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from dashboard.briefs.letters import printable
from dashboard.briefs.model.brief import Brief

LANGUAGE, RIGHT_TO_LEFT_LANGUAGE = "en-GB", "ar-SA"
TYPEFACE = "Arial"
INK, RULE = "#212B32", "#B3BEC6"
LONGEST_FOOT, LEFT_TO_RIGHT = 80, "\u200e"
HEADINGS = {"Heading 1": 20, "Heading 2": 13, "Heading 3": 11}
# What a template of one's own must have.
STYLES = (*HEADINGS, "Subtitle", "List Bullet", "List Number", "Quote", "Intense Quote", "Table Grid")


def set_pages(document: Document) -> None:
    """Make every page A4 upright with margins that leave room for the tables."""
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.7)
        section.top_margin = section.bottom_margin = Cm(1.6)


def set_language(document: Document) -> None:
    """Say that the file is in British English, so that a screen reader speaks it so."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        return
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), LANGUAGE)
    language.set(qn("w:bidi"), RIGHT_TO_LEFT_LANGUAGE)


def set_look(document: Document, *, accent: str) -> None:
    """Set typeface, sizes and colours in the styles, so that a change of style changes the whole file."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TYPEFACE, Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    for name, size in HEADINGS.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = TYPEFACE, Pt(size), True
        style.font.color.rgb = RGBColor.from_string((accent if name == "Heading 1" else INK).lstrip("#"))
        _name_fonts(style.element)
    for borders in document.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for line in borders:
            line.set(qn("w:color"), RULE.lstrip("#"))
    subtitle = document.styles["Subtitle"]
    subtitle.font.name, subtitle.font.size, subtitle.font.italic = TYPEFACE, Pt(11), False
    subtitle.font.color.rgb = RGBColor.from_string(INK.lstrip("#"))
    _name_fonts(subtitle.element)


def empty(document: Document) -> None:
    """Take away what a template says, but for its head: its styles and its page are what is wanted."""
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)


def set_head_and_foot(document: Document, brief: Brief) -> None:
    """Say on every page what this is, which edition, who may see it, and which page."""
    section = document.sections[0]
    # A first page or even pages with a head of their own would not say it.
    section.different_first_page_header_footer = False
    document.settings.odd_and_even_pages_header_footer = False
    if brief.banner:
        section.header.is_linked_to_previous = False
        first = section.header.paragraphs[0]
        (section.header.add_paragraph() if first.text else first).add_run(brief.banner).bold = True
    section.footer.is_linked_to_previous = False
    for old in section.footer.paragraphs:
        old.clear()
    foot = section.footer.paragraphs[0]
    # The mark keeps the date after a name that runs from right to left.
    name = f"{printable(brief.heading)[:LONGEST_FOOT]}{LEFT_TO_RIGHT}"
    foot.add_run(f"{name} · {brief.edition.built_on} · snapshot {brief.edition.build_id} · page ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")
    foot.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for run in foot.runs:
        run.font.size = Pt(8)


def _name_fonts(element: object) -> None:
    """Take away the theme's fonts, which would win over the one that is named."""
    fonts = element.rPr.rFonts  # type: ignore[attr-defined]
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)


def _add_field(paragraph: Paragraph, name: str) -> None:
    for kind, words in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = words
        run._r.append(part)  # noqa: SLF001 - python-docx has no fields
