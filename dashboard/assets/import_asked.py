"""What a person asks for when they bring in a list on the command line, and what follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.register.exchange.columns import all_fields, missing_fields
from dashboard.register.exchange.drafts import ImportChoices
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.incoming import Incoming
from dashboard.register.exchange.sheet import Sheet

WEB = ("http://", "https://")
_NOT_NAME = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    """What a person asked for: a file or the address of a feed, and what they said of it.

    Parameters
    ----------
    refused
        The file for the rows that stay out; one in the folder where the person is, when none is named.
    """

    what: str
    source: str = ""
    kind: str = ""
    columns: tuple[str, ...] = ()
    refused: Path | None = None

    @property
    def refused_file(self) -> Path:
        """Where the rows that stay out go; not beside the list, whose folder is often there to be read only."""
        name = Path(self.what).stem
        if self.what.startswith(WEB):
            name = _NOT_NAME.sub("-", urlsplit(self.what).netloc) or "feed"
        return (self.refused or Path(f"{name}-refused.csv")).absolute()


def choose(incoming: Incoming, proposed: ImportChoices, *, asked: AskedFor) -> ImportChoices:
    """Return what is proposed for a list, with what a person said of its columns and its kind.

    Raises
    ------
    UploadError
        If there is no such column or field.
    """
    mapping = dict(proposed.mapping)
    columns = incoming.sheet.columns if incoming.sheet else ()
    for said in asked.columns:
        column, _, name = said.rpartition("=")
        if column not in columns:
            what = f"There is no column “{column or said}”."
            raise UploadError(what, todo=f"The columns are: {', '.join(columns) or 'none, it is no table'}.")
        if name and name not in all_fields():
            raise UploadError(f"There is no field “{name}”.", todo=f"Choose one of: {', '.join(all_fields())}.")
        mapping[column] = name
    named = {column: name for column, name in mapping.items() if name}
    return replace(proposed, mapping=named, kind=asked.kind or proposed.kind)


def refuse_incomplete(sheet: Sheet | None, *, choices: ImportChoices) -> None:
    """Refuse a list of which no column holds a name, or a place.

    Raises
    ------
    UploadError
        If that is so.
    """
    missing = missing_fields(choices.mapping) if sheet is not None else ()
    if sheet is not None and missing:
        lacking = {"name": "a name", "place": "a place"}
        what = f"No column is known to hold {' or '.join(lacking[one] for one in missing)}."
        example = f'--map "{sheet.columns[0]}={"name" if "name" in missing else "postcode"}"'
        raise UploadError(what, todo=f"Say which one does, for example {example}.")
