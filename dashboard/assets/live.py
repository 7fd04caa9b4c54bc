"""Every published asset in memory, in step with the register: the next question after a change sees it."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from dashboard.assets.table import AssetTable, make_table, renew_table
from dashboard.register.database import Database
from dashboard.register.register import Register
from dashboard.register.store.placed import read_placed


class LiveAssets:
    """The published assets of one register, read once and then brought up to date by what has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._table: AssetTable | None = None

    def table(self) -> AssetTable:
        """Return what is published now."""
        with self._lock:
            before = self._table
            news = read_placed(self._database, since=before.number if before is not None else None)
            if news is not None:
                whole = before is None or news.changed_keys is None
                self._table = make_table(news) if before is None or whole else renew_table(before, news)
            assert self._table is not None  # noqa: S101 - without a table, everything is news
            return self._table


@lru_cache(maxsize=4)
def _live(database: Database) -> LiveAssets:
    return LiveAssets(database)


def live_table(register: Register) -> AssetTable:
    """Return the published assets of a register as they are at this moment."""
    return _live(register.database).table()
