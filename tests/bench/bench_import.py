"""How long it takes to bring 10,000 rows into a register of 100,000 entries, duplicates checked, beside plain tools.

Run as `python -m tests.bench import`; places are looked up in the snapshot that COMMONGROUND_HOME serves. The peers do
less: pandas joins rows to entries of one postcode or of one square of 500 m and rapidfuzz compares their names, with no
telephone, website, kind or reasons; and the bare sqlite3 module writes the rows as JSON, with no versions, history,
search or checks.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import pandas as pd
from rapidfuzz import fuzz, process

from dashboard.geography import SnapshotGeography
from dashboard.register.actor import local_actor
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.incoming import read_incoming
from dashboard.register.exchange.planning import make_plan
from dashboard.register.exchange.tables_out import Format, write_assets
from dashboard.register.json_form import asset_to_json
from dashboard.register.model import Asset
from dashboard.register.register import Register
from etl.settings import read_settings
from tests.bench.bench_duplicates import spread
from tests.conftest import REAL_DATA
from tests.duplicate_pairs import read_lists, write_again

KNOWN, INCOMING, AT_ONCE = 100_000, 10_000, 10_000
TARGET_S = 20.0
ALIKE, SQUARE_M = 85.0, 500.0
Answer = TypeVar("Answer")


class Spent(NamedTuple):
    """Seconds by the clock, and of the processor: on a busy machine these tell more."""

    seconds: float
    processor_s: float


def main() -> None:
    """Print how long each step takes, and the same work by plain tools as a ratio."""
    settings = read_settings(os.environ)
    rng = random.Random(7)  # noqa: S311
    known = spread(read_lists(REAL_DATA), count=KNOWN, rng=rng)
    rows = [write_again(one, rng=rng) for one in rng.sample(known, INCOMING // 2)]
    rows += spread(read_lists(REAL_DATA), count=INCOMING // 2, rng=rng)
    with TemporaryDirectory() as folder:
        register = Register(f"sqlite:///{folder}/register.sqlite", geography=SnapshotGeography(settings))
        _say(f"{KNOWN:,} entries brought in", _timed(lambda: _fill(register, known))[0])
        ours = _import(register, rows, geography=SnapshotGeography(settings))
        register.close()
        peer_duplicates = _timed(lambda: _compare_names(known, rows))[0]
        peer_write = _timed(lambda: _write_json(Path(folder) / "plain.sqlite", rows[INCOMING // 2 :]))[0]
    whole = _sum(ours.values())
    _say(f"the whole import (target {TARGET_S:.0f} s)", whole)
    for step, peer, what in (
        ("plan", peer_duplicates, "compares names alone"),
        ("write", peer_write, "writes bare JSON"),
    ):
        _say(f"the peer {what}: our {step} takes {ours[step].processor_s / peer.processor_s:.1f} times as long", peer)


def _fill(register: Register, assets: Sequence[Asset]) -> None:
    for start in range(0, len(assets), AT_ONCE):
        register.entries.bring_in(assets[start : start + AT_ONCE], actor=local_actor(), why="bench")


def _import(register: Register, rows: Sequence[Asset], *, geography: SnapshotGeography) -> dict[str, Spent]:
    """Bring in a CSV file as the page does, and return how long each step took."""
    me, taxonomy = local_actor(), register.settings.taxonomy()
    content = write_assets(rows, form=Format.CSV)
    read, incoming = _timed(lambda: read_incoming(content, file_name="list.csv"))
    choices = incoming.propose(taxonomy=taxonomy, source="bench list")
    check, drafts = _timed(lambda: incoming.drafts(choices, taxonomy=taxonomy, gazetteer=geography))
    planned, plan = _timed(lambda: make_plan(drafts, holdings=register.holdings(actor=me)))
    write, done = _timed(lambda: apply_plan(plan, writer=register.imports, actor=me, why="bench"))
    steps = {"read": read, "check": check, "plan": planned, "write": write}
    sys.stdout.write(f"{plan.summary} {len(done.added_ids):,} written.\n")
    for name, spent in steps.items():
        _say(name, spent)
    return steps


def _sum(parts: Iterable[Spent]) -> Spent:
    seconds, processor = zip(*parts, strict=True)
    return Spent(sum(seconds), sum(processor))


def _compare_names(known: Sequence[Asset], rows: Sequence[Asset]) -> int:
    """Return how many pairs of one postcode, or of one square, have names that are alike."""
    left, right = _frame(rows), _frame(known)
    pairs = pd.concat([left.merge(right, on="postcode"), left.merge(right, on=["x", "y"])])
    pairs = pairs.drop_duplicates(["at_x", "at_y"])
    scores = process.cpdist(pairs["name_x"].tolist(), pairs["name_y"].tolist(), scorer=fuzz.token_set_ratio)
    return int((scores >= ALIKE).sum())


def _frame(assets: Sequence[Asset]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "at": range(len(assets)),
            "name": [one.name for one in assets],
            "postcode": [one.place.postcode or f"none {at}" for at, one in enumerate(assets)],
            "x": [_square(one.place.easting, at) for at, one in enumerate(assets)],
            "y": [_square(one.place.northing, at) for at, one in enumerate(assets)],
        }
    )


def _square(metres: float | None, at: int) -> int:
    return -at if metres is None else int(metres // SQUARE_M)


def _write_json(path: Path, rows: Sequence[Asset]) -> None:
    with closing(sqlite3.connect(path)) as con, con:
        con.execute("CREATE TABLE asset (body TEXT)")
        con.executemany("INSERT INTO asset VALUES (?)", [(json.dumps(asset_to_json(one)),) for one in rows])


def _timed(act: Callable[[], Answer]) -> tuple[Spent, Answer]:
    start, processor = time.perf_counter(), time.process_time()
    answer = act()
    return Spent(time.perf_counter() - start, time.process_time() - processor), answer


def _say(what: str, spent: Spent) -> None:
    sys.stdout.write(f"{spent.seconds:7.2f} s ({spent.processor_s:6.2f} s of processor)  {what}\n")
    sys.stdout.flush()
