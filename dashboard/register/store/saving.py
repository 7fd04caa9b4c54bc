"""Write entries: check them, number their versions, and publish them or let them wait."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from dashboard.register.entry import State, Waiting
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.model import Asset, Place
from dashboard.register.rules.fields import asset_problems, trust_problems
from dashboard.register.rules.permissions import Action, Subject, may, publishes_at_once
from dashboard.register.rules.places import has_half_a_point, is_point_plausible
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.desk import AnyRow, Desk, Work, record_all
from dashboard.register.store.rows import body_of
from dashboard.register.store.showing import show
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version
from dashboard.register.taxonomy import Taxonomy

# Columns of an entry's row, by their names.
Values = dict[str, object]


def prepare(asset: Asset, *, desk: Desk, taxonomy: Taxonomy) -> Asset:
    """Return an asset tidied, checked, and with the LSOA it lies in.

    Raises
    ------
    InvalidEntryError
        With everything that is wrong.
    """
    tidied = tidy_asset(asset)
    require_valid(tidied, desk=desk, taxonomy=taxonomy)
    return place_assets([tidied], desk=desk)[0]


def place_assets(tidied: Sequence[Asset], *, desk: Desk) -> list[Asset]:
    """Return tidied assets with the LSOA each lies in, or the one that it names itself; all are asked for at once."""
    codes = desk.geography.lsoas_of([_point_of(one.place) for one in tidied])
    return [
        replace(one, place=replace(one.place, lsoa21_code=code or one.place.lsoa21_code))
        for one, code in zip(tidied, codes, strict=True)
    ]


def _point_of(place: Place) -> Place:
    """Return a place, or no place at all for one whose point cannot be."""
    return place if is_point_plausible(place) and not has_half_a_point(place) else Place()


def require_valid(tidied: Asset, *, desk: Desk, taxonomy: Taxonomy) -> None:
    """Refuse a tidied asset that breaks a rule.

    Raises
    ------
    InvalidEntryError
        With everything that is wrong.
    """
    problems = (*asset_problems(tidied, taxonomy=taxonomy), *trust_problems(tidied.trust, today=desk.today()))
    if problems:
        raise InvalidEntryError(problems)


def add_entries(work: Work, assets: Sequence[Asset], *, taxonomy: Taxonomy, submit: bool) -> list[str]:
    """Insert prepared assets, and publish those that need not wait.

    Returns
    -------
    asset_ids
        In the order of the assets.

    Raises
    ------
    InvalidEntryError
        If an asset brings an id that is taken.
    """
    _refuse_taken(work, [one.asset_id for one in assets if one.asset_id])
    named = [replace(one, asset_id=one.asset_id or str(uuid.uuid4())) for one in assets]
    states = [_first_state(work, one, submit=submit) for one in named]
    rows = [_new_row(work, one, state) for one, state in zip(named, states, strict=True)]
    inserted = insert(asset_table).returning(asset_table.c.asset_key, sort_by_parameter_order=True)
    keys = work.con.scalars(inserted, rows).all() if rows else []
    bodies = [{"asset_key": key, "version": 1, "body": body_of(one)} for key, one in zip(keys, named, strict=True)]
    if bodies:
        work.con.execute(insert(asset_version), bodies)
        record_all(work, "added", [{"asset_key": key, "version": 1} for key in keys])
    public = zip(keys, named, states, strict=True)
    shown = [(key, 1, one) for key, one, state in public if state is State.PUBLISHED]
    show(work, shown, taxonomy=taxonomy, are_new=True)
    return [one.asset_id for one in named]


def add_version(work: Work, row: AnyRow, asset: Asset, *, action: str, detail: dict[str, Any] | None = None) -> int:
    """Insert the next version of an entry and return its number; nothing else about the entry changes."""
    add_versions(work, [(row, asset)], action=action, detail=detail)
    return int(row.latest_version) + 1


def add_versions(
    work: Work, new: Sequence[tuple[AnyRow, Asset]], *, action: str, detail: dict[str, Any] | None = None
) -> None:
    """Insert the next version of each of some entries; nothing else about them changes."""
    if not new:
        return
    numbered = [{"asset_key": row.asset_key, "version": int(row.latest_version) + 1} for row, _ in new]
    bodies = [{**one, "body": body_of(asset)} for one, (_, asset) in zip(numbered, new, strict=True)]
    work.con.execute(insert(asset_version), bodies)
    change_rows(work, [
        (row, {"latest_version": one["version"], "source": asset.source, "source_ref": asset.source_ref})
        for one, (row, asset) in zip(numbered, new, strict=True)
    ])  # fmt: skip
    record_all(work, action, [{**one, "detail": detail} for one in numbered])


def publish_version(work: Work, row: AnyRow, *, version: int, asset: Asset, taxonomy: Taxonomy) -> None:
    """Make a version the one that everyone sees."""
    change_row(work, row, **when_published(version))
    if work.put_off is not None:
        work.put_off.append((row.asset_key, version, asset))
    else:
        show(work, [(row.asset_key, version, asset)], taxonomy=taxonomy)


def when_published(version: int) -> Values:
    """Return what becomes of an entry's row when a version of it is published."""
    return {"state": State.PUBLISHED, "waiting": Waiting.NOTHING, "published_version": version, "note": ""}


def change_row(work: Work, row: AnyRow, **values: object) -> None:
    """Change columns of an entry's row."""
    change_rows(work, [(row, values)])


def change_rows(work: Work, changes: Sequence[tuple[AnyRow, Values]]) -> None:
    """Change columns of the rows of several entries; those that change in the same columns go together."""
    now = work.desk.clock()
    alike: dict[tuple[str, ...], list[Values]] = {}
    for row, values in changes:
        plain = {name: str(value) if isinstance(value, State | Waiting) else value for name, value in values.items()}
        bound = {"key": row.asset_key} | {f"new_{name}": value for name, value in plain.items()}
        alike.setdefault(tuple(plain), []).append(bound)
    for names, rows in alike.items():
        to: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        changed = update(asset_table).where(asset_table.c.asset_key == bindparam("key"))
        work.con.execute(changed.values(changed_at=now, **to), rows)


def skips_the_queue(work: Work, *, before: Subject, after: Asset, has_waiting_edit: bool) -> bool:
    """Return whether a change is published at once: by the rights in the old areas and in the new ones."""
    subjects = (before, replace(before, areas=work.desk.areas_of(after)))
    return all(publishes_at_once(work.actor, subject=one, has_waiting_edit=has_waiting_edit) for one in subjects)


def _first_state(work: Work, asset: Asset, *, submit: bool) -> State:
    if not submit:
        return State.DRAFT
    subject = Subject(areas=work.desk.areas_of(asset), is_author=True)
    is_published = may(work.actor, Action.ADD) and publishes_at_once(
        work.actor, subject=subject, has_waiting_edit=False
    )
    return State.PUBLISHED if is_published else State.SUBMITTED


def _new_row(work: Work, asset: Asset, state: State) -> dict[str, Any]:
    now = work.desk.clock()
    return {
        "asset_id": asset.asset_id,
        "state": str(state),
        "waiting": str(Waiting.NOTHING),
        "latest_version": 1,
        "published_version": 1 if state is State.PUBLISHED else None,
        "note": "",
        "source": asset.source,
        "source_ref": asset.source_ref,
        "created_by": work.actor.actor_id,
        "created_at": now,
        "changed_at": now,
        "change_number": 0,
        "confirmed_on": asset.trust.confirmed_on,
        "confirmed_by": asset.trust.confirmed_by,
        "next_check_due": asset.trust.next_check_due,
    }


def _refuse_taken(work: Work, brought: Sequence[str]) -> None:
    taken = {asset_id for asset_id, times in Counter(brought).items() if times > 1}
    for some in chunked(brought):
        taken |= set(work.con.scalars(select(asset_table.c.asset_id).where(asset_table.c.asset_id.in_(some))))
    if taken:
        message = f"The id “{min(taken)}” is taken already. Edit that entry, or leave the id empty."
        raise InvalidEntryError((Problem("asset_id", message),))
