"""The maps of a Word brief, each with its words and its legend."""

from __future__ import annotations

from docx.document import Document

from dashboard.briefs.model.brief import Brief
from dashboard.briefs.pictures import draw_png
from dashboard.briefs.word.parts import add_heading, add_note, add_picture, add_swatches, add_words

# Both fit on the first page, under the sentences.
MAP_CM, MAP_MM = 8.2, 110.0


def add_maps(document: Document, brief: Brief) -> None:
    """Add the maps as pictures."""
    if brief.maps:
        add_heading(document, "Maps", level=2)
    if brief.maps and brief.basis and "summary" not in brief.sections:
        add_note(document, brief.basis)
    for picture in brief.maps:
        add_heading(document, picture.title, level=3)
        if picture.missing:
            add_words(document, picture.missing)
            continue
        add_picture(document, draw_png(picture.svg, width_mm=MAP_MM), alt=picture.alt, width_cm=MAP_CM)
        add_swatches(document, [(item.colour, item.words) for item in picture.legend.items])
