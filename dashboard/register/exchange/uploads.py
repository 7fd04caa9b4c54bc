"""Any file that somebody sends, told apart by what is in it rather than by what it is called."""

from __future__ import annotations

from pathlib import PurePath

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.geojson import read_geojson
from dashboard.register.exchange.limits import check_size
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.exchange.text_files import decode_text, read_csv
from dashboard.register.exchange.workbooks import read_workbook

_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_upload(content: bytes, *, file_name: str) -> Sheet:
    """Return the table of a spreadsheet (CSV, .xlsx) or GeoJSON file.

    Raises
    ------
    UploadError
        If it is none of them, or too big.
    """
    check_size(content)
    title = PurePath(file_name.replace("\\", "/")).stem or "upload"
    if content.startswith(_ZIP):
        return read_workbook(content, title=title)
    if content.startswith(_OLD_EXCEL):
        raise UploadError("The file is in the old Excel format.", todo="Open it in Excel and save it as .xlsx.")
    if content.startswith(_PDF):
        raise UploadError("The file is a PDF.", todo="Ask for the spreadsheet it was made from.")
    if decode_text(content[:200].rstrip(b"\xc2\xe2\x80\xc3")).lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        return read_geojson(content, title=title)
    return read_csv(content, title=title)
