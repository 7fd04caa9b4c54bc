"""How well and how fast duplicates are found: F1 on labelled pairs, and 10,000 rows against 100,000 assets."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace

from dashboard.register.duplicates import DuplicateIndex
from dashboard.register.model import Asset, Contact
from dashboard.register.rules.places import complete_place
from tests.conftest import REAL_DATA
from tests.duplicate_pairs import labelled_pairs, read_lists, write_again


def measure_quality(*, seed: int) -> str:
    """Return precision, recall and F1 on the pairs of a seed."""
    pairs = labelled_pairs(REAL_DATA, seed=seed)
    found = [bool(DuplicateIndex([pair.right]).find([pair.left])) for pair in pairs]
    hits = sum(is_found and pair.is_same for is_found, pair in zip(found, pairs, strict=True))
    said, true = sum(found), sum(pair.is_same for pair in pairs)
    f1 = 2 * hits / (said + true)
    return f"seed {seed}: {len(pairs):,} pairs, precision {hits / said:.4f}, recall {hits / true:.4f}, F1 {f1:.4f}"


def spread(assets: list[Asset], *, count: int, rng: random.Random) -> list[Asset]:
    """Return many assets like the real ones, each moved to a place of its own as dense as real ones are."""
    placed = [asset for asset in assets if asset.place.easting is not None]
    return [_elsewhere(rng.choice(placed), at=at, rng=rng) for at in range(count)]


def _elsewhere(asset: Asset, *, at: int, rng: random.Random) -> Asset:
    shift = 3_000.0
    place = replace(
        asset.place,
        lon=None,
        lat=None,
        easting=(asset.place.easting or 0.0) + rng.gauss(0, shift),
        northing=(asset.place.northing or 0.0) + rng.gauss(0, shift),
        postcode=f"M{rng.randrange(1, 60)} {rng.randrange(10)}{rng.choice('ABDEFGHJLN')}{rng.choice('ABDEFGHJLN')}",
    )
    contacts = (Contact(phone=f"0{1_610_000_000 + at}"),) if asset.contacts else ()
    return replace(asset, name=f"{asset.name} {at % 977}", place=complete_place(place), contacts=contacts)


def measure_speed(*, known: int = 100_000, incoming: int = 10_000) -> str:
    """Return how long an import of rows takes to check, half of them known already."""
    rng = random.Random(7)  # noqa: S311
    assets = read_lists(REAL_DATA)
    register = spread(assets, count=known, rng=rng)
    rows = [write_again(one, rng=rng) for one in rng.sample(register, incoming // 2)]
    rows += spread(assets, count=incoming // 2, rng=rng)
    start, cpu = time.perf_counter(), time.process_time()
    index = DuplicateIndex(register)
    built = time.perf_counter()
    matches = index.find(rows)
    done = time.perf_counter()
    spent = time.process_time() - cpu
    one = time.perf_counter()
    index.find(rows[:1])
    typed = time.perf_counter() - one
    return (
        f"{incoming:,} rows against {known:,} assets: index {built - start:.1f} s, search {done - built:.1f} s "
        f"({spent:.1f} s of processor in all), "
        f"{len(matches):,} offered; one entry while typing {typed * 1000:.0f} ms"
    )


def main() -> None:
    """Print how well and how fast."""
    for seed in (1, 20, 21):
        sys.stdout.write(measure_quality(seed=seed) + "\n")
    sys.stdout.write(measure_speed() + "\n")
