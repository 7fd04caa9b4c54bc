"""The figures of an area: those that a brief shows, and all of them for its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.briefs.gathering.sources import number_of
from dashboard.briefs.key_figures import make_figure
from dashboard.briefs.model.editions import Source
from dashboard.briefs.model.figures import Figure
from dashboard.briefs.rows import Row, rows_of
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository


def read_rows(repository: Repository, area: Area) -> list[Row]:
    """Return every figure that the area or England has, as `ProfileQuestions.profile` gives it."""
    return rows_of(repository.profile(area))


def make_figures(repository: Repository, area: Area, *, rows: Sequence[Row]) -> dict[str, Figure]:
    """Return figures in words by id of the indicator, not yet with the numbers of their sources.

    An area of somebody's own has none of its size: it is set among neighbourhoods.
    """
    figures = {}
    among = "lsoa" if area.area_type == CUSTOM else area.area_type
    for row in rows:
        level = repository.values_of_level(level=among, indicator_id=row["indicator_id"])
        figures[row["indicator_id"]] = make_figure(
            row,
            level_values=level.value,
            source=0,
            is_england=area.area_code == ENGLAND,
        )
    return figures


def cite_figures(figures: Mapping[str, Figure], *, rows: Sequence[Row], sources: Sequence[Source]) -> dict[str, Figure]:
    """Return figures by id, each with the number of its source."""
    titles = {row["indicator_id"]: row["source_title"] for row in rows}
    return {key: replace(one, source=number_of(sources, title=titles[key])) for key, one in figures.items()}
