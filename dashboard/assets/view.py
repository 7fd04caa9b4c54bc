"""What a person looks for on the Assets page, kept in the address so that a link shows a colleague the same.

Pure: query parameters in, a frozen dataclass out, and back. Whatever is not a usable value is left out, so that an old
or mistyped link still opens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from dashboard.register.model import Availability
from dashboard.register.query import Query
from dashboard.register.rules.freshness import Freshness
from dashboard.register.rules.text import clean_line
from dashboard.register.taxonomy import ID_PATTERN
from dashboard.state import AREA_CODE, read_code

PER_PAGE = 20
LONGEST_TEXT = 200
ASSET = "asset"
_LARGEST_PAGE = 100_000
_YES = "yes"


@dataclass(frozen=True)
class AssetView:
    """What the list shows.

    Parameters
    ----------
    text
        Words to search for.
    kinds, offers, audiences, referral
        Ids of the taxonomy; any of them will do.
    availability, freshness
        Whether it can take people now, and how far an entry can be relied on; any of them will do.
    area
        Code of the area that it lies in or serves; empty for everywhere.
    is_open_now, is_free
        Whether only what is open at this moment, or free, is listed.
    page
        Counted from 1.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    referral: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    freshness: tuple[str, ...] = ()
    area: str = ""
    is_open_now: bool = False
    is_free: bool = False
    page: int = 1

    def changed(self, **changes: object) -> AssetView:
        """Return this view with some of its parts changed; at the first page, unless the page is what changed."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]

    def query(self, *, now: datetime) -> Query:
        """Return what the register is asked."""
        return Query(
            text=self.text,
            kinds=self.kinds,
            offers=self.offers,
            audiences=self.audiences,
            referral=self.referral,
            availability=self.availability,
            freshness=tuple(Freshness(one) for one in self.freshness),
            areas=(self.area,) if self.area else (),
            is_free=self.is_free,
            open_at=now if self.is_open_now else None,
            page=self.page,
            per_page=PER_PAGE,
        )


# The name of each part in the address: short, and in plain words.
PARAMETERS: dict[str, str] = {
    "text": "q",
    "kinds": "kind",
    "offers": "offer",
    "audiences": "for",
    "referral": "referral",
    "availability": "takes",
    "freshness": "checked",
    "area": "within",
    "is_open_now": "open",
    "is_free": "free",
    "page": "page",
}
_ALLOWED: dict[str, frozenset[str]] = {
    "availability": frozenset(Availability) - {Availability.UNKNOWN},
    "freshness": frozenset(Freshness),
}


def read_asset_view(query: Mapping[str, str]) -> AssetView:
    """Return the view that query parameters ask for."""
    given = {name: query.get(parameter, "") for name, parameter in PARAMETERS.items()}
    return AssetView(
        text=given["text"][:LONGEST_TEXT],
        kinds=_ids(given["kinds"]),
        offers=_ids(given["offers"]),
        audiences=_ids(given["audiences"]),
        referral=_ids(given["referral"]),
        availability=_known("availability", given["availability"]),
        freshness=_known("freshness", given["freshness"]),
        area=read_code(given["area"]) if AREA_CODE.fullmatch(read_code(given["area"])) else "",
        is_open_now=given["is_open_now"] == _YES,
        is_free=given["is_free"] == _YES,
        page=_page(given["page"]),
    )


def write_asset_view(view: AssetView) -> dict[str, str]:
    """Return the query parameters of a view; what is at its default is left out, so that links stay short."""
    default, written = AssetView(), {}
    for field in fields(AssetView):
        value = getattr(view, field.name)
        if value != getattr(default, field.name):
            written[PARAMETERS[field.name]] = _as_text(value)
    return written


def read_asset_id(query: Mapping[str, str]) -> str:
    """Return the id of the one entry that an address names, or nothing."""
    return clean_line(query.get(ASSET, "")[:100])


def _as_text(value: object) -> str:
    if value is True:
        return _YES
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in text.split(",") if ID_PATTERN.fullmatch(one)))


def _known(part: str, text: str) -> tuple[str, ...]:
    return tuple(one for one in _ids(text) if one in _ALLOWED[part])


def _page(text: str) -> int:
    is_number = re.fullmatch(r"[0-9]{1,6}", text)
    return min(max(int(text), 1), _LARGEST_PAGE) if is_number else 1
