"""Zip files that are the same twice: fixed dates, fixed order, fixed rights. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
# Packed already; packing again takes time and saves nothing.
_PACKED = (".pdf", ".png", ".zip", ".docx")


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, in the order given; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            add_file(packed, name=name, content=content)
    return buffer.getvalue()


def add_file(packed: zipfile.ZipFile, *, name: str, content: bytes) -> None:
    """Add a file to an open zip, dated 1980 as every file in it."""
    entry = zipfile.ZipInfo(name, date_time=EARLIEST)
    entry.external_attr = READABLE
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    packed.writestr(entry, content)
