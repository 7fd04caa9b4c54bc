"""What a publisher's table looks like: its columns by the headings they go by, and what may stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "code", "integer", "number", "rank", "decile"]
CUT_SHORT = 24  # A heading at least this long that begins ours is ours, cut short by the publisher.

LSOA21 = r"[EW]01\d{6}"
LSOA11 = r"[EW]01\d{6}"
MSOA21 = r"[EW]02\d{6}"


@dataclass(frozen=True)
class Column:
    """One column that we read.

    Parameters
    ----------
    name
        Its name in `read_<source_id>`.
    headings
        Headings it goes by; case, spaces and punctuation do not matter.
    position
        Where it stands (from 0) in a file that has no headings.
    type
        `rank` is a whole number from 1 to the number of rows, `decile` one from 1 to 10; `code` and `text` are text.
    is_optional
        Whether the whole column may be missing; it is then empty.
    may_be_empty
        Whether a cell may be empty.
    pattern
        What a valid cell looks like, as a regular expression; when it has a group, the group is the value.
    example
        What a valid cell looks like, for the message.
    """

    name: str
    headings: tuple[str, ...] = ()
    position: int | None = None
    type: ColumnType = "text"
    is_optional: bool = False
    may_be_empty: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    example: str = ""

    @property
    def heading(self) -> str:
        """The heading a person would look for."""
        return self.headings[0] if self.headings else f"number {(self.position or 0) + 1}"


@dataclass(frozen=True)
class Layout:
    """A publisher's table.

    Parameters
    ----------
    key
        Names of the columns that together occur once.
    has_header
        Whether a row of headings precedes the data (anywhere in the first lines); else columns go by position.
    has_footnotes
        Whether notes may follow the data: rows whose key is no code and that have nothing else in them.
    england
        Name of the code column that says which rows are England's; the others are counted and left out.
    members
        Names that the table's files may have inside a zip, first choice first; `*` stands for anything.
    is_spread
        Whether a workbook spreads the columns over several sheets, each with the key.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    has_header: bool = True
    has_footnotes: bool = False
    england: str = ""
    members: tuple[str, ...] = ("*.csv",)
    is_spread: bool = False


def normalise(heading: str) -> str:
    """Return a heading as snake case, so that “Patient-to-GP Ratio” and `patient_to_gp_ratio` are one."""
    return re.sub(r"[^a-z0-9]+", "_", heading.replace("%", " percent ").casefold()).strip("_")


def match_columns(columns: tuple[Column, ...], header: list[str]) -> dict[str, int]:
    """Return where each column stands under a row of headings; those not found are left out.

    A heading that the publisher cut short counts when it is long and begins only one of ours.
    """
    found = {normalise(heading): place for place, heading in reversed(list(enumerate(header)))}
    wanted = {column.name: [normalise(heading) for heading in column.headings] for column in columns}
    positions = {
        name: found[heading] for name, headings in wanted.items() for heading in reversed(headings) if heading in found
    }
    for heading, place in found.items():
        if len(heading) < CUT_SHORT or place in positions.values():
            continue
        begun = [name for name, headings in wanted.items() if any(ours.startswith(heading) for ours in headings)]
        if len(begun) == 1:
            positions.setdefault(begun[0], place)
    return positions
