"""Add and edit many entries in one transaction that somebody else has begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.register.model import Asset
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.desk import Work
from dashboard.register.store.editing import edit_entry
from dashboard.register.store.saving import add_entries, place_assets, prepare_all
from dashboard.register.store.showing import show
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
    # What everyone sees is laid out once for all edits: for one by one it takes as long as all the rest.
    edit_work = replace(work, put_off=[])
    changed = [
        one.asset_id
        for one, (_, base_version) in zip(placed, edits, strict=True)
        if edit_entry(edit_work, one, base_version=base_version, submit=True, taxonomy=taxonomy, is_placed=True)
    ]
    show(work, edit_work.put_off or (), taxonomy=taxonomy)
    return added, changed
