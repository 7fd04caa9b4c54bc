"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")


def show_paging(items: Sequence[Item], *, per_page: int, key: str) -> Sequence[Item]:
    """Show a choice of pages where there is more than one, and return what is on the one that is open.

    When a list becomes longer or shorter by a page, it begins at its first page again.
    """
    pages = -(-len(items) // per_page)
    page = st.pagination(pages, key=f"{key}-{pages}", max_visible_pages=5) if pages > 1 else 1
    return items[(page - 1) * per_page : page * per_page]
