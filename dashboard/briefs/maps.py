"""The maps of a brief as SVG: boundaries in metres and colours in, a small drawing out. Pure.

Nothing that a person typed goes into a drawing: a map holds shapes, a scale bar and a north arrow, and its legend is
words beside it. North is up, for the British National Grid points there but for a degree or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from dashboard.briefs.model import LegendItem

WIDTH, HEIGHT = 420.0, 300.0
# A line of half a drawing unit is a hair on paper; a vertex that moves less than this cannot be seen.
FINEST = 0.6
MOST_EDGED = 400
SCALE_STEPS = (1, 2, 5)
LONGEST_SCALE = 0.3
FONT = "Noto Sans, Arial, sans-serif"
DARK, WHITE, PALE, LAND = "#212B32", "#FFFFFF", "#DCE3E8", "#F3F5F6"
SEA = "#FFFFFF"

Shapes = Any


@dataclass(frozen=True)
class Frame:
    """The piece of the country that a map shows, in metres (EPSG:27700), in the proportions of the paper."""

    west: float
    south: float
    east: float
    north: float

    @property
    def metres_per_unit(self) -> float:
        """How many metres one unit of the drawing is."""
        return (self.east - self.west) / WIDTH


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
    dash: str = ""


def frame_around(bounds: tuple[float, float, float, float], *, margin: float) -> Frame:
    """Return a frame around a box, widened by a share of its size and to the proportions of the paper."""
    west, south, east, north = bounds
    width = max(east - west, 1.0) * (1 + 2 * margin)
    height = max(north - south, 1.0) * (1 + 2 * margin)
    width = max(width, height * WIDTH / HEIGHT)
    height = width * HEIGHT / WIDTH
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(west=x - width / 2, south=y - height / 2, east=x + width / 2, north=y + height / 2)


def draw_map(frame: Frame, *, layers: Sequence[Layer]) -> str:
    """Return a map as SVG, the first layer at the bottom, with a scale bar and a north arrow."""
    body = "".join(_draw_layer(layer, frame=frame) for layer in layers)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}"><rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{SEA}"/>{body}'
        f"{_scale_bar(frame)}{_north_arrow()}"
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1:g}" height="{HEIGHT - 1:g}" fill="none" stroke="#768692"/></svg>'
    )


def scale_length_m(frame: Frame) -> float:
    """Return the length of the scale bar: the longest of 1, 2 or 5 times a power of ten that fits its share."""
    most = LONGEST_SCALE * WIDTH * frame.metres_per_unit
    power = 10 ** np.floor(np.log10(most))
    return float(max(step * power for step in SCALE_STEPS if step * power <= most))


def legend_of(items: Sequence[tuple[str, str, str]]) -> tuple[LegendItem, ...]:
    """Return legend items from words, colour and mark."""
    return tuple(LegendItem(words=words, colour=colour, mark=mark) for words, colour, mark in items)


def _draw_layer(layer: Layer, *, frame: Frame) -> str:
    paths = _paths(layer.shapes, frame=frame)
    dash = f' stroke-dasharray="{layer.dash}"' if layer.dash else ""
    style = f'stroke="{layer.stroke}" stroke-width="{layer.stroke_width:g}" stroke-linejoin="round"{dash}'
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


def _paths(shapes: Shapes, *, frame: Frame) -> list[str]:
    """Return the path of each shape in drawing units, cut to the frame and no finer than can be seen."""
    unit = frame.metres_per_unit
    edge = 4 * unit
    cut = shapely.clip_by_rect(
        np.atleast_1d(np.asarray(shapes, dtype=object)),
        frame.west - edge, frame.south - edge, frame.east + edge, frame.north + edge,
    )  # fmt: skip
    inside = shapely.simplify(cut, FINEST * unit, preserve_topology=False)
    polygons, owner = shapely.get_parts(inside, return_index=True)
    is_area = np.isin(shapely.get_type_id(polygons), (shapely.GeometryType.POLYGON,))
    rings, part = shapely.get_rings(polygons[is_area], return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    x = np.round((coordinates[:, 0] - frame.west) / unit, 1)
    y = np.round((frame.north - coordinates[:, 1]) / unit, 1)
    paths = [""] * len(inside)
    if not len(ring):
        return paths
    starts = np.flatnonzero(np.r_[True, np.diff(ring) != 0])
    owner_of_ring = owner[is_area][part]
    for start, end in zip(starts, [*starts[1:], len(ring)], strict=True):
        points = " ".join(
            f"{a:g},{b:g}" for a, b in zip(x[start : end - 1].tolist(), y[start : end - 1].tolist(), strict=True)
        )
        paths[owner_of_ring[ring[start]]] += f"M{points}Z"
    return paths


def _scale_bar(frame: Frame) -> str:
    length_m = scale_length_m(frame)
    length = length_m / frame.metres_per_unit
    words = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"  # noqa: PLR2004
    x, y = 12.0, HEIGHT - 14.0
    return (
        f'<g><rect x="{x - 6:g}" y="{y - 20:g}" width="{length + 12:.1f}" height="28" fill="{WHITE}" '
        f'fill-opacity="0.85"/><path d="M{x:g},{y - 5:g}V{y:g}H{x + length:.1f}V{y - 5:g}" fill="none" '
        f'stroke="{DARK}" stroke-width="1.6"/><text x="{x + length / 2:.1f}" y="{y - 7:g}" text-anchor="middle" '
        f'font-family="{FONT}" font-size="11" fill="{DARK}">{words}</text></g>'
    )


def _north_arrow() -> str:
    x = WIDTH - 20
    return (
        f'<g><circle cx="{x:g}" cy="24" r="17" fill="{WHITE}" fill-opacity="0.85"/>'
        f'<path d="M{x:g},9L{x + 5:g},24L{x:g},20.5L{x - 5:g},24Z" fill="{DARK}"/>'
        f'<text x="{x:g}" y="37" text-anchor="middle" font-family="{FONT}" font-size="12" font-weight="bold" '
        f'fill="{DARK}">N</text></g>'
    )
