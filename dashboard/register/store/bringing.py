"""Add and edit many entries in one transaction that somebody else has begun."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.register.model import Asset
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.desk import Work
from dashboard.register.store.editing import edit_entry
from dashboard.register.store.saving import add_entries, place_assets, prepare_all
from dashboard.register.taxonomy import Taxonomy


def add_and_edit(
    work: Work, adds: Sequence[Asset], edits: Sequence[tuple[Asset, int]], *, taxonomy: Taxonomy
) -> tuple[list[str], list[str]]:
    """Add assets, and edit others from the versions that they started from.

    Returns
    -------
    added_ids, changed_ids
        An edit that changes nothing is not among the changed.

    Raises
    ------
    RegisterError
        If any of it is refused; then none of it may be kept.
    """
    prepared = prepare_all(adds, desk=work.desk, taxonomy=taxonomy)
    added = add_entries(work, prepared, taxonomy=taxonomy, submit=True)
    placed = place_assets([tidy_asset(one) for one, _ in edits], desk=work.desk)
    changed = [
        one.asset_id
        for one, (_, base_version) in zip(placed, edits, strict=True)
        if edit_entry(work, one, base_version=base_version, submit=True, taxonomy=taxonomy, is_placed=True)
    ]
    return added, changed
