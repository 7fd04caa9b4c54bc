"""The sections of a Word brief that rest on what people have told: assets, stories, notes, plans."""

from __future__ import annotations

from docx.document import Document

from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.told import Note
from dashboard.briefs.texts import cite
from dashboard.briefs.word.parts import add_bullets, add_heading, add_lead, add_note, add_words
from dashboard.briefs.word.tables import Cell, Column, add_table, number_cell, number_column


def add_assets(document: Document, brief: Brief) -> None:
    """Add what there is to build on."""
    if brief.assets is None:
        return
    add_heading(document, "What there is to build on", level=2)
    add_words(document, f"{brief.assets.sentence} {cite(brief.assets.source)}".rstrip())
    if brief.assets.kinds:
        rows = [
            [
                Cell(words=kind.name, is_bold=True),
                *(number_cell(one) for one in kind.shown),
                Cell(words="; ".join(kind.names)),
            ]
            for kind in brief.assets.kinds
        ]
        counted = (("Within reach", 2.2), ("Fresh", 1.3), ("Stale", 1.3), ("Unchecked", 2.3))
        columns = (Column("Kind", 4), *(number_column(*one) for one in counted), Column("Such as", 6.7))
        add_table(document, columns=columns, rows=rows)
    if brief.assets.gaps:
        add_heading(document, "Gaps", level=3)
        add_bullets(document, brief.assets.gaps)


def add_stories(document: Document, brief: Brief) -> None:
    """Add the stories."""
    if not (brief.stories or brief.stories_missing):
        return
    add_heading(document, "Stories", level=2)
    if brief.stories_missing:
        add_words(document, brief.stories_missing)
    for story in brief.stories_shown:
        mark = " (partners only)" if story.is_partners_only else ""
        add_heading(document, f"{story.title}{mark}", level=3)
        add_words(document, story.shown, style="Quote")
        about = f", about {story.about}" if story.about else ""
        add_note(document, f"{story.credit or 'Told without a name'}{about}")
    if brief.stories_note:
        add_words(document, brief.stories_note)


def add_tried(document: Document, brief: Brief) -> None:
    """Add what partners have tried."""
    _add_notes(document, brief.tried_title, brief.tried, brief.tried_missing, about=brief.tried_note)


def add_plan(document: Document, brief: Brief) -> None:
    """Add the results of a plan."""
    _add_notes(document, "Results of the plan", brief.plan, "")


def _add_notes(document: Document, title: str, notes: tuple[Note, ...], missing: str, *, about: str = "") -> None:
    if not (notes or missing):
        return
    add_heading(document, title, level=2)
    if notes and about:
        add_note(document, about)
    for note in notes:
        add_lead(document, f"{note.heading}.", note.words)
        add_bullets(document, note.points)
    if not notes:
        add_words(document, missing)
