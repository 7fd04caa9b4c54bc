"""Pictures for formats that take no SVG: maps set by Typst, bars painted dot by dot; the same twice."""

from __future__ import annotations

import io
import json
import threading
from functools import lru_cache
from pathlib import Path

import typst
from PIL import Image, ImageDraw

from dashboard.briefs.typefaces import font_folders, read_fonts

TEMPLATE = Path(__file__).parent / "templates" / "picture.typ"
MAP_PPI = 200.0
BAR_WIDTH, BAR_HEIGHT, BAR_MARK = 360, 44, 22
DARK, GREY, PALE = "#212B32", "#4C6272", "#E8EDEE"
_lock = threading.Lock()


def draw_png(svg: str, *, width_mm: float, ppi: float = MAP_PPI) -> bytes:
    """Return an SVG drawing as PNG."""
    with _lock:
        written = _compiler().compile(
            sys_inputs={"picture": json.dumps({"svg": svg, "width": width_mm})}, format="png", ppi=ppi
        )
    assert isinstance(written, bytes)  # noqa: S101 - a picture is one page
    return written


def draw_place_bar(position: float, *, accent: str) -> bytes:
    """Return the bar that shows where an area lies, from best (0) to worst (1), as PNG."""
    picture, brush = _blank()
    brush.rectangle((0, 10, BAR_WIDTH - 1, BAR_HEIGHT - 11), fill=PALE, outline=GREY)
    brush.line((BAR_WIDTH // 2, 2, BAR_WIDTH // 2, BAR_HEIGHT - 3), fill=GREY, width=3)
    left = round(position * (BAR_WIDTH - BAR_MARK - 1))
    brush.rectangle((left, 2, left + BAR_MARK, BAR_HEIGHT - 3), fill=accent, outline=DARK, width=2)
    return _as_png(picture)


def draw_points_bar(points: float, england: float, *, most: float, accent: str) -> bytes:
    """Return the bar of a part of the score, with a mark at England's middle, as PNG."""
    picture, brush = _blank()
    longest = BAR_WIDTH - 6
    brush.rectangle((0, 8, max(1, round(max(points, 0) / most * longest)), BAR_HEIGHT - 9), fill=accent)
    left = round(max(england, 0) / most * longest)
    brush.rectangle((left - 1, 0, left + 5, BAR_HEIGHT - 1), fill="#FFFFFF")
    brush.rectangle((left, 0, left + 4, BAR_HEIGHT - 1), fill=DARK)
    return _as_png(picture)


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (BAR_WIDTH, BAR_HEIGHT), "#FFFFFF")
    return picture, ImageDraw.Draw(picture)


def _as_png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", optimize=False)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(TEMPLATE), font_paths=read_fonts(tuple(font_folders(None))), ignore_system_fonts=True)
