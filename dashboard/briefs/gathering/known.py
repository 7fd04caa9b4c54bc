"""What the three sentences are made from."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.brief import Place
from dashboard.briefs.model.figures import Figure
from dashboard.briefs.summary import Known
from dashboard.questions.views import LEFT_BEHIND
from dashboard.repository import Repository
from dashboard.state import View


def make_known(
    repository: Repository,
    *,
    place: Place,
    figures: Mapping[str, Figure],
    view: View,
    top_reason: str,
    assets: Assets | None,
) -> Known:
    """Return what the sentences of an area are made from.

    Parameters
    ----------
    figures
        Every figure of the area by id.
    view
        Which figures are need and digital exclusion.
    assets
        None when they are not asked for.
    """
    left_behind = figures.get(LEFT_BEHIND)
    ways = [key for key in repository.exclusions if key in figures]
    return Known(
        place=place,
        need=figures.get(view.need),
        exclusion=figures.get(view.exclusion),
        figures=tuple(figures.values()),
        left_behind=left_behind.value if left_behind else None,
        top_reason=top_reason,
        other_scores={repository.recipes[key].name: figures[key].worst_percent for key in ways},
        assets_by_kind={kind.name: kind.count for kind in assets.kinds} if assets else None,
    )
