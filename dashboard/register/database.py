"""The register's database: SQLite in WAL mode or PostgreSQL, opened, migrated, and read or written in transactions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import finalize

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL

from dashboard.register.errors import UnavailableError
from dashboard.register.refusing import refusals_said
from etl.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
_log = logging.getLogger(__name__)
_WRITES = "register_writes"
# How long one writer waits for another before it gives up, in milliseconds.
_BUSY_MS = 15_000
_MIGRATION_LOCK = 4_631_002
# How long PostgreSQL may be silent, in seconds (tcp_user_timeout in milliseconds): parameters of libpq.
_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# FULL: a write is on the disk before it is acknowledged. secure_delete: what is erased does not linger in free pages.
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    f"busy_timeout = {_BUSY_MS}",
    "secure_delete = ON",
    "cache_size = -64000",
)


class Database:
    """One open register.

    Parameters
    ----------
    url
        `sqlite:///path` or `postgresql://user@host/name`.
    """

    def __init__(self, url: str) -> None:
        self.url = _driver_url(url)
        if self.is_sqlite and self.url.database:
            _make_folder(self.file.parent)
        self.engine = create_engine(self.url, **({} if self.is_sqlite else _postgres_options(self.url)))
        if self.is_sqlite:
            _tame_sqlite(self.engine)
        # Whoever merely drops a register leaves no connection open behind it.
        finalize(self, self.engine.dispose)
        try:
            with refusals_said():
                self._migrate()
        except BaseException:
            self.close()
            raise

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file rather than a PostgreSQL database."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(str(self.url.database))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the register throughout."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with refusals_said(), self.engine.connect() as con, con.execution_options(**level).begin():
            yield con

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose writes all happen, safely on the disk, or none do."""
        with refusals_said(), self.engine.connect() as con, con.execution_options(**{_WRITES: True}).begin():
            yield con

    def run_outside(self, statement: str) -> None:
        """Run a statement of our own that cannot run in a transaction."""
        with refusals_said(), self.engine.connect() as con:
            con.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(statement)

    def revision(self) -> str:
        """Return the number of the newest migration."""
        return str(ScriptDirectory.from_config(_alembic()).get_current_head())

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    def _migrate(self) -> None:
        script = ScriptDirectory.from_config(_alembic())
        with self.engine.connect() as con:
            current = MigrationContext.configure(con).get_current_revision()
        if current == script.get_current_head():
            return
        if current is not None and current not in {step.revision for step in script.walk_revisions()}:
            what = "This register was written by a newer version of Common Ground."
            raise StorageError(what, todo="Use that version, or restore a backup made by this one.")
        with self._migrating() as con:
            command.upgrade(_alembic(con), "head")

    @contextmanager
    def _migrating(self) -> Iterator[Connection]:
        """Give a connection to migrate with, while no other process does."""
        if self.is_sqlite:
            with FileLock(f"{self.file}.migrating"), self.engine.connect() as con, con.begin():
                yield con
            return
        with self.engine.connect() as con, con.begin():
            con.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            yield con


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        # Anybody may come upon this, so it does not say where that is.
        _log.warning("the register's folder: %s", error)
        todo = "Whoever runs it: choose another place, or make room there."
        raise UnavailableError("The folder of the register cannot be made.", todo=todo) from error


def _driver_url(url: str) -> URL:
    made = make_url(url)
    is_postgres = made.get_backend_name() in {"postgresql", "postgres"}
    return made.set(drivername="postgresql+psycopg") if is_postgres else made


def _postgres_options(url: URL) -> dict[str, Any]:
    """Return how to connect: a server that does not answer is given up after seconds, unless the address says else."""
    waits = {name: value for name, value in _PATIENCE.items() if name not in url.query}
    return {"pool_pre_ping": True, "connect_args": waits}


def _alembic(con: Connection | None = None) -> Config:
    config = Config(attributes={"connection": con})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _tame_sqlite(engine: Engine) -> None:
    """Set every connection's pragmas, and begin transactions ourselves: the driver would begin them too late."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:  # noqa: ANN401
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(con: Connection) -> None:
        is_write = con.get_execution_options().get(_WRITES)
        con.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
