"""What a composite index is made of, as data: a recipe, its components and their inputs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from etl.errors import CommonGroundError
from etl.methods.scaling import Scaling

Missing = Literal["share_weight", "no_score"]
Base = Literal["england", "area"]


class RecipeError(CommonGroundError, ValueError):
    """A recipe that cannot be followed.

    Parameters
    ----------
    key
        Which part of the recipe, as its file has it, for example `component[2].input[1].weight`.
    """

    exit_code = 2

    def __init__(self, what: str, *, key: str, todo: str = "") -> None:
        self.key = key
        super().__init__(what, todo=todo)


@dataclass(frozen=True)
class Input:
    """One indicator of a component; `is_reversed` when high values mean low risk."""

    indicator_id: str
    weight: float = 1.0
    is_reversed: bool = False


@dataclass(frozen=True)
class Component:
    """One side of the thing measured: indicators put on one scale and averaged by weight."""

    component_id: str
    name: str
    inputs: tuple[Input, ...]
    weight: float = 1.0
    scaling: Scaling = "percentile"


@dataclass(frozen=True)
class Variant:
    """Another set of weights for a recipe, with the reason it exists.

    Parameters
    ----------
    weights
        Weight by component_id and indicator_id, or by component_id and None for the component itself; whatever is
        not named keeps the recipe's own.
    """

    variant_id: str
    note: str
    weights: Mapping[tuple[str, str | None], float]


@dataclass(frozen=True)
class Recipe:
    """A composite index: the mean, by weight, of components that are means, by weight, of scaled indicators.

    Parameters
    ----------
    base
        Whose values set the scales: all England, or the area a person has chosen.
    missing
        `share_weight`: a missing input leaves its weight to the others of its component, a missing component to the
        other components. `no_score`: a place with anything missing has no score.
    top
        Score of the worst place on the percentile, min-max and exponential scalings.
    unit, period, caveat, decimals
        What the score says of itself where indicators are listed.

    Raises
    ------
    RecipeError
        If weights are negative or all zero, or an id appears twice; the message names the key.
    """

    recipe_id: str
    name: str
    components: tuple[Component, ...]
    description: str = ""
    origin: str = ""
    is_default: bool = False
    base: Base = "england"
    missing: Missing = "share_weight"
    top: float = 100.0
    unit: str = "score"
    period: str = ""
    caveat: str = ""
    decimals: int = 1
    variants: tuple[Variant, ...] = field(default=())

    def __post_init__(self) -> None:
        _check_unique((component.component_id for component in self.components), key="component", name="component_id")
        _check_weights((component.weight for component in self.components), key="component")
        for number, component in enumerate(self.components, start=1):
            key = f"component[{number}].input"
            _check_unique((entry.indicator_id for entry in component.inputs), key=key, name="indicator_id")
            _check_weights((entry.weight for entry in component.inputs), key=key)
        for number, variant in enumerate(self.variants, start=1):
            self._check_variant(variant, key=f"variant[{number}].weight")
        if not (math.isfinite(self.top) and self.top > 0):
            raise RecipeError(f"The top of the scale is {self.top:g}.", key="top", todo="Use a number above zero.")

    def _check_variant(self, variant: Variant, *, key: str) -> None:
        known = {(component.component_id, entry.indicator_id) for component, entry in self.inputs}
        known_components = {(component.component_id, None) for component in self.components}
        for component_id, indicator_id in variant.weights:
            if (component_id, indicator_id) not in known | known_components:
                what = f"The recipe has no “{indicator_id or component_id}” there to weigh."
                raise RecipeError(what, key=key, todo="Name a component of this recipe and one of its inputs.")

    @property
    def inputs(self) -> tuple[tuple[Component, Input], ...]:
        """Every input with its component, in the order of the columns of `Scores.contributions`."""
        return tuple((component, entry) for component in self.components for entry in component.inputs)

    def variant(self, variant_id: str) -> Recipe:
        """Return this recipe with the weights of one of its variants.

        Raises
        ------
        RecipeError
            If it has no such variant.
        """
        chosen = next((variant for variant in self.variants if variant.variant_id == variant_id), None)
        if chosen is None:
            known = ", ".join(variant.variant_id for variant in self.variants) or "none"
            what = f"The recipe {self.recipe_id} has no variant “{variant_id}”."
            raise RecipeError(what, key="variant", todo=f"Its variants are: {known}.")
        return replace(self, components=tuple(_reweigh(component, chosen) for component in self.components))


def _reweigh(component: Component, variant: Variant) -> Component:
    inputs = tuple(
        replace(entry, weight=variant.weights.get((component.component_id, entry.indicator_id), entry.weight))
        for entry in component.inputs
    )
    weight = variant.weights.get((component.component_id, None), component.weight)
    return replace(component, inputs=inputs, weight=weight)


def _check_unique(ids: Iterable[str], *, key: str, name: str) -> None:
    repeated = [repeat for repeat, count in Counter(ids).items() if count > 1]
    if repeated:
        what = f"The {name} “{repeated[0]}” appears twice."
        raise RecipeError(what, key=key, todo="Keep one of them.")


def _check_weights(weights: Iterable[float], *, key: str) -> None:
    listed = list(weights)
    for number, weight in enumerate(listed, start=1):
        if not (math.isfinite(weight) and weight >= 0):
            what = f"A weight is {weight:g}."
            raise RecipeError(what, key=f"{key}[{number}].weight", todo="Use zero or a number above zero.")
    if not any(listed):
        what = "All weights are zero." if listed else "There is nothing to add up."
        raise RecipeError(what, key=key, todo="Give at least one of them a weight above zero.")
