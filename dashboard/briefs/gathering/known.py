"""What the three sentences are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dashboard.briefs.gathering.sources import ASSETS, POPULATION, number_of_id
from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.brief import Place
from dashboard.briefs.model.editions import Source
from dashboard.briefs.model.figures import Figure
from dashboard.briefs.summary import Known, strengths_of
from dashboard.briefs.texts import say_basis
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
        assets_by_kind=Counter(line.kind for line in assets.lines) if assets else None,
    )


def gather_basis(known: Known, *, figures: Mapping[str, Figure], sources: Sequence[Source]) -> str:
    """Return what the sentences and the maps rest on, in words.

    Parameters
    ----------
    figures
        Every figure of the area by id, with the number of its source.
    """
    called = [("Need", known.need), ("Digital exclusion", known.exclusion)]
    called += [(figure.name, figure) for figure in strengths_of(known)]
    said = [(name, figures[figure.indicator_id]) for name, figure in called if figure is not None]
    return say_basis(
        [figure for _, figure in said],
        called=[name for name, _ in said],
        population=number_of_id(sources, ids={POPULATION}),
        assets=number_of_id(sources, ids=ASSETS),
    )
