"""Two people changed one entry: what each wrote, field by field, and the entry that comes of choosing; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from dashboard.register.errors import ConflictError
from dashboard.register.json_form import asset_to_json
from dashboard.register.model import Asset
from dashboard.register.rules.tidying import tidy_asset


class Choice(StrEnum):
    """Whose version of a field is kept."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field that differs, as JSON values.

    Parameters
    ----------
    offered
        The side that changed it when only one did; none when both did, and somebody must choose.
    """

    field: str
    mine: Any
    theirs: Any
    before: Any
    offered: Choice | None


def differences(conflict: ConflictError) -> tuple[Difference, ...]:
    """Return the fields that differ between the two, in the order of the record."""
    mine = asset_to_json(tidy_asset(conflict.mine))
    theirs, before = asset_to_json(conflict.theirs), asset_to_json(conflict.base)
    return tuple(
        Difference(
            field=name,
            mine=mine[name],
            theirs=theirs[name],
            before=before[name],
            offered=_offered(mine[name], theirs[name], before[name]),
        )
        for name in conflict.differing
        if mine[name] != theirs[name]
    )


def settle(conflict: ConflictError, choices: Mapping[str, Choice]) -> Asset:
    """Return the entry with each differing field as chosen; what neither showed as different is theirs."""
    kept = {name: getattr(conflict.mine, name) for name, choice in choices.items() if choice is Choice.MINE}
    return replace(conflict.theirs, **kept)


def _offered(mine: Any, theirs: Any, before: Any) -> Choice | None:  # noqa: ANN401
    if mine == before:
        return Choice.THEIRS
    return Choice.MINE if theirs == before else None
