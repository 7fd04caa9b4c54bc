"""How big an upload may be: enough for every list that a council keeps, too little to harm."""

from __future__ import annotations

from dashboard.register.exchange.errors import UploadError

MAX_BYTES = 25_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 250
MAX_CELL = 20_000
# A workbook of real text shrinks five- to twentyfold; one that grows a hundredfold is a zip bomb.
MAX_UNZIPPED_BYTES = 250_000_000
MAX_UNZIP_RATIO = 100
MAX_ZIP_ENTRIES = 2_000


def check_size(content: bytes, *, most: int = MAX_BYTES) -> None:
    """Refuse a file that is empty or too big.

    Raises
    ------
    UploadError
        If it is.
    """
    if not content:
        raise UploadError("The file is empty.", todo="Choose the file again; it may not have been saved.")
    if len(content) > most:
        what = f"The file has {len(content) / 1e6:,.0f} MB; {most / 1e6:,.0f} MB is the most."
        raise UploadError(what, todo="Split it into parts and bring them in one after the other.")


def check_shape(*, rows: int, columns: int) -> None:
    """Refuse a table with too many rows or columns.

    Raises
    ------
    UploadError
        If it has.
    """
    if rows > MAX_ROWS:
        what = f"The table has more than {MAX_ROWS:,} rows."
        raise UploadError(what, todo="Split it into parts and bring them in one after the other.")
    if columns > MAX_COLUMNS:
        what = f"The table has more than {MAX_COLUMNS} columns."
        raise UploadError(what, todo="Take out the columns that nobody needs, and check that its separator is right.")
