"""How fast lists, filters and searches of 100,000 entries are answered, beside reading them all and looking at each.

The peer is what a small service does that keeps its entries in memory: it goes through every one of them for each
question, sorts what passes, and writes one page of it. It is given the entries already read, and asks nothing of
postcodes. Both answer the same questions in the same run, with the same number of services in the end.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.exchange.open_referral.pages import wrap_page
from dashboard.register.exchange.open_referral.queries import as_register_query, read_query
from dashboard.register.exchange.open_referral.terms import term_id
from dashboard.register.exchange.open_referral.writing import write_listed_service
from dashboard.register.model import Asset
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.text import search_words, sort_key
from tests.bench.bench_duplicates import spread
from tests.conftest import REAL_DATA
from tests.duplicate_pairs import read_lists
from tests.postgres import each_database, let_tidy_up

KNOWN, ASKED = 100_000, 15
WORDS = ("library", "food", "church", "park", "dental", "school", "green", "st", "pharmacy")
Answer = Callable[[dict[str, str]], int]


def fill(register: Register) -> None:
    """Publish entries like the real lists', each at a place of its own."""
    rng = random.Random(7)  # noqa: S311
    assets = spread(read_lists(REAL_DATA), count=KNOWN, rng=rng)
    ready = [
        replace(one, source_ref=str(at), min_age=rng.choice((None, None, 5, 18, 60)), offers=_offers(rng))
        for at, one in enumerate(assets)
    ]
    for at in range(0, KNOWN, 10_000):
        register.entries.bring_in(ready[at : at + 10_000], actor=local_actor())
    let_tidy_up(register.database)


def _offers(rng: random.Random) -> tuple[str, ...]:
    return tuple(rng.sample(("free_wifi", "device_loan", "company", "food", "warm_space", "advice"), rng.randrange(3)))


def questions(rng: random.Random) -> dict[str, list[dict[str, str]]]:
    """Return the parameters of each sort of question."""
    terms = (term_id("kinds", "library"), term_id("offers", "device_loan"), term_id("offers", "free_wifi"))
    return {
        "list": [{"page": str(rng.randrange(1, 2_000))} for _ in range(ASKED)],
        "search": [{"search": rng.choice(WORDS)} for _ in range(ASKED)],
        "two words": [{"search": f"{rng.choice(WORDS)} {rng.choice(WORDS)}"} for _ in range(ASKED)],
        "term": [{"taxonomy_term_id": rng.choice(terms)} for _ in range(ASKED)],
        "ages": [{"minimum_age": str(rng.randrange(1, 70))} for _ in range(ASKED)],
        "search and term": [
            {"search": rng.choice(WORDS), "taxonomy_term_id": ",".join(rng.sample(terms, 2))} for _ in range(ASKED)
        ],
    }


def ask_register(register: Register) -> Answer:
    """Return what answers a question as the API does."""

    def answer(parameters: dict[str, str]) -> int:
        asked = read_query(parameters)
        query = as_register_query(asked, taxonomy=register.settings.taxonomy())
        page = register.finding.find(query, actor=THE_PUBLIC)
        contents = [write_listed_service(one.asset, changed_at=one.changed_at) for one in page.entries]
        return int(wrap_page(contents, page=asked.page, per_page=asked.per_page, total=page.total)["total_items"])

    return answer


def ask_each(assets: list[Asset]) -> Answer:
    """Return what answers a question by looking at each entry."""
    terms = [{term_id("kinds", one.kind), *(term_id("offers", offer) for offer in one.offers)} for one in assets]
    words = [search_words(_said(one)) for one in assets]

    def answer(parameters: dict[str, str]) -> int:
        asked = read_query(parameters)
        wanted = search_words(asked.search)
        passing = [
            asset
            for asset, held, said in zip(assets, terms, words, strict=True)
            if (asked.minimum_age is None or asset.min_age is None or asset.min_age >= asked.minimum_age)
            and (asked.term_ids is None or held & asked.term_ids)
            and all(any(one.startswith(word) for one in said) for word in wanted)
        ]
        passing.sort(key=lambda asset: sort_key(asset.name))
        start = (asked.page - 1) * asked.per_page
        contents = [write_listed_service(one) for one in passing[start : start + asked.per_page]]
        return int(wrap_page(contents, page=asked.page, per_page=asked.per_page, total=len(passing))["total_items"])

    return answer


def _said(asset: Asset) -> str:
    return " ".join([asset.name, asset.description, asset.organisation, *asset.place.address, asset.place.postcode])


def measure(answer: Answer, asked: list[dict[str, str]]) -> tuple[float, float, int]:
    """Return the median and 95th percentile in milliseconds, and how many services were found in all."""
    spent, found = [], 0
    for parameters in asked:
        start = time.perf_counter()
        found += answer(parameters)
        spent.append((time.perf_counter() - start) * 1e3)
    return float(np.median(spent)), float(np.percentile(spent, 95)), found


def main() -> None:
    """Print ours and the peer's times on each database."""
    for name, url in each_database():
        _measure_on(url, name=name)


def _measure_on(url: str, *, name: str) -> None:
    """Print both for every sort of question, and how many times as long the peer takes."""
    register = Register(url)
    fill(register)
    everything = [entry.asset for entry in register.finding.find_all(Query(), actor=THE_PUBLIC)]
    ours, peer = ask_register(register), ask_each(everything)
    ours({})
    for sort, asked in questions(random.Random(3)).items():  # noqa: S311
        (own_median, own_p95, own_found), (median, p95, found) = measure(ours, asked), measure(peer, asked)
        sys.stdout.write(
            f"{name}, {sort}: ours {own_median:.0f} ms, p95 {own_p95:.0f} ms ({own_found:,} found); looking at each "
            f"{median:.0f} ms, p95 {p95:.0f} ms ({found:,} found): {median / own_median:.0f} times\n"
        )
    register.close()


if __name__ == "__main__":
    main()
