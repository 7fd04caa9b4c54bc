"""Something that somebody brings: a spreadsheet, services of the open standard, or an extract of OpenStreetMap.

Each is told by what is in it, whatever it is called, and gives drafts in the same way, so that the page and the command
line need not know which it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Protocol

from dashboard.register.exchange.drafts import Draft, ImportChoices
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.limits import MAX_BYTES, check_size
from dashboard.register.exchange.open_referral.files import draft_services, services_in
from dashboard.register.exchange.osm import LICENCE, SOURCE, is_osm, read_osm
from dashboard.register.exchange.placing import Gazetteer
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.exchange.text_files import decode_text
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.taxonomy import Taxonomy

_HEAD_BYTES = 4_096


class Incoming(Protocol):
    """What the page and the command line ask of whatever was brought."""

    @property
    def sheet(self) -> Sheet | None:
        """Its rows as they came, when it is a table whose columns somebody must confirm."""

    @property
    def words(self) -> str:
        """What it is and how much, in words."""

    def propose(self, *, taxonomy: Taxonomy, source: str = "") -> ImportChoices:
        """Return what a person may confirm about it."""

    def drafts(self, choices: ImportChoices, *, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Draft]:
        """Return a draft for each row."""


@dataclass(frozen=True)
class IncomingSheet:
    """A spreadsheet or a GeoJSON file."""

    sheet: Sheet

    @property
    def words(self) -> str:
        """How many rows and columns."""
        return f"a list with {len(self.sheet.rows):,} rows and {len(self.sheet.columns):,} columns"

    def propose(self, *, taxonomy: Taxonomy, source: str = "") -> ImportChoices:
        """Return columns, kind and source by likeness."""
        return propose_choices(self.sheet, taxonomy=taxonomy, source=source)

    def drafts(self, choices: ImportChoices, *, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Draft]:
        """Return a draft for each row."""
        return read_sheet(self.sheet, choices=choices, taxonomy=taxonomy, gazetteer=gazetteer)


@dataclass(frozen=True)
class IncomingServices:
    """Services of Open Referral UK, from a file or a feed."""

    title: str
    services: Sequence[Mapping[str, Any]]
    sheet: None = field(default=None, init=False)

    @property
    def words(self) -> str:
        """How many services."""
        return f"{len(self.services):,} Open Referral services"

    def propose(self, *, taxonomy: Taxonomy, source: str = "") -> ImportChoices:  # noqa: ARG002 - as for a sheet
        """Return the source: services say the rest themselves."""
        return ImportChoices(source=source or self.title)

    def drafts(self, choices: ImportChoices, *, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Draft]:  # noqa: ARG002 - services bring their places
        """Return a draft for each service, or for each of its locations."""
        return draft_services(
            self.services, taxonomy=taxonomy, source=choices.source, licence=choices.licence, kind=choices.kind
        )


@dataclass(frozen=True)
class IncomingMap:
    """Places of an extract of OpenStreetMap, read where it lay: it may be big."""

    places: Sequence[Draft]
    sheet: None = field(default=None, init=False)

    @property
    def words(self) -> str:
        """How many places."""
        return f"an extract of OpenStreetMap with {len(self.places):,} places of kinds that we list"

    def propose(self, *, taxonomy: Taxonomy, source: str = "") -> ImportChoices:  # noqa: ARG002 - as for a sheet
        """Return the map's own source and licence, which go with every entry."""
        return ImportChoices(source=SOURCE, licence=LICENCE)

    def drafts(self, choices: ImportChoices, *, taxonomy: Taxonomy, gazetteer: Gazetteer) -> list[Draft]:  # noqa: ARG002 - the map knows its places and kinds
        """Return a draft for each named place of a kind that we list."""
        return list(self.places)


def read_incoming(content: bytes, *, file_name: str) -> IncomingSheet | IncomingServices:
    """Return what is in the bytes of a file that is not an extract of OpenStreetMap.

    Raises
    ------
    UploadError
        If it is nothing that can be brought in, or too big.
    """
    check_size(content)
    if _is_services(content):
        return IncomingServices(title=PurePath(file_name).stem or "services", services=services_in(content))
    return IncomingSheet(read_upload(content, file_name=file_name))


def open_incoming(path: Path, *, taxonomy: Taxonomy) -> Incoming:
    """Return what is in a file on this machine.

    Raises
    ------
    UploadError
        If it is not there, cannot be read, is nothing that can be brought in, or is too big.
    """
    try:
        if is_osm(path):
            return IncomingMap(read_osm(path, taxonomy=taxonomy))
        if path.stat().st_size > MAX_BYTES:
            what = f"“{path.name}” has {path.stat().st_size / 1e6:,.0f} MB; {MAX_BYTES / 1e6:,.0f} MB is the most."
            raise UploadError(what, todo="Split it into parts and bring them in one after the other.")
        content = path.read_bytes()
    except OSError as error:
        what = f"“{path}” cannot be read: {error.strerror}."
        raise UploadError(what, todo="Check the name of the file and that you may read it.") from error
    return read_incoming(content, file_name=path.name)


def _is_services(content: bytes) -> bool:
    """Return whether a file is JSON but not GeoJSON."""
    head = content[:_HEAD_BYTES].rstrip(b"\xc2\xe2\x80\xc3")
    if b"\x00" in head or not decode_text(head).lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        return False
    try:
        body = json.loads(decode_text(content))
    except (ValueError, RecursionError):
        return False
    return isinstance(body, list) or (isinstance(body, dict) and "features" not in body and "type" not in body)
