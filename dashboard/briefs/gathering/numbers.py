"""What a brief says in numbers, each with its period and the number of its source: figures, sentences, the score."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import pandas as pd

from dashboard.briefs.breakdown import make_breakdown, say_score, top_component
from dashboard.briefs.gathering.appointments import gather_appointments, titles_of_appointments
from dashboard.briefs.gathering.figures import cite_figures, make_figures, read_rows
from dashboard.briefs.gathering.known import gather_basis, make_known
from dashboard.briefs.gathering.place import gather_place
from dashboard.briefs.gathering.sources import ASSETS, list_sources, number_of_id
from dashboard.briefs.key_figures import choose_rows
from dashboard.briefs.model.assets import Assets
from dashboard.briefs.model.brief import Place, Summary
from dashboard.briefs.model.editions import Source
from dashboard.briefs.model.figures import Appointments, Breakdown, Figure
from dashboard.briefs.options import BriefOptions
from dashboard.briefs.rows import Row
from dashboard.briefs.summary import Known, strengths_of, summarise
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.state import View


class Numbers:
    """The numbers of one brief, worked out once. What is cited is found first, and numbered after that.

    Parameters
    ----------
    view
        Which figures are need and digital exclusion.
    found
        What there is to build on, not yet with the number of its source; None when it is not asked for.
    """

    def __init__(
        self, repository: Repository, area: Area, *, options: BriefOptions, view: View, found: Assets | None
    ) -> None:
        self._repository, self._area, self._options = repository, area, options
        self._view, self._found = view, found

    @cached_property
    def place(self) -> Place:
        """The area in people's words."""
        return gather_place(self._repository, self._area)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that a brief shows."""
        return tuple(self._cited[row["indicator_id"]] for row in choose_rows(self._rows))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Everything that the numbers rest on."""
        ids = {self._view.need, self._view.exclusion, *self._inputs}
        ids |= {figure.indicator_id for figure in strengths_of(self._known)}
        ids |= {row["indicator_id"] for row in choose_rows(self._rows) if self._options.has("figures")}
        titles = {str(row["source_title"]) for row in self._rows if row["indicator_id"] in ids}
        if self._options.has("appointments"):
            titles |= set(titles_of_appointments(self._repository, self._area))
        return list_sources(self._repository, titles=titles, assets=self._found)

    @property
    def summary(self) -> Summary:
        """The three sentences."""
        return summarise(self._known)

    @property
    def basis(self) -> str:
        """What the sentences and the maps rest on."""
        return gather_basis(self._known, figures=self._cited, sources=self.sources)

    @property
    def breakdown(self) -> Breakdown | None:
        """What the digital-exclusion score is made of; None when it has not been worked out."""
        inputs = {self._cited[key].source for key in self._inputs if key in self._cited} - {0}
        note = say_score(self._cited.get(self._view.exclusion), sources=sorted(inputs))
        return replace(self._parts, note=note) if self._parts else None

    @property
    def appointments(self) -> Appointments | None:
        """How people see their GP; None where that is not published or loaded."""
        return gather_appointments(self._repository, self._area, sources=self.sources)

    @property
    def assets(self) -> Assets | None:
        """What there is to build on; None when it is not asked for."""
        return replace(self._found, source=number_of_id(self.sources, ids=ASSETS)) if self._found else None

    @cached_property
    def _rows(self) -> list[Row]:
        return read_rows(self._repository, self._area)

    @cached_property
    def _uncited(self) -> dict[str, Figure]:
        return make_figures(self._repository, self._area, rows=self._rows)

    @cached_property
    def _cited(self) -> dict[str, Figure]:
        return cite_figures(self._uncited, rows=self._rows, sources=self.sources)

    @cached_property
    def _inputs(self) -> list[str]:
        return [str(key) for key in self._contributions["indicator_id"]]

    @cached_property
    def _contributions(self) -> pd.DataFrame:
        return self._repository.contributions(area_code=self._area.area_code, recipe_id=self._view.exclusion)

    @cached_property
    def _parts(self) -> Breakdown | None:
        recipe = self._repository.recipes.get(self._view.exclusion)
        if recipe is None:
            return None
        return make_breakdown(self._contributions, name=recipe.name, description=recipe.description)

    @cached_property
    def _known(self) -> Known:
        return make_known(
            self._repository,
            place=self.place,
            figures=self._uncited,
            view=self._view,
            top_reason=top_component(self._parts),
            assets=self._found,
        )
