"""Find published entries: lists, points for the map, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.entry import Entry, State
from dashboard.register.model import Trust
from dashboard.register.query import Changes, Page, Point, Query
from dashboard.register.rules.fields import is_asset_id
from dashboard.register.rules.freshness import freshness_of
from dashboard.register.rules.permissions import Subject
from dashboard.register.rules.redaction import redact
from dashboard.register.store.desk import AnyRow, Desk, Work, owned_keys
from dashboard.register.store.filters import Filters
from dashboard.register.store.open_now import OpenHours
from dashboard.register.store.passing import passing_keys
from dashboard.register.store.plans import Condition, Plan, among, has_any, keys_in_order
from dashboard.register.store.rows import SHOWN, asset_of, entry_of, without_note
from dashboard.register.store.showing import CHANGE_COUNTER
from dashboard.register.store.standard_tags import AT_LOCATION, SERVICE
from dashboard.register.store.upsert import chunked
from dashboard.register.store.week_hours import WeekHours
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import counter, published

MOST_PER_PAGE = 1_000
# With more than this many, going through entries in their order is quicker than sorting those that pass.
_MANY = 5_000


class Finding:
    """What is published, for whoever asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open_hours = OpenHours()
        self._week_hours = WeekHours()

    def find(self, query: Query, *, actor: Actor) -> Page:
        """Return one page of the published entries that a query asks for, as this actor sees them."""
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            filters = self._filters(work, query)
            total, conditions = _passing(con, filters)
            is_sqlite = self._desk.database.is_sqlite
            wanted = keys_in_order(conditions, order=query.order, is_few=total <= _MANY, is_sqlite=is_sqlite)
            per_page = min(max(query.per_page, 1), MOST_PER_PAGE)
            keys = con.scalars(wanted.limit(per_page).offset((max(query.page, 1) - 1) * per_page)).all()
            return Page(entries=self._entries(work, keys), total=total)

    def find_all(self, query: Query, *, actor: Actor) -> tuple[Entry, ...]:
        """Return every published entry that a query asks for, whatever its page, as this actor sees them."""
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            conditions = self._filters(work, query).conditions(Plan.SEARCH)
            wanted = select(published.c.asset_key).where(*conditions)
            keys = con.scalars(wanted.order_by(published.c.sort_name, published.c.asset_key)).all()
            return self._entries(work, keys)

    def service(self, service_id: str) -> Entry | None:
        """Return a published entry, as everyone may see it, by its id as a service of the open standard."""
        if not is_asset_id(service_id):
            return None
        return self._known_as(service_id, facet=SERVICE) or self._published(asset_table.c.asset_id == service_id)

    def at_location(self, at_location_id: str) -> Entry | None:
        """Return a published entry by its id as a service at its location."""
        return self._known_as(at_location_id, facet=AT_LOCATION) if is_asset_id(at_location_id) else None

    def points(self, query: Query) -> list[Point]:
        """Return everything that a query asks for and that has a point, as everyone may see it."""
        today = self._desk.today()
        with self._desk.database.reading() as con:
            conditions = self._filters(Work(con, self._desk, THE_PUBLIC), query).conditions(Plan.SEARCH)
            columns = ("asset_id", "name", "kind", "offers", "availability", "lon", "lat", "confirmed_on")
            chosen = select(*(published.c[name] for name in columns), published.c.next_check_due)
            placed = chosen.where(*conditions, published.c.lon.is_not(None)).order_by(published.c.asset_key)
            return [
                Point(*row[:7], freshness_of(Trust(confirmed_on=row[7], next_check_due=row[8]), today=today))
                for row in con.execute(placed)
            ]

    def latest_change(self) -> int:
        """Return the number of the latest change: while it stays the same, so does everything that is found."""
        with self._desk.database.reading() as con:
            return _latest_change(con)

    def changed_since(self, number: int, *, most: int = 10_000) -> Changes:
        """Return what has changed since a number of change, oldest first; ask again while it is not complete."""
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, THE_PUBLIC)
            latest = _latest_change(con)
            statement = select(asset_table.c.asset_key, asset_table.c.asset_id, asset_table.c.state)
            after = statement.add_columns(asset_table.c.change_number).where(asset_table.c.change_number > number)
            rows = con.execute(after.order_by(asset_table.c.change_number, asset_table.c.asset_key)).all()
            upto = rows[most - 1].change_number if len(rows) > most else latest
            taken = [row for row in rows if row.change_number <= upto]
            shown = [row.asset_key for row in taken if row.state == State.PUBLISHED]
            gone = tuple(row.asset_id for row in taken if row.state != State.PUBLISHED)
            return Changes(number=upto, shown=self._entries(work, shown), gone=gone, is_complete=upto == latest)

    def _known_as(self, one: str, *, facet: str) -> Entry | None:
        return self._published(has_any(facet, (one,)))

    def _published(self, condition: Condition) -> Entry | None:
        with self._desk.database.reading() as con:
            wanted = select(published.c.asset_key).where(condition)
            joined = wanted.join(asset_table, asset_table.c.asset_key == published.c.asset_key)
            found = self._entries(Work(con, self._desk, THE_PUBLIC), con.scalars(joined.limit(1)).all())
            return found[0] if found else None

    def _filters(self, work: Work, query: Query) -> Filters:
        asked = query.open_at
        open_hours = self._open_hours.open_at(work.con, moment=asked) if asked else None
        times = query.narrowing.week
        return Filters(
            query=query,
            today=self._desk.today(),
            open_hours=open_hours,
            week_hours=self._week_hours.with_times(work.con, times=times) if times else None,
            is_sqlite=self._desk.database.is_sqlite,
        )

    def _entries(self, work: Work, keys: Sequence[int]) -> tuple[Entry, ...]:
        """Return published entries in the order of their keys, as this actor sees them."""
        owned = owned_keys(work.con, work.actor)
        found: dict[int, Entry] = {}
        for some in chunked(keys):
            for row in work.con.execute(SHOWN.where(published.c.asset_key.in_(some))):
                found[row.asset_key] = self._entry(work, row, is_owner=row.asset_key in owned)
        return tuple(found[key] for key in keys)

    def _entry(self, work: Work, row: AnyRow, *, is_owner: bool) -> Entry:
        asset = asset_of(row, row.body)
        subject = Subject(areas=self._desk.areas_of(asset), is_owner=is_owner)
        shown = redact(asset, actor=work.actor, subject=subject, centroid=self._desk.centroid_of(asset))
        entry = entry_of(row, asset=shown, version=row.published_version)
        return without_note(entry, actor=work.actor, subject=subject)


def _passing(con: Connection, filters: Filters) -> tuple[int, list[Condition]]:
    """Return how many published rows pass, and the conditions by which a page of them is found soonest."""
    sets = filters.key_sets()
    if sets:
        keys = passing_keys(con, sets)
        total = len(keys)
        if total <= _MANY:
            return total, [among(published.c.asset_key, keys.tolist(), is_sqlite=filters.is_sqlite)]
    else:
        counted = select(func.count()).select_from(published).where(*filters.conditions(Plan.COUNT))
        total = con.scalar(counted) or 0
    return total, filters.conditions(Plan.SEARCH if total <= _MANY else Plan.IN_ORDER)


def _latest_change(con: Connection) -> int:
    return con.scalar(select(counter.c.value).where(counter.c.name == CHANGE_COUNTER)) or 0
