"""The demo's own register, filled once with the made-up assets of the demo, so that its pages are not empty."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from dashboard.register.actor import Actor, Role
from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision, Trust
from dashboard.register.register import Register
from dashboard.register.rules.freshness import confirm_trust
from dashboard.register.store.placed import has_entries

ASSETS_FILE = Path("assets") / "community_assets.csv"
LICENCE = "Made up for the demo"
CONFIRMED_BY = "Demo Council for Voluntary Service"
_WRITER = Actor(actor_id="demo", name="The demo", roles=frozenset({Role.PARTNER, Role.REVIEWER}), is_trusted=True)

Row = Mapping[str, str]


def fill_demo_register(register: Register, *, demo: Path) -> int:
    """Publish the made-up assets of the written demo in its register, if that holds nothing yet.

    Parameters
    ----------
    demo
        The folder into which the demo was written (`Settings.demo_dir`); it may be gone.

    Returns
    -------
    published
        How many were.
    """
    file = demo / ASSETS_FILE
    if not file.is_file():
        return 0
    with FileLock(f"{register.database.file}.filling"):
        if has_entries(register.database):
            return 0
        assets = list(read_demo_assets(file, today=datetime.now(UTC).date()))
        register.entries.bring_in(assets, actor=_WRITER, why="Made up for the demo")
        return len(assets)


def read_demo_assets(file: Path, *, today: date) -> Iterator[Asset]:
    """Read the made-up assets, with their days moved so that the newest was confirmed today.

    The file's days never change, and would all be stale in a year.
    """
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    days = [date.fromisoformat(row["confirmed_on"]) for row in rows if row["confirmed_on"]]
    moved = today - max(days, default=today)
    return (_asset_of(row, moved=moved) for row in rows)


def _asset_of(row: Row, *, moved: timedelta) -> Asset:
    return Asset(
        asset_id=row["asset_id"],
        name=row["name"],
        kind=row["kind"],
        description=row["description"],
        offers=_ids(row["offers"]),
        audiences=_ids(row["audiences"]),
        referral=_ids(row["referral"]),
        availability=Availability(row["state"]),
        meets=_ids(row["meets"]),
        opening_hours=row["opening_hours"],
        accessibility=_ids(row["accessibility"]),
        is_free=True if row["is_free"] else None,
        website=row["website"],
        contacts=(Contact(phone=row["phone"], audience=Audience.PUBLIC),) if row["phone"] else (),
        organisation=row["organisation"],
        organisation_sort=row["organisation_sort"],
        place=_place_of(row),
        source="Demo",
        source_ref=row["asset_id"],
        licence=LICENCE,
        trust=_trust_of(row, moved=moved),
    )


def _place_of(row: Row) -> Place:
    known = Place(precision=Precision.EXACT, postcode=row["postcode"], address=(row["address"],))
    if not row["lon"]:
        return known
    precision = Precision.ROUGH if row["is_approximate"] == "yes" else Precision.EXACT
    return replace(known, precision=precision, lon=float(row["lon"]), lat=float(row["lat"]))


def _trust_of(row: Row, *, moved: timedelta) -> Trust:
    if not row["confirmed_on"]:
        return Trust()
    on = date.fromisoformat(row["confirmed_on"]) + moved
    return confirm_trust(on=on, by=row["organisation"] or CONFIRMED_BY)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))
