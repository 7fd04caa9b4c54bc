"""Add and edit many entries in one transaction that somebody else has begun."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.register.model import Asset
from dashboard.register.progress import AT_ONCE, Progress, say_nothing
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.desk import Work, on_many, owned_keys
from dashboard.register.store.editing import Edit, edit_entries
from dashboard.register.store.saving import add_entries, place_assets, require_valid
from dashboard.register.store.upsert import chunked
from dashboard.register.taxonomy import Taxonomy


def add_and_edit(
    work: Work,
    adds: Sequence[Asset],
    edits: Sequence[tuple[Asset, int]],
    *,
    taxonomy: Taxonomy,
    progress: Progress = say_nothing,
) -> tuple[list[str], list[str]]:
    """Add assets, and edit others, each another one, from the versions that they started from.

    Parameters
    ----------
    progress
        Told how many are written, of how many.

    Returns
    -------
    added_ids, changed_ids
        An edit that changes nothing is not among the changed.

    Raises
    ------
    RegisterError
        If any of it is refused; then none of it may be kept.
    """
    work, of = on_many(work), len(adds) + len(edits)
    progress(0, of)
    # Geography is asked for all of them at once: it takes nearly as long for a few.
    placed = place_assets([tidy_asset(one) for one in (*adds, *(one for one, _ in edits))], desk=work.desk)
    added, changed = list[str](), list[str]()
    for new in chunked(placed[: len(adds)], at_once=AT_ONCE):
        for one in new:
            require_valid(one, desk=work.desk, taxonomy=taxonomy)
        added += add_entries(work, new, taxonomy=taxonomy, submit=True)
        progress(len(added), of)
    owned, looked_at = owned_keys(work.con, work.actor), len(added)
    judged = [Edit(one, there, base) for (one, base), there in zip(edits, placed[len(adds) :], strict=True)]
    for some in chunked(judged, at_once=AT_ONCE):
        changed += edit_entries(work, some, submit=True, taxonomy=taxonomy, owned=owned)
        looked_at += len(some)
        progress(looked_at, of)
    return added, changed
