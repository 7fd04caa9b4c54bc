"""Community assets: what is published in the register, read from its database through DuckDB's own scanners.

The register is a database and no publisher's file: it is read where it is, at the moment of the build, and only the
columns that everyone may see.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from duckdb_extensions import import_extension

from etl.errors import SourceError
from etl.sources.spec import SourceSpec
from etl.statements import run_statement

SPEC = SourceSpec(
    source_id="register",
    title="The register of community assets",
    publisher="Those who look after this register",
    page="",
    licence="As each entry says",
    attribution="Community assets: the register kept with this service, by those who added and confirmed them",
    edition="As it was when this was put together",
    geography="Points",
    cadence="at once",
    files=(),
    expected_rows=0,
    is_required=False,
)
SQLITE = "sqlite:///"
TABLE = "published"
NOT_YET = "There is no register yet: nobody has added an asset."
NOT_READY = "The register has not been opened by this version of Common Ground yet. Serve it once, then load again."
EMPTY = "Nothing is published in the register yet."
CONNECT_S = 10


@dataclass(frozen=True)
class RegisterRead:
    """What came of reading the register.

    Parameters
    ----------
    rows
        How many assets were read; None when there is nothing to read, and `note` says why.
    """

    spec: SourceSpec
    rows: int | None
    retrieved_at: datetime | None
    note: str


def read_register(con: duckdb.DuckDBPyConnection, *, url: str) -> RegisterRead:
    """Stage what is published in the register at an address; where there is none yet, or nothing in it, a note says so.

    Raises
    ------
    SourceError
        If there is a register and it cannot be read: what is served keeps its assets until it can. Nothing of the
        address is said, for it may hold a password.
    """
    problem = _sqlite_problem(Path(url.removeprefix(SQLITE))) if url.startswith(SQLITE) else ""
    if not problem:
        problem = _stage(con, url=url)
    if problem:
        return RegisterRead(spec=SPEC, rows=None, retrieved_at=None, note=problem)
    rows = int(con.execute("SELECT count(*) FROM staged_asset").fetchall()[0][0])
    if not rows:
        return RegisterRead(spec=SPEC, rows=None, retrieved_at=None, note=EMPTY)
    now = datetime.now(UTC).replace(microsecond=0)
    spec = replace(SPEC, edition=f"As it was on {now.day} {now:%B %Y}")
    return RegisterRead(spec=spec, rows=rows, retrieved_at=now, note="")


def _stage(con: duckdb.DuckDBPyConnection, *, url: str) -> str:
    try:
        if url.startswith(SQLITE):
            _load_scanner(con, "sqlite_scanner")
            run_statement(con, "sources/register_sqlite", path=url.removeprefix(SQLITE), table_name=TABLE)
        else:
            _load_scanner(con, "postgres_scanner")
            run_statement(con, "sources/register_postgres", url=_in_time(url), table_name=TABLE)
    except (duckdb.CatalogException, duckdb.InvalidInputException):
        return NOT_READY
    except (duckdb.IOException, duckdb.BinderException) as error:
        raise _out_of_reach() from error
    return ""


def _in_time(url: str) -> str:
    """Return the address of a database that is not waited for longer than a few seconds."""
    if "connect_timeout" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}connect_timeout={CONNECT_S}"


def _out_of_reach() -> SourceError:
    what = "The register's database could not be read"
    todo = "Check that it runs, and COMMONGROUND_REGISTER_URL if that is set, then load again."
    return SourceError(what, source_id=SPEC.source_id, todo=todo)


def _load_scanner(con: duckdb.DuckDBPyConnection, extension: str) -> None:
    import_extension(extension, con=con)
    con.execute(f"LOAD {extension}")


def _sqlite_problem(path: Path) -> str:
    """Return why a register cannot be read, or nothing; the scanner itself would stop everything for a lost table."""
    if not path.is_file():
        return NOT_YET
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    except sqlite3.Error as error:
        raise _out_of_reach() from error
    return "" if found else NOT_READY
