"""Whatever bytes come, reading ends in rows or in a refusal that a person can act on, never in a traceback."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from tests.reading_cases import HEADER, ROWS, read_rows, spell

TABLE = spell([HEADER, *ROWS]).encode()


def is_read_or_refused(content: bytes, name: str = "table.csv") -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        refusal: SourceError | None = None
        rows: list[tuple[object, ...]] = []
        try:
            rows = read_rows(path)
        except SourceError as error:
            refusal = error
    if refusal is None:
        assert len(rows) == 3
    else:
        assert "source tried" in str(refusal)
        assert refusal.todo


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    is_read_or_refused(content)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_under_good_headings_are_read_or_refused(content: bytes) -> None:
    is_read_or_refused(spell([HEADER]).encode() + content)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(TABLE) - 1), st.binary(min_size=1, max_size=6))
def test_a_table_with_some_bytes_overwritten_is_read_or_refused(place: int, content: bytes) -> None:
    is_read_or_refused(TABLE[:place] + content + TABLE[place + len(content) :])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), max_size=6))
def test_any_cells_under_good_headings_are_read_or_refused(rows: list[list[str]]) -> None:
    is_read_or_refused(spell([HEADER, *rows]).encode("utf-8", errors="replace"))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 60), st.integers(0, 255))
def test_a_damaged_gzip_is_read_or_refused(place: int, byte: int) -> None:
    whole = bytearray(gzip.compress(TABLE))
    whole[place % len(whole)] = byte
    is_read_or_refused(bytes(whole), name="table.csv.gz")
