"""Pages of lists, as the standard wraps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MOST_PER_PAGE = 500
DEFAULT_PER_PAGE = 50


def wrap_page(contents: Sequence[Any], *, page: int, per_page: int, total: int) -> dict[str, Any]:
    """Return a page that is already cut out of its list, in the standard's envelope; pages count from 1."""
    total_pages = -(-total // per_page)
    return {
        "total_items": total,
        "total_pages": total_pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= total_pages,
        "empty": not contents,
        "contents": list(contents),
    }


def cut_page(items: Sequence[Any], *, page: int, per_page: int) -> dict[str, Any]:
    """Return one page of a whole list in the standard's envelope."""
    start = (page - 1) * per_page
    return wrap_page(items[start : start + per_page], page=page, per_page=per_page, total=len(items))


def api_details(*, openapi_url: str, notice: str = "") -> dict[str, str]:
    """Return what the root of the API says about itself.

    Parameters
    ----------
    notice
        What everyone who takes the data must know; empty when there is nothing of that sort.
    """
    told = {
        "version": "HSDS-UK-3.0",
        "profile": "https://github.com/OpenReferralUK/uk-profile",
        "openapi_url": openapi_url,
    }
    return {**told, "notice": notice} if notice else told
