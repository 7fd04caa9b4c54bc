"""What an embedded list says of each entry, and whom it credits."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from dashboard.assets.hours_words import open_now_words
from dashboard.assets.view import ASSET
from dashboard.assets.words import AVAILABILITY, Naming, where_words
from dashboard.register.entry import Entry
from dashboard.register.model import Availability
from dashboard.register.query import Page
from dashboard.register.rules.freshness import freshness_words
from dashboard.register.rules.hours import UK_TIME
from dashboard.repository import Repository

Json = dict[str, Any]
ENTRY_PATH = "/assets"


def area_name(repository: Repository | None, code: str) -> str:
    """Return the name of an area, or its code where that is not known."""
    area = repository.area(code) if repository else None
    return area.name if area else code


def entry_row(entry: Entry, *, naming: Naming, now: datetime, root: str) -> Json:
    """Return what is said of an entry in a list.

    Parameters
    ----------
    root
        The path under which everything is served; most often empty.
    """
    asset = entry.asset
    takes = AVAILABILITY[asset.availability] if asset.availability is not Availability.UNKNOWN else ""
    return {
        "name": asset.name,
        "address": f"{root}{ENTRY_PATH}?{urlencode({ASSET: asset.asset_id})}",
        "kind": naming.taxonomy.name_of("kinds", asset.kind),
        "where": where_words(asset, naming=naming),
        "takes": takes,
        "hours": open_now_words(asset.opening_hours, moment=now),
        "offers": naming.terms("offers", asset.offers),
        "freshness": freshness_words(asset.trust, today=now.astimezone(UK_TIME).date()),
    }


def sources_of(found: Page) -> list[str]:
    """Return who is to be credited for what is shown, each once."""
    told = (
        f"{one.asset.source} ({one.asset.licence})" if one.asset.licence else one.asset.source for one in found.entries
    )
    return list(dict.fromkeys(filter(None, told)))
