"""The uncertainty of ranks as one would write it first: a pandas rank per draw, every rank kept."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from etl.methods.drawn_pillars import DrawnPillar
from etl.methods.draws import DRAWN_SCALINGS, Draws, draw_recipe_weights, draw_scalings, draw_weights, scaling_of
from etl.methods.scaling import exponential
from etl.methods.scoring import score_recipe
from etl.methods.uncertainty import OUTSIDE, Certainty


def rank_plainly(pillars: list[DrawnPillar], *, draws: Draws, first: int | None = None) -> Certainty:
    """Return what `measure_certainty` does, over all places; only the first draws when told so."""
    rng = np.random.default_rng(draws.seed)
    weights = draw_weights(np.array([pillar.weight for pillar in pillars]), draws=draws, rng=rng)
    scalings = draw_scalings(draws=draws, rng=rng)
    recipe_weights = [
        draw_recipe_weights(pillar.inputs.recipe, draws=draws, rng=rng) if pillar.inputs else None for pillar in pillars
    ]
    is_ranked = np.logical_and.reduce([~np.isnan(pillar.ranks) for pillar in pillars])
    rows = []
    for draw in range(draws.count if first is None else first):
        scaling = DRAWN_SCALINGS[scalings[draw]]
        priority = np.zeros(int(is_ranked.sum()))
        for number, pillar in enumerate(pillars):
            given = recipe_weights[number]
            if pillar.inputs is None or given is None:
                score, ranks = pillar.values[is_ranked], pillar.ranks[is_ranked]
            else:
                recipe, position = pillar.inputs.recipe, 0
                components = []
                for at, component in enumerate(recipe.components):
                    inputs = tuple(
                        replace(entry, weight=float(given.inputs[draw, position + i]))
                        for i, entry in enumerate(component.inputs)
                    )
                    position += len(inputs)
                    weight = float(given.components[draw, at])
                    own = scaling_of(scaling, own=component.scaling)
                    components.append(replace(component, inputs=inputs, weight=weight, scaling=own))
                drawn = replace(recipe, components=tuple(components), missing="share_weight")
                ids = pillar.inputs.indicator_ids
                score = score_recipe(drawn, values=pillar.inputs.values, indicator_ids=ids).score[is_ranked]
                ranks = pd.Series(-score).rank(method="first").to_numpy()
            priority += weights[draw, number] * _scale(score, ranks=ranks, scaling=scaling)
        rows.append(pd.Series(-priority).rank(method="first").to_numpy())
    ranks = np.sort(np.array(rows), axis=0)
    count, places = ranks.shape
    low, high = (ranks[math.ceil(share * count - 1e-9) - 1] for share in (OUTSIDE, 1 - OUTSIDE))
    share = (ranks <= places // 10).mean(axis=0)
    return Certainty(low.astype(np.int64), high.astype(np.int64), share, ranked=places)


def _scale(score: np.ndarray, *, ranks: np.ndarray, scaling: str) -> np.ndarray:
    again = pd.Series(ranks).rank().to_numpy()
    relative = (len(again) - again + 1) / len(again)
    if scaling == "own":
        return 100 * relative
    if scaling == "iod_exponential":
        return exponential(relative)
    if scaling == "min_max":
        return 100 * (score - score.min()) / (score.max() - score.min())
    return (score - score.mean()) / score.std()
