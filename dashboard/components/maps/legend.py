"""A legend as a small piece of HTML; every word in it is escaped."""

from __future__ import annotations

from html import escape

from dashboard.components.maps.palettes import THIRDS, Legend, LegendEntry

_CELLS = len(THIRDS) ** 2
_CELL = "display:inline-block;width:{width}rem;height:1.25rem;border:1px solid #768692;background:{colour};"
_LIST = "list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;"
_ITEM = "display:flex;align-items:center;gap:.4rem;margin:0;font-size:.875rem;"


def legend_html(legend: Legend) -> str:
    """Return the legend as HTML: colours and words in a list, or in a table of three by three for two questions."""
    title = f'<p style="margin:.25rem 0;font-weight:600;">{escape(legend.title)}</p>'
    if legend.axes is None:
        return f'<section aria-label="Legend">{title}{_list(legend.entries)}</section>'
    grid = _grid(legend.entries[:_CELLS], axes=legend.axes)
    return (
        f'<section aria-label="Legend">{title}<div style="display:flex;flex-wrap:wrap;gap:.5rem 2rem;'
        f'align-items:center;">{grid}{_list(legend.entries[_CELLS:])}</div></section>'
    )


def _list(entries: tuple[LegendEntry, ...]) -> str:
    items = "".join(f'<li style="{_ITEM}">{_swatch(entry)}<span>{escape(entry.words)}</span></li>' for entry in entries)
    return f'<ul style="{_LIST}">{items}</ul>'


def _swatch(entry: LegendEntry) -> str:
    if entry.is_outline:
        style = f"display:inline-block;width:1.5rem;height:1.25rem;border:3px solid {entry.colour};background:#FFFFFF;"
    else:
        style = _CELL.format(width="1.5", colour=entry.colour)
    return f'<span aria-hidden="true" style="{style}"></span>'


def _grid(entries: tuple[LegendEntry, ...], *, axes: tuple[str, str]) -> str:
    size = len(THIRDS)
    head = "".join(
        f'<th scope="col" style="font-weight:400;padding:0 .3rem;border:0;">{third.capitalize()}</th>'
        for third in THIRDS
    )
    rows = "".join(
        f'<tr><th scope="row" style="font-weight:400;text-align:right;padding:0 .5rem;border:0;">{third.capitalize()}'
        f"</th>{''.join(_grid_cell(entry) for entry in entries[i * size : (i + 1) * size])}</tr>"
        for i, third in enumerate(THIRDS)
    )
    return (
        '<table style="border-collapse:separate;border-spacing:2px;font-size:.875rem;margin:0;border:0;">'
        '<caption style="text-align:left;font-size:.875rem;">'
        f'Rows: {escape(axes[0])}. <span style="display:block;">Columns: {escape(axes[1])}.</span></caption>'
        f'<thead><tr><td style="border:0;"></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _grid_cell(entry: LegendEntry) -> str:
    style = f"background:{entry.colour};height:1.5rem;min-width:4.5rem;border:1px solid #768692;"
    return (
        f'<td style="{style}"><span style="position:absolute;width:1px;height:1px;overflow:hidden;'
        f'clip-path:inset(50%);">{escape(entry.words)}</span></td>'
    )
