"""The QR code that leads to the live view, as SVG. Pure."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=512)
def draw_qr(link: str) -> str:
    """Return a QR code that a telephone reads off paper: medium error correction and a quiet zone of four modules."""
    return str(segno.make(link, error="m", micro=False).svg_inline(border=4, dark="#212B32", light="#FFFFFF"))
