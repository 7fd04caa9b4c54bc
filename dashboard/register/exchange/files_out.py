"""Entries as a file to take away, in each of the ways out: for a spreadsheet, a map, or another register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from dashboard.register.entry import Entry
from dashboard.register.exchange.open_referral.pages import wrap_page
from dashboard.register.exchange.open_referral.writing import write_service
from dashboard.register.exchange.tables_out import MEDIA_TYPES, Format, write_assets
from dashboard.register.taxonomy import Taxonomy


class FileForm(StrEnum):
    """A way out of the register, as the command line names it."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"
    OPEN_REFERRAL = "openreferral"

    @property
    def suffix(self) -> str:
        """The ending of a file's name."""
        return "json" if self is FileForm.OPEN_REFERRAL else self.value

    @property
    def media_type(self) -> str:
        """What a browser is told that the file is."""
        return "application/json" if self is FileForm.OPEN_REFERRAL else MEDIA_TYPES[Format(self.value)]


def write_entries(entries: Sequence[Entry], *, form: FileForm, taxonomy: Taxonomy) -> bytes:
    """Return entries as a file, all that they say: what the reader may not see is left out of them already."""
    if form is not FileForm.OPEN_REFERRAL:
        return write_assets((entry.asset for entry in entries), form=Format(form.value))
    services = [write_service(entry.asset, taxonomy=taxonomy, changed_at=entry.changed_at) for entry in entries]
    page = wrap_page(services, page=1, per_page=max(len(services), 1), total=len(services))
    return json.dumps(page, ensure_ascii=False).encode()
