"""Records in which every payload stands in every field of text once, as in a Latin square: few records, every pair."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TypeVar

from dashboard.register.model import Asset, Contact, Place, Precision, Trust
from dashboard.register.rules.fields import asset_problems, trust_problems
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.taxonomy import FACET_OF_FIELD, read_taxonomy
from tests.payloads import read_payloads
from tests.text_fields import Path, text_at, text_fields, with_text

Record = TypeVar("Record")
TODAY = date(2026, 3, 4)
TAXONOMY = read_taxonomy()
PAYLOADS = read_payloads()
# Valid, and with something in every list, so that there is a place for a payload in it.
FILLED = Asset(
    name="Hall",
    kind="library",
    **{  # type: ignore[arg-type]
        name: (TAXONOMY.choices(FACET_OF_FIELD[name])[0].term_id,)
        for name in ("offers", "audiences", "referral", "meets", "languages", "accessibility")
    },
    service_areas=("E08000001",),
    contacts=(Contact(name="Desk"),),
    place=Place(precision=Precision.EXACT, lon=-2.2, lat=53.4, address=("1 High Street",)),
    trust=Trust(confirmed_on=date(2026, 1, 2)),
)


def squares(record: Record) -> Iterator[tuple[Record, dict[Path, str]]]:
    """Give a record once for each payload, with another one in every field, and which stands where."""
    paths = list(text_fields(type(record)))
    for at in range(len(PAYLOADS)):
        typed = {path: PAYLOADS[(at + way) % len(PAYLOADS)] for way, path in enumerate(paths)}
        made = record
        for path, payload in typed.items():
            made = with_text(made, path, payload)
        yield made, typed


def is_refused(asset: Asset, path: Path) -> bool:
    """Return whether the register refuses what stands in a field of a tidied asset."""
    problems = (*asset_problems(asset, taxonomy=TAXONOMY), *trust_problems(asset.trust, today=TODAY))
    named = {problem.field.replace("[0]", "") for problem in problems}
    return bool(named & {".".join(path), path[0]})


def storable_assets() -> list[Asset]:
    """Return valid, tidied assets that hold every payload in every field that takes it."""
    return list(_storable_assets())


@cache
def _storable_assets() -> tuple[Asset, ...]:
    paths = list(text_fields(Asset))
    made = []
    for at, (hostile, _) in enumerate(squares(FILLED)):
        tidied = tidy_asset(hostile)
        kept = tidy_asset(FILLED)
        for path in paths:
            text = text_at(tidied, path)
            if text and not is_refused(tidy_asset(with_text(FILLED, path, text)), path):
                kept = with_text(kept, path, text)
        made.append(tidy_asset(with_text(kept, ("asset_id",), f"a{at}")))
    return tuple(made)
