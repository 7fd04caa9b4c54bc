"""Intervals of ranks as small drawings for a cell of a list."""

from __future__ import annotations

from base64 import b64encode

# A list shows an image as high as its row and cuts what is wider than the column.
WIDTH, HEIGHT, EDGE = 80, 20, 4
# Higher than the drawing, so that the row makes it no wider than its column.
IMAGE_HEIGHT = 26
BLUE, DARK, PALE = "#005EB8", "#212B32", "#C8D3DA"


def draw_whisker(*, low: float, rank: float, high: float, most: float) -> str:
    """Return a drawing, as the address of an image: a line from the low to the high rank with a tick at the rank.

    Parameters
    ----------
    low, rank, high
        Ranks, 1 = worst.
    most
        The rank at the right edge; what lies beyond it ends there.
    """
    left, tick, right = (_place(value, most=most) for value in (low, rank, high))
    middle = HEIGHT / 2
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{IMAGE_HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="M{EDGE} {middle}H{WIDTH - EDGE}" stroke="{PALE}"/>'
        f'<path d="M{left:.1f} {middle}H{max(right, left + 1):.1f}" stroke="{BLUE}" stroke-width="3"/>'
        f'<path d="M{left:.1f} 5V15M{right:.1f} 5V15" stroke="{BLUE}" stroke-width="2"/>'
        f'<path d="M{tick:.1f} 2V18" stroke="{DARK}" stroke-width="2.5"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode('ascii')}"


def _place(rank: float, *, most: float) -> float:
    share = min(max((rank - 1.0) / max(most - 1.0, 1.0), 0.0), 1.0)
    return EDGE + share * (WIDTH - 2 * EDGE)
