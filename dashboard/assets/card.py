"""What is said of an asset in a few words, where it is pointed at on a map: only what everyone may see."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from dashboard.assets.hours_words import open_now_words
from dashboard.assets.view import ASSET
from dashboard.assets.words import AVAILABILITY, Naming
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.model import Asset, Availability, Precision
from dashboard.register.register import Register
from dashboard.register.rules.freshness import Freshness, freshness_of, freshness_words
from dashboard.register.rules.hours import UK_TIME

ENTRY_PAGE = "/assets"
ROUGH = "Its place is shown only roughly: the middle of its neighbourhood."


def card_of(register: Register, *, asset_id: str) -> dict[str, object]:
    """Return an entry's name, kind, a few lines about it, and the address of its page; all of it plain text.

    Raises
    ------
    NotFoundError
        If it is not published.
    """
    asset = register.entries.get(asset_id, actor=THE_PUBLIC).asset
    now, naming = datetime.now(UK_TIME), Naming(taxonomy=register.settings.taxonomy(), area_name=str)
    is_fresh = freshness_of(asset.trust, today=now.date()) is Freshness.FRESH
    return {
        "id": asset.asset_id,
        "name": asset.name,
        "kind": naming.terms("kind", (asset.kind,)),
        "lines": [line for line in _lines(asset, naming=naming, now=now) if line[1]],
        "fades": not is_fresh,
        "address": f"{ENTRY_PAGE}?{urlencode({ASSET: asset.asset_id})}",
    }


def _lines(asset: Asset, *, naming: Naming, now: datetime) -> list[tuple[str, str]]:
    said = AVAILABILITY[asset.availability] if asset.availability is not Availability.UNKNOWN else ""
    return [
        ("Offers", naming.terms("offers", asset.offers)),
        ("How to come to it", naming.terms("referral", asset.referral)),
        ("Taking people", said),
        ("Open", open_now_words(asset.opening_hours, moment=now)),
        ("Checked", freshness_words(asset.trust, today=now.date())),
        ("Place", ROUGH if asset.place.precision is Precision.ROUGH else ""),
    ]
