"""Thin support as the third pillar: what the register knows of help within reach, if it knows of any."""

from __future__ import annotations

from dashboard.assets.live import live_table
from dashboard.opening import open_register
from dashboard.planning.support import support_groups, support_values
from dashboard.questions.ranking import SupportNow
from dashboard.repository import Repository
from etl.settings import Settings


def support_now(repository: Repository, settings: Settings, *, group: str) -> SupportNow | None:
    """Return what can be reached of a group of assets now; None when there is no such group or no asset of it.

    A register without such an asset says nothing of support: that is not the same as there being none.
    """
    register = open_register(settings)
    if group not in support_groups(register.settings.taxonomy()):
        return None
    number = live_table(register).number
    values = support_values(repository, register, group=group)
    return SupportNow(group=group, number=number, values=values) if values.any() else None


def groups_to_count(settings: Settings) -> dict[str, str]:
    """Return what thin support can be counted of, in words by id."""
    return support_groups(open_register(settings).settings.taxonomy())
