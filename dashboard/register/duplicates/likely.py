"""Entries that may be the one that somebody is typing: looked for around its place and under its name."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.register.actor import Actor
from dashboard.register.duplicates.blocking import NEAR_M
from dashboard.register.duplicates.index import DuplicateIndex
from dashboard.register.entry import Entry, State
from dashboard.register.model import Asset
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.text import search_words

MOST = 5
# So many around one point are compared; more stand only in the middle of a large city.
MOST_NEAR = 300
_FEWEST_LETTERS = 4
_FEW = 20
# A degree of latitude in metres, and one of longitude in the north of England, where it is shortest.
_METRES_PER_LAT, _METRES_PER_LON = 111_000.0, 62_000.0


@dataclass(frozen=True, kw_only=True)
class Likely:
    """An entry that may be the same.

    Parameters
    ----------
    is_sure
        Whether the comparison says that it is likely; otherwise only its name has the same words.
    """

    entry: Entry
    reasons: tuple[str, ...]
    is_sure: bool


def find_likely(register: Register, asset: Asset, *, actor: Actor) -> tuple[Likely, ...]:
    """Return the entries that this person can see and that may be the asset, the likeliest first.

    Parameters
    ----------
    asset
        Tidied; whatever of it has been typed so far. An entry with its id is left out.
    """
    found = {entry.asset.asset_id: entry for entry in _around(register, asset, actor)}
    found.pop(asset.asset_id, None)
    entries = list(found.values())
    matches = DuplicateIndex([one.asset for one in entries]).find([asset]) if asset.name and entries else []
    sure = [Likely(entry=entries[one.other], reasons=one.reasons, is_sure=True) for one in matches]
    known = {one.entry.asset.asset_id for one in sure} | {asset.asset_id}
    named = [one for one in _named_alike(register, asset, actor) if one.entry.asset.asset_id not in known]
    return tuple([*sure, *named][:MOST])


def _around(register: Register, asset: Asset, actor: Actor) -> list[Entry]:
    place, find = asset.place, register.finding.find
    mine = register.queues.unfinished(actor=actor, most=MOST_NEAR)
    found = [one for one in mine if one.state in (State.DRAFT, State.SUBMITTED)]
    if place.lon is not None and place.lat is not None:
        lon, lat = NEAR_M / _METRES_PER_LON, NEAR_M / _METRES_PER_LAT
        box = (place.lon - lon, place.lat - lat, place.lon + lon, place.lat + lat)
        found += find(Query(bbox=box, per_page=MOST_NEAR), actor=actor).entries
    if place.postcode:
        found += find(Query(text=place.postcode, per_page=MOST_NEAR), actor=actor).entries
    return found


def _named_alike(register: Register, asset: Asset, actor: Actor) -> list[Likely]:
    words = set(search_words(asset.name))
    if asset.place.is_known or sum(map(len, words)) < _FEWEST_LETTERS:
        return []
    found = register.finding.find(Query(text=asset.name, per_page=_FEW), actor=actor)
    alike = [one for one in found.entries if words <= set(search_words(one.asset.name))]
    return [Likely(entry=one, reasons=("The same words are in its name.",), is_sure=False) for one in alike[:3]]
