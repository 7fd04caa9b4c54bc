"""Read entries and their versions from the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, func, select, type_coerce

from dashboard.register.actor import Actor
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.errors import NotFoundError
from dashboard.register.json_form import Json, asset_from_json, asset_to_json
from dashboard.register.model import UNVERSIONED_FIELDS, VERSIONED_FIELDS, Asset, Trust
from dashboard.register.rules.fields import is_asset_id
from dashboard.register.rules.permissions import Action, Subject, may
from dashboard.register.rules.redaction import is_shown_roughly, redact
from dashboard.register.rules.text import clean_line
from dashboard.register.store.desk import AnyRow, Work, subject_of
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version, published

IS_NEWEST = (asset_version.c.asset_key == asset_table.c.asset_key) & (
    asset_version.c.version == asset_table.c.latest_version
)
# Entries, each with the body of its newest version.
NEWEST = select(asset_table, asset_version.c.body).join(asset_version, IS_NEWEST)
# What everyone may see, each with the body of the version that they see.
SHOWN = (
    select(asset_table, asset_version.c.body)
    .join(published, published.c.asset_key == asset_table.c.asset_key)
    .join(
        asset_version,
        (asset_version.c.asset_key == asset_table.c.asset_key) & (asset_version.c.version == published.c.version),
    )
)


def read_row(con: Connection, asset_id: str, *, to_change: bool = False) -> AnyRow:
    """Return the row of an entry; `to_change` keeps others from changing it until the transaction ends.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    if not is_asset_id(asset_id):
        raise not_found(asset_id)
    statement = select(asset_table).where(asset_table.c.asset_id == asset_id)
    row = con.execute(statement.with_for_update() if to_change else statement).one_or_none()
    if row is None:
        raise not_found(asset_id)
    return row


def not_found(asset_id: str) -> NotFoundError:
    """Return the refusal for an entry that is not there, or not for this person: both sound the same."""
    todo = "It may have been withdrawn. Search for it by name."
    return NotFoundError(f"There is no entry “{clean_line(asset_id)[:100]}” that you can see.", todo=todo)


def open_to_see(work: Work, asset_id: str) -> tuple[AnyRow, Asset, Subject]:
    """Return an entry's row, newest version and subject, for somebody who may see it.

    Raises
    ------
    NotFoundError
        If there is none, or it is not shown and not theirs to see: both sound the same.
    """
    row = read_row(work.con, asset_id)
    latest = read_version(work.con, row, row.latest_version)
    subject = subject_of(work, row, asset=latest)
    require_seen(work, row, subject=subject)
    return row, latest, subject


def require_seen(work: Work, row: AnyRow, *, subject: Subject) -> None:
    """Refuse an entry that is not shown and not this actor's to see.

    Raises
    ------
    NotFoundError
        As for one that is not there.
    """
    if row.state != State.PUBLISHED and not may(work.actor, Action.SEE_UNPUBLISHED, subject=subject):
        raise not_found(row.asset_id)


def read_version(con: Connection, row: AnyRow, version: int) -> Asset:
    """Return one version of an entry, whole, with its id and its present trust.

    Raises
    ------
    NotFoundError
        If there is no such version.
    """
    statement = select(asset_version.c.body).where(
        asset_version.c.asset_key == row.asset_key, asset_version.c.version == version
    )
    # An address may name any number, and a database has only so many.
    body = con.scalar(statement) if 0 < version <= row.latest_version else None
    if body is None:
        raise NotFoundError(f"Entry “{row.asset_id}” has no version {version}.", todo="Choose one from its history.")
    return asset_of(row, body)


def asset_of(row: AnyRow, body: Json) -> Asset:
    """Return the asset of a version's body."""
    trust = Trust(confirmed_on=row.confirmed_on, confirmed_by=row.confirmed_by, next_check_due=row.next_check_due)
    return replace(asset_from_json(body), asset_id=row.asset_id, trust=trust)


def parts_of_body(names: Sequence[str], *, is_sqlite: bool) -> ColumnElement[Any]:
    """Return parts of a version's body as one JSON array; the database cuts them out faster than we do."""
    if is_sqlite:
        whole = type_coerce(asset_version.c.body, Text)
        return func.json_extract(whole, *(f"$.{name}" for name in names), type_=Text)
    return cast(func.json_build_array(*(asset_version.c.body[name] for name in names)), Text)


def body_of(asset: Asset) -> Json:
    """Return what a version keeps of an asset."""
    return {name: value for name, value in asset_to_json(asset).items() if name not in UNVERSIONED_FIELDS}


def differing_fields(one: Asset, other: Asset) -> tuple[str, ...]:
    """Return the fields in which two versions differ."""
    return tuple(name for name in VERSIONED_FIELDS if getattr(one, name) != getattr(other, name))


def entry_of(row: AnyRow, *, asset: Asset, version: int, merged_into: str = "") -> Entry:
    """Return an entry, whole."""
    return Entry(
        asset=asset,
        version=version,
        state=State(row.state),
        waiting=Waiting(row.waiting),
        published_version=row.published_version,
        created_at=row.created_at,
        changed_at=row.changed_at,
        note=row.note,
        merged_into=merged_into,
    )


def shown_entry(work: Work, asset_id: str, *, version: int | None = None) -> Entry:
    """Return an entry as this actor sees it, by default in its newest version."""
    row = read_row(work.con, asset_id)
    wanted = row.latest_version if version is None else version
    asset = read_version(work.con, row, wanted)
    subject = subject_of(work, row, asset=asset)
    shown = seen_by(work, row, asset=asset, version=wanted, subject=subject)
    entry = entry_of(row, asset=shown, version=wanted, merged_into=_id_of(work.con, row.merged_into_key))
    return without_note(entry, actor=work.actor, subject=subject)


def seen_by(
    work: Work,
    row: AnyRow,
    *,
    asset: Asset,
    version: int,
    subject: Subject,
    versions: Mapping[int, Asset] | None = None,
) -> Asset:
    """Return one version of an entry as this actor may see it.

    A group that asks for its place to be shown only roughly asks for it of earlier versions too.

    Parameters
    ----------
    versions
        All versions of the entry by number, when they are at hand; otherwise those that count are read.
    """
    present = {row.latest_version, row.published_version} - {None}
    now = (versions[one] if versions else read_version(work.con, row, one) for one in present)
    is_rough = version not in present and is_shown_roughly(*now)
    centroid = work.desk.centroid_of(asset)
    return redact(asset, actor=work.actor, subject=subject, centroid=centroid, is_rough=is_rough)


def without_note(entry: Entry, *, actor: Actor, subject: Subject) -> Entry:
    """Return an entry without the reviewer's question, for those who cannot answer it."""
    answers = subject.is_author or may(actor, Action.EDIT, subject=subject)
    return entry if answers else replace(entry, note="")


def _id_of(con: Connection, key: int | None) -> str:
    return con.scalar(select(asset_table.c.asset_id).where(asset_table.c.asset_key == key)) or "" if key else ""
