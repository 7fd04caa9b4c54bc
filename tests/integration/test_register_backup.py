"""Backups are taken while the register serves, and what they hold comes back, in either database."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.backup import back_up
from dashboard.register.errors import RegisterError
from dashboard.register.integrity import find_faults
from dashboard.register.listed import Listed, Reference
from dashboard.register.piece import PieceDraft, Sort
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.restoring import restore
from dashboard.register.story import Consent, Story
from dashboard.register.tables import METADATA
from tests.postgres import PostgresServer
from tests.registers import GROUP, LUNCH_CLUB, NORTHTOWN, PARTNER, REVIEWER, TRUSTED

Rows = dict[str, list[tuple[object, ...]]]


def fill(register: Register) -> None:
    """Put something into every table of a register."""
    first, second = (register.entries.add(LUNCH_CLUB, actor=REVIEWER) for _ in range(2))
    asset_id = first.asset.asset_id
    register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=PARTNER, why="ü “quoted”")
    register.entries.confirm(asset_id, actor=TRUSTED)
    register.claims.redeem(register.claims.invite(asset_id, actor=REVIEWER, days=1).token, actor=GROUP)
    register.merging.merge(
        kept_id=second.asset.asset_id, other_id=asset_id, merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER
    )
    register.reports.say(second.asset.asset_id, words="Moved", sender="a")
    consent = Consent(recorded_by="Pat", recorded_on=date(2026, 3, 1))
    register.stories.add(Story(title="T", words="W", consent=consent, area_code=NORTHTOWN), actor=PARTNER)
    chess = replace(LUNCH_CLUB, name="Chess", source="list", source_ref="1", min_age=8, max_age=80)
    listed = Listed(source="list", adds=[(chess, Reference("list", "1", "x"))])
    register.imports.bring_in(listed, actor=REVIEWER)
    register.kept.save(PieceDraft(sort=Sort.PLAN, title="A plan", body={"hubs": [1.5, None]}), actor=PARTNER)


def everything(register: Register) -> Rows:
    with register.database.reading() as con:
        return {
            table.name: [tuple(row) for row in con.execute(select(table).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def open_empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Register]:
    """Return what opens a register with nothing in it, on each database in turn."""

    def opened() -> Register:
        if request.param == "sqlite":
            return Register(f"sqlite:///{tmp_path / 'restored.sqlite'}")
        server: PostgresServer = request.getfixturevalue("postgres")
        return Register(server.make(f"restored_{abs(hash(tmp_path))}", like="pattern"))

    return opened


def test_a_restored_backup_holds_every_row_in_either_database(
    register: Register, open_empty: Callable[[], Register], tmp_path: Path
) -> None:
    fill(register)
    file = back_up(register.database, file=tmp_path / "backups" / "register.jsonl.gz")
    restored = open_empty()
    assert restore(restored.database, file=file) > 20
    assert everything(restored) == everything(register)
    assert find_faults(restored.database) == ()
    assert restored.finding.find(Query(text="northtown lunch"), actor=THE_PUBLIC).total == 1
    added = restored.entries.add(replace(LUNCH_CLUB, name="Newer"), actor=REVIEWER)
    assert restored.history.read(added.asset.asset_id, actor=REVIEWER)[0].action == "added"
    with pytest.raises(RegisterError, match="holds entries already"):
        restore(restored.database, file=file)
    restored.close()


def test_a_backup_taken_while_people_write_is_of_one_moment(
    register: Register, open_empty: Callable[[], Register], tmp_path: Path
) -> None:
    fill(register)
    said: list[str] = []
    is_done = threading.Event()

    def write() -> None:
        while not is_done.is_set():
            said.append(register.entries.add(LUNCH_CLUB, actor=TRUSTED).asset.asset_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        before: list[str] = []
        for number in range(3):
            before = list(said)
            file = back_up(register.database, file=tmp_path / f"{number}.jsonl.gz")
    finally:
        is_done.set()
        writer.join()
    restored = open_empty()
    restore(restored.database, file=file)
    held = {one.asset_id for one in restored.finding.points(Query())}
    # Whatever was acknowledged before the backup began is in it, and nothing that was never written.
    assert set(before) <= held
    assert held <= {one.asset_id for one in register.finding.points(Query())}
    assert find_faults(restored.database) == ()
    restored.close()


def test_a_broken_backup_is_refused_and_leaves_the_register_empty(register: Register, tmp_path: Path) -> None:
    fill(register)
    file = back_up(register.database, file=tmp_path / "whole.jsonl.gz")
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    broken = {
        "cut": gzip.compress(b"".join(lines[:-3])),
        "torn": file.read_bytes()[:-20],
        "other": gzip.compress(b'{"format": "another"}\n'),
        "text": b"not a backup",
        "empty": b"",
    }
    empty = Register(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RegisterError, match="not a whole backup"):
            restore(empty.database, file=tmp_path / name)
    with pytest.raises(RegisterError, match="not a whole backup"):
        restore(empty.database, file=tmp_path / "missing")
    assert empty.finding.find(Query(), actor=THE_PUBLIC).total == 0
    empty.close()


def before_ages(lines: Sequence[bytes]) -> Iterator[bytes]:
    """Give lines of a backup as they were when ages were tags."""
    more = 0
    for said in map(json.loads, lines):
        if "end" in said:
            said["end"] += more
        ages = (
            {name: said["row"].pop(name) for name in ("min_age", "max_age")} if said.get("table") == "published" else {}
        )
        yield json.dumps(said).encode() + b"\n"
        for name, age in ages.items():
            if age is not None:
                more += 1
                row = {"facet": name, "value": str(age), "asset_key": said["row"]["asset_key"]}
                yield json.dumps({"table": "asset_tag", "row": row}).encode() + b"\n"


def test_a_backup_of_the_version_before_is_understood_and_one_of_a_newer_version_is_left_alone(
    register: Register, open_empty: Callable[[], Register], tmp_path: Path
) -> None:
    fill(register)
    lines = gzip.decompress(back_up(register.database, file=tmp_path / "now.gz").read_bytes()).splitlines(keepends=True)
    for name, revision in (("before", "r0006"), ("newer", "r9999"), ("ancient", "r0001")):
        head = lines[0].replace(b"r0008", revision.encode())
        (tmp_path / name).write_bytes(gzip.compress(b"".join([head, *before_ages(lines[1:])])))
    restored = open_empty()
    with pytest.raises(RegisterError, match="newer version"):
        restore(restored.database, file=tmp_path / "newer")
    with pytest.raises(RegisterError, match="not a whole backup"):
        restore(restored.database, file=tmp_path / "ancient")
    restore(restored.database, file=tmp_path / "before")
    assert everything(restored) == everything(register)
    restored.close()


def test_faults_are_found_and_said(register: Register) -> None:
    entry = register.entries.add(LUNCH_CLUB, actor=REVIEWER)
    with register.database.writing() as con:
        con.execute(text("DELETE FROM asset_tag"))
        con.execute(text("DELETE FROM published"))
    faults = find_faults(register.database)
    assert "1 published entries that nobody can find." in faults
    with register.database.writing() as con:
        con.execute(text("UPDATE asset SET latest_version = 9"))
        con.execute(text("DELETE FROM event"))
    said = " ".join(find_faults(register.database))
    assert "newest version is missing" in said
    assert "without a record of who added them" in said
    assert entry.version == 1
