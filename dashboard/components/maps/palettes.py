"""Colours and classes of the maps, and their legends in words.

The colours were mixed for this project: a single blue from pale to dark, and orange with blue for two
questions at once. A test simulates the three kinds of colour blindness and asks that neighbours stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.components.maps.fills import Bivariate, Fill, FillClass, LeftBehind, PaletteName

NO_FIGURE_COLOUR = "#C9C4B8"
OUTLINE_COLOUR = "#212B32"
CASING_COLOUR = "#FFFFFF"
FOCUS_COLOUR = "#FFEB3B"

PALETTES: dict[PaletteName, tuple[str, ...]] = {
    "worst": ("#002F5C", "#005EB8", "#5A9BD8", "#A9CDEC", "#E6F0F9"),
    "neutral": ("#4A1450", "#862A92", "#C04CCF", "#E096E6", "#F9DDFB"),
    # Row by row from the worst third of need to the best; in each, from the worst third of exclusion to the best.
    "bivariate": (
        "#3B1C32", "#A04A1E", "#E08A2C",
        "#24548C", "#8C8A94", "#EFC48A",
        "#3E8FD0", "#A5CBE6", "#F1F1EC",
    ),
}  # fmt: skip

_FIFTHS = ("Worst fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Best fifth")
_NEUTRAL_FIFTHS = ("Highest fifth", "Second fifth", "Middle fifth", "Fourth fifth", "Lowest fifth")
THIRDS = ("worst third", "middle third", "best third")


@dataclass(frozen=True)
class LegendEntry:
    """A colour, or the outline, and what it means."""

    words: str
    colour: str
    is_outline: bool = False


@dataclass(frozen=True)
class Legend:
    """A map's legend in words.

    Parameters
    ----------
    title
        What is painted.
    axes
        For two questions at once: the name of the row's axis and of the column's; the first nine entries are then a
        grid of three by three, row by row.
    """

    title: str
    entries: tuple[LegendEntry, ...]
    axes: tuple[str, str] | None = None


def fifths(*, indicator_id: str, title: str, base_name: str = "England", is_neutral: bool = False) -> Fill:
    """Return a fill in five equal classes over a base area.

    Parameters
    ----------
    base_name
        Whose fifths they are, in words.
    is_neutral
        Whether neither direction is worse: the classes then go from the highest to the lowest value.
    """
    words = _NEUTRAL_FIFTHS if is_neutral else _FIFTHS
    classes = tuple(
        FillClass(up_to=20 * (i + 1), words=f"{text} of {base_name}" if i == 0 else text)
        for i, text in enumerate(words)
    )
    return Fill(indicator_id=indicator_id, title=title, classes=classes, palette="neutral" if is_neutral else "worst")


def make_legend(fill: Fill | Bivariate, *, left_behind: LeftBehind | None = None) -> Legend:
    """Return the legend of a fill and, when it is drawn, of the outline."""
    tail: tuple[LegendEntry, ...] = (LegendEntry(words="No figure", colour=NO_FIGURE_COLOUR),)
    if left_behind is not None:
        words = left_behind.words or (
            f"Left behind: worst {left_behind.need_worst}% on need "
            f"and worst {left_behind.exclusion_worst}% on digital exclusion"
        )
        tail = (*tail, LegendEntry(words=words, colour=OUTLINE_COLOUR, is_outline=True))
    if isinstance(fill, Bivariate):
        cells = tuple(
            LegendEntry(words=f"Need: {need}; digital exclusion: {exclusion}", colour=colour)
            for (need, exclusion), colour in zip(
                [(need, exclusion) for need in THIRDS for exclusion in THIRDS], PALETTES["bivariate"], strict=True
            )
        )
        title = f"{fill.need_title}, and {fill.exclusion_title}"
        return Legend(title=title, entries=(*cells, *tail), axes=(fill.need_title, fill.exclusion_title))
    colours = PALETTES[fill.palette]
    head = tuple(LegendEntry(words=c.words, colour=colours[i]) for i, c in enumerate(fill.classes))
    return Legend(title=fill.title, entries=(*head, *tail))
