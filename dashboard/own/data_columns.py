"""What the columns of a table that an analyst brings are: codes of which kind of place, and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.own.data_cells import GEOGRAPHIES, Geography, is_code, is_left_out, number_of, tidy_code
from dashboard.own.data_reading import Uploaded
from dashboard.words import count, first_few

# So much of a column must look like a code or a number for it to be offered as one.
MOSTLY = 0.8
SAMPLE = 1_000


@dataclass(frozen=True)
class CodeColumn:
    """A column that holds codes: its heading, and of what they are."""

    heading: str
    geography: Geography


@dataclass(frozen=True)
class Recognised:
    """What the columns of a table look like: which hold codes, the likeliest first, and which hold numbers."""

    codes: tuple[CodeColumn, ...]
    numbers: tuple[str, ...]


def recognise(table: Uploaded) -> Recognised | None:
    """Return which columns hold codes, of what, and which hold numbers; None when no column holds codes."""
    found: list[tuple[float, CodeColumn]] = []
    for heading in table.headings:
        sample = [text for text in table.column(heading)[:SAMPLE] if text]
        for geography in GEOGRAPHIES:
            share = sum(is_code(text, geography=geography) for text in sample) / len(sample) if sample else 0.0
            if share >= MOSTLY:
                found.append((share, CodeColumn(heading, geography)))
    if not found:
        return None
    codes = tuple(column for _, column in sorted(found, key=lambda one: -one[0]))
    hold_codes = {column.heading for column in codes}
    numbers = tuple(name for name in table.headings if name not in hold_codes and _is_numbers(table.column(name)))
    return Recognised(codes, numbers)


def tidy_codes(texts: Sequence[str], *, geography: Geography) -> list[str]:
    """Return codes as they are kept; empty where a cell holds none."""
    return [tidy_code(text, geography=geography) for text in texts]


def part_places(table: Uploaded, column: CodeColumn) -> tuple[Uploaded, str]:
    """Return the rows that hold a code, and a note on the others: totals, larger areas, footnotes; empty for none."""
    holds_code = [is_code(text, geography=column.geography) for text in table.column(column.heading)]
    lost = [number for number, is_kept in zip(table.rows, holds_code, strict=True) if not is_kept]
    if not lost:
        return table, ""
    what = f"no code of the kind “{GEOGRAPHIES[column.geography]}”"
    if len(lost) == 1:
        return table.only(holds_code), f"Row {lost[0]:,} holds {what}, and was left out."
    first = first_few([count(number) for number in lost])
    return table.only(holds_code), f"{count(len(lost))} rows hold {what}, and were left out: rows {first}."


def _is_numbers(texts: Sequence[str]) -> bool:
    sample = [text for text in texts[:SAMPLE] if not is_left_out(text)]
    return bool(sample) and sum(number_of(text) is not None for text in sample) / len(sample) >= MOSTLY
