"""The pages of the ranked list hold every row once, wherever the chosen place makes them begin."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.find.place_list import PAGE_SIZE, rows_of_page


@given(total=st.integers(PAGE_SIZE + 1, 2000), shift=st.integers(0, PAGE_SIZE - 1))
def test_every_row_is_on_exactly_one_page(total: int, shift: int) -> None:
    pages = math.ceil((total - shift) / PAGE_SIZE) + (1 if shift else 0)
    rows = [row for page in range(1, pages + 1) for row in range(*rows_of_page(page, shift=shift)) if row < total]
    assert rows == list(range(total))


@given(row=st.integers(2, 40_000))
def test_a_page_can_begin_two_rows_above_any_place(row: int) -> None:
    shift = (row - 2) % PAGE_SIZE
    page = (row - 2) // PAGE_SIZE + (2 if shift else 1)
    assert rows_of_page(page, shift=shift)[0] == row - 2
