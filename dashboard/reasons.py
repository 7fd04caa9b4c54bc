"""Why a place stands where it does: the steps from England's middle to it, by pillar and by input of its score."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.left_behind import count_over
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import escape_markdown, join
from etl.methods.waterfall import Step, make_waterfall

SMALLEST_TO_SAY, MOST_TO_SAY = 0.05, 3


def pillar_steps(repository: Repository, area: Area, *, view: View) -> tuple[Step, ...]:
    """Return what each pillar adds to an area's priority, from the middle area of its size to this one.

    A pillar's points are its weight times its percentile, 100 = worst; none where the area has no rank on a pillar.
    """
    weights = np.array([view.need_weight, view.exclusion_weight], dtype=np.float64)
    here, middle = [], []
    for key in (view.need, view.exclusion):
        ranks = repository.values_of_level(level=area.area_type, indicator_id=key).national_rank
        if np.isnan(ranks[area.feature_id]):
            return ()
        percentiles = count_over(ranks, base=None).percentile
        here.append(percentiles[area.feature_id])
        middle.append(np.nanmedian(percentiles))
    labels = [f"Need: {repository.indicators[view.need].name}", "Digital exclusion"]
    shares = weights / weights.sum()
    return make_waterfall(labels, contributions=shares * np.array(here), reference=shares * np.array(middle))


def input_steps(parts: pd.DataFrame) -> tuple[Step, ...]:
    """Return what each input adds to an area's digital exclusion score, as `Repository.contributions` gives them."""
    labels = (parts["component_name"] + ": " + parts["indicator_name"]).tolist()
    return make_waterfall(
        labels,
        contributions=parts["contribution"].to_numpy(dtype=np.float64),
        reference=parts["england_median"].to_numpy(dtype=np.float64),
    )


def frame_steps(steps: tuple[Step, ...], *, start: str, end: str) -> pd.DataFrame:
    """Return steps as a table to draw: label, start, end, change, and kind (total, up or down), with both totals."""
    rows = [(start, 0.0, steps[0].start, steps[0].start, "total")]
    rows += [(step.label, step.start, step.end, step.change, "up" if step.change > 0 else "down") for step in steps]
    rows.append((end, 0.0, steps[-1].end, steps[-1].end, "total"))
    return pd.DataFrame(rows, columns=["label", "start", "end", "change", "kind"])


def describe_steps(steps: tuple[Step, ...], *, what: str) -> str:
    """Return the largest steps in words: what raises the score here most and what lowers it, as Markdown."""
    ups = [_said(step) for step in steps if step.change >= SMALLEST_TO_SAY][:MOST_TO_SAY]
    downs = [_said(step) for step in reversed(steps) if step.change <= -SMALLEST_TO_SAY][:MOST_TO_SAY]
    said = [f"From {steps[0].start:.1f} in England's middle to **{steps[-1].end:.1f} here**, {what}."]
    if ups:
        said.append(f"Raised most by {join(ups)}.")
    if downs:
        said.append(f"Lowered most by {join(downs)}.")
    return " ".join(said)


def _said(step: Step) -> str:
    return f"{escape_markdown(step.label.split(': ', 1)[-1])} ({step.change:+.1f})"
