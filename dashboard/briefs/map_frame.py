"""What every map of a brief stands in: its frame, scale bar, north arrow, and marks on it. Pure.

North is up, for the British National Grid points there but for a degree or two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import FloatArray

WIDTH, HEIGHT = 420.0, 300.0
SCALE_STEPS = (1, 2, 5)
LONGEST_SCALE = 0.3
RING_RADIUS, MARK_RADIUS = 13.0, 7.5
FONT = "Noto Sans, Arial, sans-serif"
DARK, WHITE = "#212B32", "#FFFFFF"


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

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point in metres lies on the drawing."""
        return (x - self.west) / self.metres_per_unit, (self.north - y) / self.metres_per_unit


def frame_around(bounds: tuple[float, float, float, float], *, margin: float) -> Frame:
    """Return a frame around a box, widened by a share of its size and to the proportions of the paper."""
    west, south, east, north = bounds
    width = max(east - west, 1.0) * (1 + 2 * margin)
    height = max(north - south, 1.0) * (1 + 2 * margin)
    width = max(width, height * WIDTH / HEIGHT)
    height = width * HEIGHT / WIDTH
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(west=x - width / 2, south=y - height / 2, east=x + width / 2, north=y + height / 2)


def scale_length_m(frame: Frame) -> float:
    """Return the length of the scale bar: the longest of 1, 2 or 5 times a power of ten that fits its share."""
    most = LONGEST_SCALE * WIDTH * frame.metres_per_unit
    power = 10 ** np.floor(np.log10(most))
    return float(max(step * power for step in SCALE_STEPS if step * power <= most))


def draw_scale_bar(frame: Frame) -> str:
    """Return a bar with its length in metres or kilometres, at the lower left."""
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


def draw_north_arrow() -> str:
    """Return an arrow that points north, at the upper right."""
    x = WIDTH - 20
    return (
        f'<g><circle cx="{x:g}" cy="24" r="17" fill="{WHITE}" fill-opacity="0.85"/>'
        f'<path d="M{x:g},9L{x + 5:g},24L{x:g},20.5L{x - 5:g},24Z" fill="{DARK}"/>'
        f'<text x="{x:g}" y="37" text-anchor="middle" font-family="{FONT}" font-size="12" font-weight="bold" '
        f'fill="{DARK}">N</text></g>'
    )


def draw_ring(x: float, y: float) -> str:
    """Return a ring round a place of the drawing that would be missed otherwise."""
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{RING_RADIUS:g}" fill="none" stroke='
    return f'<g>{ring}"{WHITE}" stroke-width="5"/>{ring}"{DARK}" stroke-width="2.2"/></g>'


def draw_marks(points: FloatArray, *, frame: Frame) -> str:
    """Return numbered dots, 1 for the first, at points in metres, shape (n, 2); those outside it are not drawn."""
    drawn = []
    for number, (easting, northing) in enumerate(points.tolist(), start=1):
        x, y = frame.place(easting, northing)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            drawn.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARK_RADIUS:g}" fill="{WHITE}" stroke="{DARK}" '
                f'stroke-width="1.8"/><text x="{x:.1f}" y="{y + 3.6:.1f}" text-anchor="middle" font-family="{FONT}" '
                f'font-size="10" font-weight="bold" fill="{DARK}">{number}</text>'
            )
    return "".join(drawn)
