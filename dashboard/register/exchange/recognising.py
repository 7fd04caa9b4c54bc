"""Rows that are not known by their list: our own exports that come back, and what may be an entry of another list."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.register.duplicates import DuplicateIndex, Match
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.plan import Compared, Holdings, LikelyDuplicate, PlannedDuplicate
from dashboard.register.exchange.told import PROVENANCE, changed_fields, with_told
from dashboard.register.model import Asset
from dashboard.register.progress import Progress
from etl.garbage import garbage_put_off

# So many rows are looked up between two reports of progress.
_AT_ONCE = 1_000


def split_returned(fresh: Sequence[Draft], *, holdings: Holdings) -> tuple[list[Draft], list[Draft]]:
    """Return the rows of our own exports that say of an entry what it says still, and all others."""
    own = holdings.of_ids({draft.asset.source_ref for draft in fresh})
    returned: list[Draft] = []
    others: list[Draft] = []
    for draft in fresh:
        is_returned = any(_says_the_same(draft, one) for one in own.get(draft.asset.source_ref, ()))
        (returned if is_returned else others).append(draft)
    return returned, others


def _says_the_same(draft: Draft, known: Asset) -> bool:
    return not changed_fields(known, with_told(known, brought=draft.asset, told=draft.told - PROVENANCE))


def split_duplicates(
    fresh: Sequence[Draft], *, holdings: Holdings, progress: Progress
) -> tuple[list[Draft], list[PlannedDuplicate]]:
    """Return the rows to add, and those that may be an entry already, with the entries that they may be."""
    with garbage_put_off():
        compared = holdings.compared() if fresh else Compared((), ())
        index = DuplicateIndex.of_traits(compared.traits)
    likely: dict[int, list[tuple[int, Match]]] = {}
    for start in range(0, len(fresh), _AT_ONCE):
        some = fresh[start : start + _AT_ONCE]
        for match in index.find([draft.asset for draft in some]):
            likely.setdefault(start + match.at, []).append((compared.keys[match.other], match))
        progress(start + len(some), len(fresh))
    known = holdings.known({key for found in likely.values() for key, _ in found})
    duplicates = [
        PlannedDuplicate(
            draft=fresh[at],
            likely=tuple(
                LikelyDuplicate(known=known[key], probability=match.probability, reasons=match.reasons)
                for key, match in found
            ),
        )
        for at, found in sorted(likely.items())
    ]
    return [draft for at, draft in enumerate(fresh) if at not in likely], duplicates
