"""The first page of a brief's PDF as a picture. Pure."""

from __future__ import annotations

import io
import threading

import pypdfium2  # type: ignore[import-untyped]

# PDFium may be used by one thread at a time.
_lock = threading.Lock()


def draw_first_page(pdf: bytes, *, scale: float = 1.7) -> tuple[bytes, int]:
    """Return the first page as PNG, and how many pages there are.

    Parameters
    ----------
    scale
        Dots for each point of the page (1/72 inch).
    """
    with _lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture = document[0].render(scale=scale).to_pil()
            pages = len(document)
        finally:
            document.close()
    written = io.BytesIO()
    picture.save(written, format="PNG")
    return written.getvalue(), pages
