"""What is compared of every entry that may be a duplicate: read without the rest of it, for it is most of the work."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from dashboard.register.duplicates.traits import Traits, traits_of_json
from dashboard.register.entry import OVER, State
from dashboard.register.model import Precision
from dashboard.register.store.rows import IS_NEWEST, parts_of_body
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version

_PARTS = ("name", "kind", "website", "place", "contacts")


def read_compared(
    con: Connection, *, is_sqlite: bool, keys: Collection[int] | None = None
) -> list[tuple[int, Traits, bool]]:
    """Return key and traits of each entry that is neither archived nor withdrawn, in its newest version, by key.

    Parameters
    ----------
    keys
        Of the entries that are wanted; all of them when none are given.

    Returns
    -------
    held
        The third of each says whether it is published at its exact place, so that every partner may see all of it.
    """
    columns = (asset_table.c.asset_key, asset_table.c.state, parts_of_body(_PARTS, is_sqlite=is_sqlite))
    chosen = select(*columns).join(asset_version, IS_NEWEST).where(asset_table.c.state.not_in(OVER))
    ordered = chosen.order_by(asset_table.c.asset_key)
    parts = [] if keys is None else [asset_table.c.asset_key.in_(some) for some in chunked(sorted(keys))]
    statements = [ordered] if keys is None else [ordered.where(part) for part in parts]
    held = []
    for key, state, text in (row for statement in statements for row in con.execute(statement)):
        name, kind, website, place, contacts = json.loads(text)
        is_plain = state == State.PUBLISHED and place["precision"] != Precision.ROUGH
        held.append((key, traits_of_json(name, kind, website, place, contacts), is_plain))
    return held
