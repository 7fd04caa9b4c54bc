"""The maps of a brief as SVG: boundaries in metres and colours in, a small drawing out. Pure.

Nothing that a person typed goes into a drawing: a map holds shapes, numbers, a scale bar and a north arrow, and its
legend is words beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.briefs.map_frame import HEIGHT, WHITE, WIDTH, Frame, draw_north_arrow, draw_scale_bar
from dashboard.briefs.map_paths import Shapes, make_paths
from dashboard.briefs.model.maps import LegendItem

MOST_EDGED = 400
LAND, SEA, EDGE = "#F3F5F6", "#FFFFFF", "#768692"


@dataclass(frozen=True)
class Layer:
    """Shapes of one look.

    Parameters
    ----------
    shapes
        Polygons in metres, shape (n,).
    fills
        A colour for each; one colour for all when there is a single one.
    """

    shapes: Shapes
    fills: Sequence[str]
    stroke: str = WHITE
    stroke_width: float = 0.4


def draw_map(frame: Frame, *, layers: Sequence[Layer], marks: str = "") -> str:
    """Return a map as SVG, the first layer at the bottom, with a scale bar and a north arrow.

    Parameters
    ----------
    marks
        What `draw_ring` or `draw_marks` gives, on top of every layer.
    """
    body = "".join(_draw_layer(layer, frame=frame) for layer in layers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}"><rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{SEA}"/>{body}{marks}'
        f"{draw_scale_bar(frame)}{draw_north_arrow()}"
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1:g}" height="{HEIGHT - 1:g}" fill="none" stroke="{EDGE}"/></svg>'
    )


def legend_of(items: Sequence[tuple[str, str, str]]) -> tuple[LegendItem, ...]:
    """Return legend items from words, colour and mark."""
    return tuple(LegendItem(words=words, colour=colour, mark=mark) for words, colour, mark in items)


def _draw_layer(layer: Layer, *, frame: Frame) -> str:
    paths = make_paths(layer.shapes, frame=frame)
    style = f'stroke="{layer.stroke}" stroke-width="{layer.stroke_width:g}" stroke-linejoin="round"'
    if len(layer.fills) == 1:
        joined = "".join(path for path in paths if path)
        return f'<path fill-rule="evenodd" fill="{layer.fills[0]}" {style} d="{joined}"/>' if joined else ""
    by_fill: dict[str, list[str]] = {}
    for path, fill in zip(paths, layer.fills, strict=True):
        by_fill.setdefault(fill, []).append(path)
    # Among many small shapes white lines would hide what they part, so each is edged in its own colour.
    edge = ' stroke="{0}"' if len(layer.fills) > MOST_EDGED else ""
    drawn = (f'<path fill="{fill}"{edge.format(fill)} d="{"".join(some)}"/>' for fill, some in by_fill.items())
    return f'<g fill-rule="evenodd" {style}>{"".join(drawn)}</g>'
