"""How sure is the order of places? Read where the build worked it out, worked out on demand for any other question."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from math import gcd
from threading import Lock

import numpy as np

from dashboard.questions.ranking import NEIGHBOURHOOD, RankingQuestions, SupportNow
from dashboard.questions.views import ViewQuestions
from dashboard.state import View
from etl.methods.drawn_pillars import DrawnPillar, RecipeInputs
from etl.methods.draws import Draws
from etl.methods.ranking import ties_of
from etl.methods.recipe import Component, Input, Recipe
from etl.methods.uncertainty import Certainty, Progress, measure_certainty

MOST_KEPT = 16


@dataclass(frozen=True)
class CertaintyQuestion:
    """What an order of places depends on; thresholds are not among it.

    Parameters
    ----------
    weights
        Of need, digital exclusion and, when it counts, thin support, in lowest terms.
    within
        Code of the area whose neighbourhoods are ranked among themselves; empty for England.
    inside
        Which neighbourhoods those are: an area of somebody's own may have others tomorrow.
    versions
        Of the pillars that are figures of somebody's own, which may have changed tomorrow too.
    """

    need: str
    exclusion: str
    weights: tuple[int, ...]
    within: str = ""
    inside: str = ""
    support: SupportNow | None = None
    versions: tuple[tuple[int, ...], ...] = ()


DEFAULT = CertaintyQuestion(need=View().need, exclusion=View().exclusion, weights=(1, 1))


class CertaintyQuestions(RankingQuestions, ViewQuestions):
    """Questions about how sure an order is."""

    def ask_how_sure(self, view: View, *, support: SupportNow | None) -> CertaintyQuestion:
        """Return what is to be worked out for a view; views whose order is the same ask the same."""
        given = (view.need_weight, view.exclusion_weight, *([view.support_weight] if support else []))
        common = gcd(*given) or 1
        within = view.within if view.base == "within" else ""
        inside = self.areas_within(area_code=within, level=NEIGHBOURHOOD) if within else None
        own = [self.own_figures[key] for key in (view.need, view.exclusion) if key in self.own_figures]
        return CertaintyQuestion(
            need=view.need,
            exclusion=view.exclusion,
            weights=tuple(weight // common for weight in given),
            within=within,
            inside="" if inside is None else sha256(inside.tobytes()).hexdigest(),
            support=support,
            versions=tuple(figure.version for figure in own),
        )

    def certainty(self, question: CertaintyQuestion) -> Certainty | None:
        """Return how sure the order of neighbourhoods is, by feature_id; None until it has been worked out."""
        if question == DEFAULT and self._worked_out_at_load is not None:
            return self._worked_out_at_load
        return self._certainties.get(question)

    def measure_certainty(
        self, question: CertaintyQuestion, *, progress: Progress | None = None, draws: Draws | None = None
    ) -> Certainty:
        """Work out how sure an order is, one question at a time, and keep the answer."""
        with self._certainty_lock:
            known = self.certainty(question)
            if known is None:
                known = measure_certainty(
                    self.drawn_pillars(question),
                    draws=draws or Draws(),
                    within=self.areas_within(area_code=question.within, level=NEIGHBOURHOOD),
                    progress=progress,
                )
                self._certainties[question] = known
                while len(self._certainties) > MOST_KEPT:
                    self._certainties.popitem(last=False)
        return known

    def drawn_pillars(self, question: CertaintyQuestion) -> list[DrawnPillar]:
        """Return the pillars of a question over all neighbourhoods, in order of feature_id."""
        need, exclusion = (
            self.values_of_level(level=NEIGHBOURHOOD, indicator_id=indicator_id)
            for indicator_id in (question.need, question.exclusion)
        )
        is_better = self.indicators[question.need].polarity == "higher_is_better"
        recipe = self.followed_recipe(question.exclusion)
        ids, values = self.inputs_of(recipe)
        made_of = RecipeInputs(recipe, values, ids)
        pillars = [
            DrawnPillar(
                -need.value if is_better else need.value,
                need.national_rank,
                weight=question.weights[0],
                ties=ties_of(need.national_rank),
            ),
            DrawnPillar(exclusion.value, exclusion.national_rank, weight=question.weights[1], inputs=made_of),
        ]
        if question.support is not None:
            values = -question.support.values
            ranks = self.support_ranks(question.support)
            pillars.append(DrawnPillar(values, ranks, weight=question.weights[2], ties="worst"))
        return pillars

    @lru_cache(maxsize=8)  # noqa: B019 - one repository lives as long as its snapshot is open
    def followed_recipe(self, recipe_id: str) -> Recipe:
        """Return a composite index as the build followed it, its parts in the same order; or one of somebody's own."""
        if own := self.own_figures.get(recipe_id):
            return own.followed
        parts: dict[str, list[Input]] = {}
        about: dict[str, tuple[str, float, str]] = {}
        for row in self.warehouse.rows("recipe_as_followed", recipe_id=recipe_id):
            component_id = row["component_id"]
            about[component_id] = (row["component_name"], row["component_weight"], row["scaling"])
            entry = Input(row["indicator_id"], row["indicator_weight"], is_reversed=row["is_reversed"])
            parts.setdefault(component_id, []).append(entry)
        components = tuple(
            Component(key, name, tuple(parts[key]), weight=weight, scaling=scaling)  # type: ignore[arg-type]
            for key, (name, weight, scaling) in about.items()
        )
        return Recipe(recipe_id=recipe_id, name=self.recipes[recipe_id].name, components=components)

    @cached_property
    def _worked_out_at_load(self) -> Certainty | None:
        frame = self.warehouse.frame("certainty")
        if frame.empty:
            return None
        size = len(self.areas_of_level(NEIGHBOURHOOD))
        low, high, share = np.zeros(size, np.int64), np.zeros(size, np.int64), np.full(size, np.nan)
        at = frame["feature_id"].to_numpy()
        low[at], high[at] = frame["rank_low"].to_numpy(), frame["rank_high"].to_numpy()
        share[at] = frame["share_in_worst_tenth"].to_numpy()
        return Certainty(low, high, share, ranked=len(frame))

    @cached_property
    def _certainties(self) -> OrderedDict[CertaintyQuestion, Certainty]:
        return OrderedDict()

    @cached_property
    def _certainty_lock(self) -> Lock:
        return Lock()
