"""The sections of a Word brief that rest on what people have told: assets, stories, notes, plans."""

from __future__ import annotations

from docx.document import Document

from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.told import Note
from dashboard.briefs.word.parts import Cell, add_bullets, add_heading, add_note, add_table, add_words, number_cell


def add_assets(document: Document, brief: Brief) -> None:
    """Add what there is to build on."""
    if brief.assets is None:
        return
    add_heading(document, "What there is to build on", level=2)
    add_words(document, brief.assets.sentence)
    if brief.assets.kinds:
        rows = [
            [
                Cell(words=kind.name, is_bold=True),
                *(number_cell(str(one)) for one in (kind.count, kind.fresh, kind.stale, kind.unchecked)),
                Cell(words="; ".join(kind.names)),
            ]
            for kind in brief.assets.kinds
        ]
        add_table(document, head=("Kind", "Within reach", "Fresh", "Stale", "Unchecked", "Such as"), rows=rows)
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
    _add_notes(document, "What partners have tried in places like this", brief.tried, brief.tried_missing)


def add_plan(document: Document, brief: Brief) -> None:
    """Add the results of a plan."""
    _add_notes(document, "Results of the plan", brief.plan, "")


def _add_notes(document: Document, title: str, notes: tuple[Note, ...], missing: str) -> None:
    if not (notes or missing):
        return
    add_heading(document, title, level=2)
    for note in notes:
        add_words(document, f"{note.heading}. {note.words}".rstrip())
        add_bullets(document, note.points)
    if not notes:
        add_words(document, missing)
