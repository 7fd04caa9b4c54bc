"""The sections of a Word brief, in the order of all formats."""

from __future__ import annotations

from docx.document import Document

from dashboard.briefs.model import Brief, Figure, MapPicture, Note
from dashboard.briefs.pictures import draw_place_bar, draw_png, draw_points_bar
from dashboard.briefs.word_parts import Bar, Cell, add_bullets, add_heading, add_note, add_picture, add_table, add_words

MAP_CM, MAP_MM = 11.0, 110.0


def add_changes(document: Document, brief: Brief) -> None:
    """Add what has changed since an earlier edition."""
    if brief.changes is None:
        return
    add_heading(document, f"What has changed since {brief.changes.since}", level=2)
    add_words(document, brief.changes.sentence)
    if brief.changes.rows:
        rows = [(Cell(words=row.what), Cell(words=row.before), Cell(words=row.now)) for row in brief.changes.rows]
        add_table(document, head=("What", "Then", "Now"), rows=rows)


def add_maps(document: Document, brief: Brief) -> None:
    """Add the maps as pictures, each with its words and its legend."""
    if brief.maps:
        add_heading(document, "Maps", level=2)
    for picture in brief.maps:
        add_heading(document, picture.title, level=3)
        if picture.missing:
            add_words(document, picture.missing)
            continue
        add_picture(document, draw_png(picture.svg, width_mm=MAP_MM), alt=picture.alt, width_cm=MAP_CM)
        add_note(document, _legend(picture))


def _legend(picture: MapPicture) -> str:
    names = {item.colour: item.words for item in picture.legend.items}
    said = [f"{words} ({_colour_name(colour)})" for colour, words in names.items()]
    return f"Colours: {'; '.join(said)}."


def _colour_name(colour: str) -> str:
    return COLOUR_NAMES.get(colour, "the accent colour")


COLOUR_NAMES = {
    "#3B1C32": "dark plum",
    "#A04A1E": "rust",
    "#E08A2C": "orange",
    "#24548C": "dark blue",
    "#8C8A94": "grey",
    "#EFC48A": "sand",
    "#3E8FD0": "blue",
    "#A5CBE6": "light blue",
    "#F1F1EC": "near white",
    "#C9C4B8": "warm grey",
    "#C3D0DA": "grey-blue",
    "#F3F5F6": "palest grey",
    "#212B32": "dark outline",
}


def add_figures(document: Document, brief: Brief) -> None:
    """Add the key figures."""
    if "figures" not in brief.sections:
        return
    add_heading(document, "Key figures", level=2)
    if not brief.figures:
        add_words(document, "There are no figures for this area.")
        return
    is_england = brief.place.area_type == "england"
    head = ["Figure, unit, period and source", "Here"]
    if not is_england:
        head += ["Better to worse", "Rank", "Decile", *(["Its ICB"] if brief.place.icb_name else []), "England"]
    rows = [_figure_row(figure, brief) for figure in brief.figures]
    add_table(document, head=head, rows=rows)
    add_note(document, brief.figures_note)


def _figure_row(figure: Figure, brief: Brief) -> list[Cell | Bar]:
    source = f" [{figure.source}]" if figure.source else ""
    name = Cell(words=f"{figure.name}{source}", note=f"{figure.unit}, {figure.period}", is_bold=True)
    row: list[Cell | Bar] = [name, _number(figure.shown)]
    if brief.place.area_type == "england":
        return row
    row += [_place_bar(figure, accent=brief.look.accent), _number(figure.rank_shown)]
    row += [_number(str(figure.decile or "none"))]
    row += [_number(figure.icb_shown)] if brief.place.icb_name else []
    return [*row, _number(figure.england_shown)]


def _number(words: str) -> Cell:
    return Cell(words=words, is_number=True)


def _place_bar(figure: Figure, *, accent: str) -> Bar | Cell:
    if figure.position is None:
        return Cell(words="not ranked")
    alt = f"{figure.name}: {figure.position:.0%} of the way from better to worse"
    return Bar(png=draw_place_bar(figure.position, accent=accent), alt=alt, width_cm=2.4)


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
        rows.append([name, Bar(png=png, alt=alt, width_cm=4.5), _number(part.shown), _number(part.england_shown)])
    add_table(document, head=("Part of the score", "Points; the dark mark is England", "Here", "England"), rows=rows)


def add_appointments(document: Document, brief: Brief) -> None:
    """Add how people see their GP."""
    seen = brief.appointments
    if seen is None and not brief.appointments_missing:
        return
    add_heading(document, "How people see their GP", level=2)
    if seen is None:
        add_words(document, brief.appointments_missing)
        return
    source = f" [{seen.source}]" if seen.source else ""
    head = (f"Share of appointments{source}", seen.first_month, seen.year_before_month, seen.latest_month)
    rows = [
        [
            Cell(words=mode.name),
            *(_number(one) for one in (mode.first_shown, mode.year_before_shown, mode.latest_shown)),
        ]
        for mode in seen.modes
    ]
    add_table(document, head=head, rows=rows)
    add_note(document, seen.caveat)


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
                *(_number(str(one)) for one in (kind.count, kind.fresh, kind.stale, kind.unchecked)),
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
    for story in brief.stories:
        mark = " (partners only)" if story.is_partners_only else ""
        add_heading(document, f"{story.title}{mark}", level=3)
        add_words(document, story.shown, style="Quote")
        about = f", about {story.about}" if story.about else ""
        add_note(document, f"{story.credit or 'Told without a name'}{about}")


def add_notes(document: Document, brief: Brief) -> None:
    """Add what partners have tried, and the results of a plan."""
    _add_notes(document, "What partners have tried in places like this", brief.tried, brief.tried_missing)
    _add_notes(document, "Results of the plan", brief.plan, "")


def _add_notes(document: Document, title: str, notes: tuple[Note, ...], missing: str) -> None:
    if not (notes or missing):
        return
    add_heading(document, title, level=2)
    for note in notes:
        add_words(document, f"{note.heading}. {note.words}")
        add_bullets(document, note.points)
    if not notes:
        add_words(document, missing)
