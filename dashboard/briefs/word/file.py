"""A brief as a Word file that is easy to edit: real headings, styles, table headers, and words for every picture."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError

from dashboard.briefs.archive import write_zip
from dashboard.briefs.errors import TemplateError
from dashboard.briefs.letters import printable
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.pictures import draw_png
from dashboard.briefs.word.figures import add_appointments, add_breakdown, add_changes, add_figures
from dashboard.briefs.word.maps import add_maps
from dashboard.briefs.word.parts import (
    add_bullets,
    add_heading,
    add_link,
    add_note,
    add_numbered,
    add_picture,
    add_words,
)
from dashboard.briefs.word.style import STYLES, empty, set_head_and_foot, set_language, set_look, set_pages
from dashboard.briefs.word.told import add_assets, add_plan, add_stories, add_tried
from dashboard.words import join

TEMPLATE = "brief.docx"
LONGEST_PROPERTY = 255
LOGO_CM, QR_CM = 3.5, 2.6


def write_docx(brief: Brief, *, templates: Path | None = None) -> bytes:
    """Return a brief as Word; the same brief gives the same bytes.

    Parameters
    ----------
    templates
        Folder of an organisation's own templates; the styles of its `brief.docx` are used when it is there.

    Raises
    ------
    TemplateError
        If that file is not a Word file, or lacks a style that briefs are written in.
    """
    document = _open(templates, accent=brief.look.accent)
    set_language(document)
    set_head_and_foot(document, brief)
    _describe(document, brief)
    _add_head(document, brief)
    _add_body(document, brief)
    _add_tail(document, brief)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fix_dates(buffer.getvalue())


def _open(templates: Path | None, *, accent: str) -> WordDocument:
    """Return an empty file in our look, or in that of the organisation's own template."""
    own = templates / TEMPLATE if templates else None
    if own is None or not own.is_file():
        document = Document()
        set_pages(document)
        set_look(document, accent=accent)
        return document
    try:
        document = Document(str(own))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TemplateError(
            f"{own} is not a Word file.", todo="Save it from Word as .docx, or take it away to use the usual look."
        ) from error
    missing = [name for name in STYLES if name not in document.styles]
    if missing:
        raise TemplateError(
            f"{own} lacks the styles {join(missing)}.",
            todo="Take a Word brief that was made here, change its styles, and save it under that name.",
        )
    empty(document)
    return document


def _describe(document: WordDocument, brief: Brief) -> None:
    made = datetime.fromisoformat(brief.edition.built_at)
    about = document.core_properties
    # A property holds 255 characters at most.
    about.title, about.language = printable(brief.title)[:LONGEST_PROPERTY], "en-GB"
    about.author = about.last_modified_by = printable(brief.look.organisation)[:LONGEST_PROPERTY] or "Common Ground"
    about.subject, about.comments = f"{brief.place.level_name} {brief.place.area_code}", ""
    about.created = about.modified = made
    about.revision = 1


def _add_head(document: WordDocument, brief: Brief) -> None:
    if brief.look.logo:
        whose = brief.look.organisation or "the organisation"
        add_picture(document, base64.b64decode(brief.look.logo), alt=f"Logo of {whose}", width_cm=LOGO_CM)
    if brief.banner:
        add_words(document, brief.banner, style="Intense Quote")
    add_heading(document, brief.heading, level=1)
    add_words(document, brief.subtitle, style="Subtitle")
    if brief.look.organisation:
        add_words(document, brief.look.organisation)
    add_note(document, " · ".join(brief.place.facts))
    if brief.look.introduction:
        add_words(document, brief.look.introduction)
    if "summary" in brief.sections:
        add_heading(document, "In three sentences", level=2)
        add_bullets(document, brief.summary.sentences)
        if brief.basis:
            add_note(document, brief.basis)


def _add_body(document: WordDocument, brief: Brief) -> None:
    numbers = (add_figures, add_breakdown, add_appointments)
    for add in (add_plan, add_changes, add_maps, *numbers, add_assets, add_stories, add_tried):
        add(document, brief)


def _add_tail(document: WordDocument, brief: Brief) -> None:
    add_heading(document, "Not for", level=2)
    add_bullets(document, brief.caveats)
    if brief.method:
        add_heading(document, "How it was worked out", level=2)
        add_bullets(document, brief.method)
    if brief.sources:
        add_heading(document, "Where the figures come from", level=2)
        add_numbered(document, [f"{source.title}. {source.about}" for source in brief.sources])
        add_note(document, brief.sources_note)
    add_heading(document, "The live view", level=2)
    add_link(document, brief.link_words, address=brief.link)
    add_picture(
        document, draw_png(brief.qr_svg, width_mm=QR_CM * 10), alt=f"QR code that leads to {brief.link}", width_cm=QR_CM
    )
    edition = brief.edition
    add_note(document, f"Edition of {edition.built_on}, snapshot {edition.build_id}, Common Ground {edition.version}.")
    add_note(document, ". ".join(brief.credits))


def _fix_dates(written: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        return write_zip({name: packed.read(name) for name in packed.namelist()})
