"""How fast the list of 100,000 entries is narrowed by each filter and by several at once, in each order and deep in it.

The peer is what a small service does that keeps its entries in memory: it goes through every one of them for each
question and sorts what passes. Both answer the same questions in the same run, with the same number found. It is not
asked what it has no quick answer to: words, opening hours and distance.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.model import Asset, Availability, Trust
from dashboard.register.narrowing import Narrowing, Near
from dashboard.register.query import Order, Query
from dashboard.register.register import Register
from dashboard.register.rules.freshness import Freshness, confirm_trust, freshness_of
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.rules.text import sort_key
from tests.bench.bench_duplicates import spread
from tests.bench.many_assets import HOURS, SaidPlaces
from tests.conftest import REAL_DATA
from tests.duplicate_pairs import read_lists
from tests.postgres import each_database, let_tidy_up

KNOWN, AT_ONCE, ASKED = 100_000, 10_000, 20
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 11, 30, tzinfo=UK_TIME)
DISTRICTS = 300
AGES = (None, None, 5, 18, 60)
WORDS = ("library", "food", "church", "park", "dental", "school", "green", "st", "pharmacy")
KINDS = ("dentist", "sport_and_green", "library", "employment")
FACETS = {
    "offers": ("free_wifi", "device_loan", "company", "food", "warm_space", "advice"),
    "audiences": ("everyone", "older_people", "families", "carers"),
    "referral": ("self", "gp", "link_worker"),
    "meets": ("in_person", "phone", "online"),
    "accessibility": ("step_free", "toilets", "hearing_loop"),
    "languages": ("en", "ur", "pl"),
}
Answer = Callable[[Query], int]


class Districts(SaidPlaces):
    """Takes every entry at its word; each neighbourhood lies in a district, and each district in a county."""

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        """Return the neighbourhood, and what it lies in."""
        number = int(lsoa21_code[1:] or 0) % DISTRICTS
        return frozenset({lsoa21_code, f"E08{number:06}", f"E10{number // 10:06}", f"E54{number // 7:06}"} - {""})


def fill(register: Register) -> None:
    """Publish entries like the real lists', each at a place of its own and with something said in every field."""
    rng = random.Random(7)  # noqa: S311
    ready = [_told(one, at=at, rng=rng) for at, one in enumerate(spread(read_lists(REAL_DATA), count=KNOWN, rng=rng))]
    for at in range(0, KNOWN, AT_ONCE):
        register.entries.bring_in(ready[at : at + AT_ONCE], actor=local_actor())
    let_tidy_up(register.database)


def _told(asset: Asset, *, at: int, rng: random.Random) -> Asset:
    on = TODAY - timedelta(days=rng.randrange(700))

    def told(name: str) -> tuple[str, ...]:
        return tuple(rng.sample(FACETS[name], rng.randrange(len(FACETS[name]))))

    return replace(
        asset,
        offers=told("offers"),
        audiences=told("audiences"),
        referral=told("referral"),
        meets=told("meets"),
        accessibility=told("accessibility"),
        languages=told("languages"),
        source_ref=str(at),
        min_age=rng.choice(AGES),
        is_free=rng.choice((True, False, None)),
        availability=rng.choice(list(Availability)),
        opening_hours=rng.choice(HOURS),
        place=replace(asset.place, lsoa21_code=f"E01{rng.randrange(9_000):06}"),
        trust=rng.choice((Trust(), confirm_trust(on=on, by="Council"))),
    )


def questions(rng: random.Random) -> dict[str, list[Query]]:
    """Return some of each sort of question."""

    def some(ask: Callable[[], Query]) -> list[Query]:
        return [ask() for _ in range(ASKED)]

    def near(within_m: float) -> Near:
        return Near(lon=rng.uniform(-2.6, -1.9), lat=rng.uniform(53.3, 53.7), within_m=within_m)

    def one(name: str) -> tuple[str]:
        return (rng.choice(FACETS[name]),)

    def district() -> tuple[str]:
        return (f"E08{rng.randrange(DISTRICTS):06}",)

    def ages() -> Narrowing:
        return Narrowing(min_age=rng.randrange(1, 70), max_age=rng.randrange(1, 120))

    def six(choose: Callable[[str], tuple[str, ...]]) -> Query:
        return Query(
            offers=choose("offers"), audiences=choose("audiences"), referral=choose("referral"),
            meets=choose("meets"), accessibility=choose("accessibility"), languages=choose("languages"),
        )  # fmt: skip

    return {
        "nothing": some(Query),
        "a page deep in the list": some(lambda: Query(page=rng.randrange(500, 2_000))),
        "stalest first": some(lambda: Query(order=Order.STALEST)),
        "stalest first, deep": some(lambda: Query(order=Order.STALEST, page=rng.randrange(500, 2_000))),
        "a kind": some(lambda: Query(kinds=("library",))),
        "offer": some(lambda: Query(offers=one("offers"))),
        "way to come": some(lambda: Query(referral=one("referral"))),
        "language": some(lambda: Query(languages=one("languages"))),
        "district": some(lambda: Query(areas=district())),
        "can take people": some(lambda: Query(availability=(Availability.OPEN,))),
        "free": some(lambda: Query(is_free=True)),
        "freshness": some(lambda: Query(freshness=(rng.choice(list(Freshness)),))),
        "open now": some(lambda: Query(open_at=NOW)),
        "youngest age": some(lambda: Query(narrowing=Narrowing(min_age=rng.randrange(1, 70)))),
        "both ages": some(lambda: Query(narrowing=ages())),
        "a word": some(lambda: Query(text=rng.choice(WORDS))),
        "within 2 km": some(lambda: Query(narrowing=Narrowing(near=near(2_000)))),
        "within 50 km": some(lambda: Query(narrowing=Narrowing(near=near(50_000)))),
        "offer, way to come and free": some(
            lambda: Query(offers=one("offers"), referral=one("referral"), is_free=True)
        ),
        "the same, deep": some(
            lambda: Query(offers=one("offers"), referral=one("referral"), is_free=True, page=rng.randrange(50, 200))
        ),
        "the same, stalest first": some(
            lambda: Query(offers=one("offers"), referral=one("referral"), is_free=True, order=Order.STALEST)
        ),
        "all six choices": some(lambda: six(FACETS.__getitem__)),
        "six choices, one each": some(lambda: six(one)),
        "word, kind, district and ages": some(
            lambda: Query(text=rng.choice(WORDS), kinds=("library",), areas=district(), narrowing=ages())
        ),
        "offer and ages": some(lambda: Query(offers=one("offers"), narrowing=ages())),
        "every kind and open now": some(lambda: Query(kinds=KINDS, open_at=NOW)),
        "two kinds": some(lambda: Query(kinds=KINDS[:2])),
        "kind, offer and open now": some(lambda: Query(kinds=("library", "food"), offers=one("offers"), open_at=NOW)),
        "open now, fresh and can take people": some(
            lambda: Query(open_at=NOW, freshness=(Freshness.FRESH,), availability=(Availability.OPEN,))
        ),
        "word, offer, free and open now": some(
            lambda: Query(text=rng.choice(WORDS), offers=one("offers"), is_free=True, open_at=NOW)
        ),
        "within 10 km, offer and ages": some(
            lambda: Query(offers=one("offers"), narrowing=replace(ages(), near=near(10_000)))
        ),
        "two words, stalest first": some(
            lambda: Query(text=f"{rng.choice(WORDS)} {rng.choice(WORDS)}", order=Order.STALEST)
        ),
        "what nobody has": some(lambda: Query(text="zzz", offers=one("offers"))),
    }


def ask_register(register: Register) -> Answer:
    """Return what answers a question as the page does."""
    return lambda query: register.finding.find(query, actor=THE_PUBLIC).total


def ask_each(assets: Sequence[Asset], areas: Callable[[str], frozenset[str]]) -> Answer:
    """Return what answers a question by looking at each entry."""
    held = [(one, areas(one.place.lsoa21_code)) for one in assets]

    def answer(query: Query) -> int:
        passing = [one for one, within in held if _passes(one, within, query)]
        passing.sort(key=lambda one: sort_key(one.name))
        return len(passing)

    return answer


def can_be_asked(query: Query) -> bool:
    """Return whether the peer has an answer to a question."""
    return not (query.text or query.open_at or query.narrowing.near)


def _passes(asset: Asset, within: frozenset[str], query: Query) -> bool:
    ages = query.narrowing
    # An entry with free Wi-Fi or a device to borrow has digital help too, which nobody asks for here.
    return (
        (not query.kinds or asset.kind in query.kinds)
        and all(not (asked := getattr(query, name)) or set(asked) & set(getattr(asset, name)) for name in FACETS)
        and (not query.areas or bool(within & set(query.areas)))
        and (not query.availability or asset.availability in query.availability)
        and (not query.is_free or asset.is_free is True)
        and (not query.freshness or freshness_of(asset.trust, today=TODAY) in query.freshness)
        and (ages.min_age is None or asset.min_age is None or asset.min_age >= ages.min_age)
        and (ages.max_age is None or asset.max_age is None or asset.max_age <= ages.max_age)
    )


def measure(answer: Answer, asked: Sequence[Query]) -> tuple[float, float, float, int]:
    """Return median and 95th percentile by the clock, and mean of the processor, in ms, and how many were found."""
    spent, found = [], 0
    processor = time.process_time()
    for query in asked:
        start = time.perf_counter()
        found += answer(query)
        spent.append((time.perf_counter() - start) * 1e3)
    own = (time.process_time() - processor) * 1e3 / len(asked)
    return float(np.median(spent)), float(np.percentile(spent, 95)), own, found


def main() -> None:
    """Print ours on each database beside the peer."""
    for name, url in each_database():
        _measure_on(url, name=name)


def _measure_on(url: str, *, name: str) -> None:
    register = Register(url, geography=Districts(), clock=lambda: NOW)
    fill(register)
    compare(register, name=name)
    register.close()


def compare(register: Register, *, name: str) -> None:
    """Print both for every sort of question, and how many times as long the peer takes."""
    everything = [entry.asset for entry in register.finding.find_all(Query(), actor=THE_PUBLIC)]
    ours, peer = ask_register(register), ask_each(everything, Districts().areas_of)
    ours(Query())
    for sort, asked in questions(random.Random(3)).items():  # noqa: S311
        median, p95, own, found = measure(ours, asked)
        line = f"{name}, {sort}: {median:.0f} ms, p95 {p95:.0f} ms (of it {own:.0f} ms our own), {found:,} found"
        if can_be_asked(asked[0]):
            each, _, _, as_many = measure(peer, asked[:3])
            sys.stdout.write(f"{line}; looking at each {each:.0f} ms: {each / median:.0f} times\n")
            if as_many != sum(map(ours, asked[:3])):
                sys.stdout.write(f"  they differ: {as_many:,}\n")
        else:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
