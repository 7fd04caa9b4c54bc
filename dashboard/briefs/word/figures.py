"""The sections of a Word brief that hold numbers: key figures, the score's parts, appointments, what has changed."""

from __future__ import annotations

from docx.document import Document

from dashboard.briefs.model.brief import Brief
from dashboard.briefs.model.figures import Figure
from dashboard.briefs.pictures import draw_place_bar, draw_points_bar
from dashboard.briefs.texts import cite
from dashboard.briefs.word.parts import add_heading, add_note, add_words
from dashboard.briefs.word.tables import Bar, Cell, Column, add_table, number_cell, number_column

PLACE_CM, POINTS_CM = 2.4, 6.0


def add_changes(document: Document, brief: Brief) -> None:
    """Add what has changed since an earlier edition."""
    if brief.changes is None:
        return
    add_heading(document, f"What has changed since {brief.changes.since}", level=2)
    add_words(document, brief.changes.sentence)
    if brief.changes.rows:
        rows = [(Cell(words=row.what), Cell(words=row.before), Cell(words=row.now)) for row in brief.changes.rows]
        add_table(document, columns=(Column("What", 6), Column("Then", 5.8), Column("Now", 5.8)), rows=rows)


def add_figures(document: Document, brief: Brief) -> None:
    """Add the key figures."""
    if "figures" not in brief.sections:
        return
    add_heading(document, "Key figures", level=2)
    if not brief.figures:
        add_words(document, "There are no figures for this area.")
        return
    is_england = brief.place.area_type == "england"
    columns = [Column("Figure, unit, period and source", 5.75), number_column("Here", 1.5)]
    columns += [Column("Better to worse", 2.9)] if brief.has_bars else []
    columns += [number_column("Rank", 2.7), number_column("Decile", 1.5)] if brief.has_ranks else []
    columns += [number_column("Its ICB", 1.5)] if brief.place.icb_name else []
    columns += [] if is_england else [number_column("England", 1.75)]
    rows = [_figure_row(figure, brief) for figure in brief.figures]
    add_table(document, columns=columns, rows=rows)
    add_note(document, brief.figures_note)


def _figure_row(figure: Figure, brief: Brief) -> list[Cell | Bar]:
    name = Cell(
        words=f"{figure.name} {cite(figure.source)}".rstrip(), note=f"{figure.unit}, {figure.period}", is_bold=True
    )
    row: list[Cell | Bar] = [name, number_cell(figure.shown)]
    row += [_place_bar(figure, accent=brief.look.accent)] if brief.has_bars else []
    row += [number_cell(figure.rank_shown), number_cell(str(figure.decile or "none"))] if brief.has_ranks else []
    row += [number_cell(figure.icb_shown)] if brief.place.icb_name else []
    row += [] if brief.place.area_type == "england" else [number_cell(figure.england_shown)]
    return row


def _place_bar(figure: Figure, *, accent: str) -> Bar | Cell:
    if figure.position is None:
        return Cell(words="not ranked")
    alt = f"{figure.name}: {figure.position:.0%} of the way from better to worse"
    return Bar(png=draw_place_bar(figure.position, accent=accent), alt=alt, width_cm=PLACE_CM)


def add_breakdown(document: Document, brief: Brief) -> None:
    """Add what the digital-exclusion score is made of."""
    if "breakdown" not in brief.sections:
        return
    add_heading(document, "What its digital exclusion score is made of", level=2)
    made = brief.breakdown
    if made is None:
        add_words(document, "The digital exclusion score has not been worked out for this area.")
        return
    add_words(document, made.sentence)
    rows: list[list[Cell | Bar]] = []
    for part in made.parts:
        png = draw_points_bar(part.points, part.england_points, most=made.most_points, accent=brief.look.accent)
        alt = f"{part.name}: {part.shown} points here, {part.england_shown} in England's middle neighbourhood"
        inputs = "; ".join(one.name for one in part.inputs)
        name = Cell(words=part.name, note=inputs, is_bold=True)
        rows.append(
            [name, Bar(png=png, alt=alt, width_cm=POINTS_CM), number_cell(part.shown), number_cell(part.england_shown)]
        )
    columns = (
        Column("Part of the score", 6.6),
        Column("Points; the mark is England's middle", 6.8),
        number_column("Here", 1.8),
        number_column("England", 2.2),
    )
    add_table(document, columns=columns, rows=rows)
    if made.note:
        add_note(document, made.note)


def add_appointments(document: Document, brief: Brief) -> None:
    """Add how people see their GP."""
    seen = brief.appointments
    if seen is None and not brief.appointments_missing:
        return
    add_heading(document, "How people see their GP", level=2)
    if seen is None:
        add_words(document, brief.appointments_missing)
        return
    months = (seen.first_month, seen.year_before_month, seen.latest_month)
    columns = (
        Column(f"Share of appointments {cite(seen.source)}".rstrip(), 7.6),
        *(number_column(month, 3.3) for month in months),
    )
    rows = [
        [
            Cell(words=mode.name),
            *(number_cell(one) for one in (mode.first_shown, mode.year_before_shown, mode.latest_shown)),
        ]
        for mode in seen.modes
    ]
    add_table(document, columns=columns, rows=rows)
    add_note(document, seen.caveat)
