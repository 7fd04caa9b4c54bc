"""The QR code that leads to the live view, as SVG. Pure."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

MASK = 2


@lru_cache(maxsize=512)
def draw_qr(link: str) -> str:
    """Return a QR code that a telephone reads off paper: medium error correction and a quiet zone of four modules.

    Any of the eight masks is a valid code; trying all of them takes longer than setting the whole page.
    """
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False, mask=MASK).save(
        drawn, kind="svg", border=4, dark="#212B32", light="#FFFFFF", xmldecl=False, nl=False
    )
    return drawn.getvalue().decode()
