"""Keep the published tables in step: what everyone may find, laid out for finding it fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.model import Asset
from dashboard.register.rules.redaction import redact
from dashboard.register.rules.text import search_words, sort_key
from dashboard.register.store.desk import Work
from dashboard.register.store.standard_tags import standard_tags
from dashboard.register.store.upsert import chunked, insert_missing
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_tag, counter, hours, published
from dashboard.register.taxonomy import Taxonomy

TAGGED_LISTS = ("offers", "audiences", "referral", "meets", "accessibility", "languages")
CHANGE_COUNTER = "change"
# Raised whenever what is published is laid out in another way, so that it is laid out anew.
LAYOUT = 2
_LONGEST_SORT_NAME = 400


def show(work: Work, assets: Sequence[tuple[int, int, Asset]], *, taxonomy: Taxonomy, are_new: bool = False) -> None:
    """Publish versions: (key, version, asset) each; what was shown of them before, unless new, is replaced."""
    if not assets:
        return
    if not are_new:
        _drop(work.con, [key for key, _, _ in assets])
    hours_ids = _hours_ids(work.con, {asset.opening_hours for _, _, asset in assets} - {""})
    shown = [(key, version, _as_public(work, asset)) for key, version, asset in assets]
    rows = [_row(key, version, asset, hours_ids, taxonomy) for key, version, asset in shown]
    work.con.execute(insert(published), rows)
    tags = [tag for key, _, asset in shown for tag in _tags(work, key, asset, taxonomy)]
    if tags:
        work.con.execute(insert(asset_tag), tags)
    if work.con.dialect.name == "sqlite":
        words = text("INSERT INTO published_words (rowid, words) VALUES (:asset_key, :words)")
        work.con.execute(words, [{"asset_key": row["asset_key"], "words": row["words"]} for row in rows])
    number_changes(work.con, [key for key, _, _ in assets])


def hide(work: Work, keys: Sequence[int]) -> None:
    """Take entries out of what everyone may find."""
    _drop(work.con, keys)
    number_changes(work.con, keys)


def number_changes(con: Connection, keys: Sequence[int]) -> None:
    """Give every key the next number of change, so that a reader can ask for what came after."""
    raised = update(counter).where(counter.c.name == CHANGE_COUNTER).values(value=counter.c.value + 1)
    number = con.scalar(raised.returning(counter.c.value))
    for some in chunked(keys):
        con.execute(update(asset_table).where(asset_table.c.asset_key.in_(some)).values(change_number=number))


def _drop(con: Connection, keys: Sequence[int]) -> None:
    bound = [{"key": key} for key in keys]
    if con.dialect.name == "sqlite":
        con.execute(text("DELETE FROM published_words WHERE rowid = :key"), bound)
    con.execute(delete(asset_tag).where(asset_tag.c.asset_key == bindparam("key")), bound)
    con.execute(delete(published).where(published.c.asset_key == bindparam("key")), bound)


def _as_public(work: Work, asset: Asset) -> Asset:
    return redact(asset, actor=THE_PUBLIC, centroid=work.desk.centroid_of(asset))


def _row(key: int, version: int, asset: Asset, hours_ids: dict[str, int], taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "asset_key": key,
        "asset_id": asset.asset_id,
        "version": version,
        "name": asset.name,
        "sort_name": sort_key(asset.name)[:_LONGEST_SORT_NAME],
        "kind": asset.kind,
        "offers": ";".join(taxonomy.widen("offers", asset.offers)),
        "availability": str(asset.availability),
        "lon": asset.place.lon,
        "lat": asset.place.lat,
        "lsoa21_code": asset.place.lsoa21_code,
        "hours_id": hours_ids.get(asset.opening_hours),
        "confirmed_on": asset.trust.confirmed_on,
        "next_check_due": asset.trust.next_check_due,
        "words": " ".join(search_words(_said(asset, taxonomy))),
        "min_age": asset.min_age,
        "max_age": asset.max_age,
    }


def _said(asset: Asset, taxonomy: Taxonomy) -> str:
    """Return everything public that a person may search an asset by."""
    terms = [taxonomy.name_of("kinds", asset.kind), *(taxonomy.name_of("offers", one) for one in asset.offers)]
    lines = [asset.name, asset.organisation, *terms, *asset.place.address, asset.place.postcode]
    lines += [asset.place.postcode.replace(" ", ""), asset.service_area_words, asset.audience_words, asset.description]
    return " ".join(lines)


def _tags(work: Work, key: int, asset: Asset, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    facets: dict[str, Iterable[str]] = {name: taxonomy.widen(name, getattr(asset, name)) for name in TAGGED_LISTS}
    facets["area"] = sorted(work.desk.areas_of(asset))
    facets["organisation_sort"] = (asset.organisation_sort,) if asset.organisation_sort else ()
    facets["free"] = ("yes",) if asset.is_free else ()
    facets |= standard_tags(asset)
    return [{"facet": facet, "value": one, "asset_key": key} for facet, held in facets.items() for one in held]


def _hours_ids(con: Connection, texts: set[str]) -> dict[str, int]:
    wanted = sorted(texts)
    insert_missing(con, hours, [{"osm": one} for one in wanted])
    found: dict[str, int] = {}
    for some in chunked(wanted):
        rows = con.execute(select(hours.c.osm, hours.c.hours_id).where(hours.c.osm.in_(some)))
        found |= {row.osm: row.hours_id for row in rows}
    return found
