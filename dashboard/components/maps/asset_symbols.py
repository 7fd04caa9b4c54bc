"""What a community asset looks like on the map: a sign for each group of kinds, told apart by shape, never by colour.

The signs were drawn for this project on a grid of 24 by 24.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape

INK, PAPER = "#212B32", "#FFFFFF"
_LIST = "list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1rem;"
_ITEM = "display:flex;align-items:center;gap:.4rem;margin:0;font-size:.875rem;"
# The same colours as .cg-fades in neighbourhoods.css.
PALE_INK, PALE_PAPER = "#425563", "#E8EDEE"
_CIRCLE = '<circle cx="14" cy="14" r="12.5"'


@dataclass(frozen=True)
class Symbol:
    """The sign of a group of kinds.

    Parameters
    ----------
    words
        What the group is called.
    path
        The sign, as the path of an SVG on a grid of 24 by 24; where its parts overlap there is a hole.
    kinds
        Ids of the taxonomy; a kind that is in no group has the last sign.
    """

    words: str
    path: str
    kinds: tuple[str, ...] = ()


SYMBOLS: tuple[Symbol, ...] = (
    Symbol(
        "Help to get online",
        "M3 4h18v13H3zM5.5 6.5v8h13v-8zM8 19h8v2H8z",
        ("digital_hub",),
    ),
    Symbol(
        "Places to meet",
        "M2 12.5 12 3.5l10 9h-3V20h-5v-5h-4v5H5v-7.5z",
        ("community_centre", "village_hall", "warm_space", "social_club", "shop_or_cafe"),
    ),
    Symbol(
        "Libraries, arts and learning",
        "M3 5h8v14H3zM13 5h8v14h-8z",
        ("library", "arts_and_learning"),
    ),
    Symbol("Food", "M2 11h20a10 8 0 0 1-6 7.5V20H8v-1.5A10 8 0 0 1 2 11zM7.5 3h2v5h-2zM14.5 3h2v5h-2z", ("food_bank",)),
    Symbol("Faith", "M12 2c3.4 3.2 3.4 6.4 0 8.6-3.4-2.2-3.4-5.4 0-8.6zM9 12h6v9H9z", ("faith_group",)),
    Symbol("Advice and work", "M3 4h18v12H12l-6 5v-5H3z", ("advice", "employment", "post_office")),
    Symbol(
        "Health and caring",
        "M9.5 3h5v6.5H21v5h-6.5V21h-5v-6.5H3v-5h6.5z",
        ("health_and_wellbeing", "pharmacy", "dentist", "carers"),
    ),
    Symbol(
        "People helping people",
        "M7.5 4a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM16.5 4a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z"
        "M1.5 20a6 7 0 0 1 10.5-5 6 7 0 0 1 10.5 5z",
        ("mutual_aid", "older_people", "children_and_families"),
    ),
    Symbol("Sport and outdoors", "M12 2l6.5 8H15l4.5 6.5h-6V22h-3v-5.5h-6L9 10H5.5z", ("sport_and_green",)),
    Symbol("Transport", "M4 4h16v13h-2v3h-3v-3H9v3H6v-3H4zM6.5 6.5V11h11V6.5z", ("transport",)),
    Symbol("Something else", "M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12z", ("other",)),
)
_SYMBOL_OF_KIND = {kind: number for number, symbol in enumerate(SYMBOLS) for kind in symbol.kinds}


def symbol_of(kind: str) -> int:
    """Return the number of a kind's sign; of one that an admin has added, that of “something else”."""
    return _SYMBOL_OF_KIND.get(kind, len(SYMBOLS) - 1)


def asset_legend_html() -> str:
    """Return the legend of the asset layer: each sign with its words, the number of a cluster, and what faded means."""
    signs = [(_marker(symbol.path), symbol.words) for symbol in SYMBOLS]
    signs.append((_cluster(), "Several together: zoom in, or click to go nearer"))
    signs.append((_marker(SYMBOLS[-1].path, fades=True), "Faded: not checked in the last year, or never"))
    items = "".join(f'<li style="{_ITEM}">{picture}<span>{escape(words)}</span></li>' for picture, words in signs)
    title = '<p style="margin:.25rem 0;font-weight:600;">Community assets</p>'
    return f'<section aria-label="Legend of community assets">{title}<ul style="{_LIST}">{items}</ul></section>'


def _marker(path: str, *, fades: bool = False) -> str:
    ink, paper, dashes = (PALE_INK, PALE_PAPER, "4 3") if fades else (INK, PAPER, "none")
    circle = f'{_CIRCLE} fill="{paper}" stroke="{ink}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    sign = f'<path d="{path}" fill="{ink}" fill-rule="evenodd" transform="translate(6 6) scale(.667)"/>'
    return _picture(circle + sign)


def _cluster() -> str:
    number = f'<text x="14" y="18.5" font-family="Arial" font-size="12" text-anchor="middle" fill="{PAPER}">12</text>'
    return _picture(f'{_CIRCLE} fill="{INK}" stroke="{PAPER}" stroke-width="2"/>{number}')


def _picture(inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="28" height="28" viewBox="0 0 28 28">{inside}</svg>'
    return f'<img alt="" width="28" height="28" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'
