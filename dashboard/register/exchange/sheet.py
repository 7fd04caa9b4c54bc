"""A table as it was uploaded, all text, before anything is understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.headings import field_names, plain_heading
from dashboard.register.exchange.limits import MAX_CELL, check_shape
from dashboard.register.rules.text import clean_line, clean_words

# What lists write where they have nothing to say.
_BLANKS = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "none", "null", "-", "--", "?", "unknown", "not known", "not applicable", "tbc"}
)
# So many lines of titles are looked past, for a line with so many known headings.
_TITLES, _SEVERAL = 10, 2
_FORMULA_START = frozenset("=+-@\t\r")


@dataclass(frozen=True)
class Sheet:
    """A table of text.

    Parameters
    ----------
    title
        The name of the file without its ending.
    rows
        Each as long as the columns.
    numbers
        The number of each row, as a person finds it in the file.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def make_sheet(*, title: str, lines: Sequence[Sequence[str]], numbers: Sequence[int] | None = None) -> Sheet:
    """Return a sheet from its lines.

    The headings are the first line with more than one filled cell; where that names no column that we know, and a line
    soon below it names several, they are that one: people write titles above their tables.

    Raises
    ------
    UploadError
        If there are no headings or no rows below them, or too many.
    """
    counted = list(zip(numbers or range(1, len(lines) + 1), lines, strict=True))
    filled = [(number, [tidy_cell(cell) for cell in line]) for number, line in counted]
    filled = [(number, line) for number, line in filled if any(line)]
    head = _find_headings([line for _, line in filled])
    if head is None or head + 1 == len(filled):
        raise UploadError("The file has no rows below its headings.", todo="Check that you chose the right file.")
    body = filled[head + 1 :]
    width = max(len(line) for _, line in filled)
    check_shape(rows=len(body), columns=width)
    return Sheet(
        title=clean_line(title)[:100],
        columns=name_columns(_pad(filled[head][1], width)),
        rows=tuple(tuple(_pad(line, width)) for _, line in body),
        numbers=tuple(number for number, _ in body),
    )


def name_columns(headings: Iterable[str]) -> tuple[str, ...]:
    """Return headings, each different and none empty."""
    names: list[str] = []
    for at, heading in enumerate(headings, start=1):
        name = clean_line(heading)[:100] or f"column {at}"
        again = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)


def tidy_cell(cell: str) -> str:
    """Return a cell as clean text, without the apostrophe that keeps a spreadsheet from running it.

    Raises
    ------
    UploadError
        If it is longer than any text of the register could be.
    """
    if len(cell) > MAX_CELL:
        what = f"A cell that begins “{clean_line(cell[:40])}” has more than {MAX_CELL:,} characters."
        raise UploadError(what, todo="Shorten it, and check that every quotation mark is closed.")
    if cell.isascii() and cell.isprintable() and "  " not in cell and cell[:1] != "'":
        return cell.strip()
    is_guarded = len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA_START
    return clean_words(cell[1:] if is_guarded else cell)


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing: empty, “NA”, “Not known”, “[Unknown]”."""
    bare = text.strip()
    return bare.casefold() in _BLANKS or (bare.startswith("[") and bare.endswith("]"))


def _find_headings(lines: Sequence[Sequence[str]]) -> int | None:
    least = 2 if any(sum(map(bool, line)) > 1 for line in lines) else 1
    first = next((at for at, line in enumerate(lines) if sum(map(bool, line)) >= least), None)
    if first is None or _known(lines[first]):
        return first
    below = range(first + 1, min(first + _TITLES, len(lines)))
    return next((at for at in below if _known(lines[at]) >= _SEVERAL), first)


def _known(line: Sequence[str]) -> int:
    """Return how many fields a line has names of columns for; a cross in a cell is one too, so they must differ."""
    return len({field_names().get(plain_heading(cell), "") for cell in line} - {""})


def _pad(line: Sequence[str], width: int) -> list[str]:
    return [*line, *[""] * (width - len(line))]
