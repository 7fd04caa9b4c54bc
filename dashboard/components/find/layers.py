"""What the map of Find draws that the server's routes do not know: how sure the order is, and what is outlined."""

from __future__ import annotations

import numpy as np

from dashboard.components.maps.fills import Fill, FillClass, LeftBehind
from dashboard.questions.ranking import NEIGHBOURHOOD, Ranking
from dashboard.repository import Repository
from dashboard.state import EVERYONE, View
from etl.methods.arrays import BoolArray, FloatArray
from etl.methods.uncertainty import Certainty
from etl.tables.evidence import CERTAINTY_ID

OUTLINED_ID = "outlined_now"
CLUSTER_WORDS = "In a cluster: high priority beside high priority"
# By the share of ways of weighing that put a place in the worst tenth; the last takes the rest.
CERTAINTY_CLASSES = (
    FillClass(up_to=5, words="In the worst tenth in 95 or more of 100 ways"),
    FillClass(up_to=25, words="75 to 94"),
    FillClass(up_to=50, words="50 to 74"),
    FillClass(up_to=95, words="5 to 49"),
    FillClass(up_to=100, words="Fewer than 5"),
)


def certainty_fill() -> Fill:
    """Return how the map of certainty is coloured."""
    title = "How sure: in how many of 100 ways of weighing a neighbourhood is in the worst tenth"
    return Fill(indicator_id=CERTAINTY_ID, title=title, classes=CERTAINTY_CLASSES)


def certainty_bytes(repository: Repository, certainty: Certainty | None, *, level: str) -> bytes:
    """Return 100 less the share of ways, in per cent, of every area of a level; 0 where it is not known."""
    size = len(repository.areas_of_level(level))
    if certainty is None:
        return bytes(size)
    share = certainty.share_in_worst_tenth
    if level != NEIGHBOURHOOD:
        share = _mean_by_people(repository, share, level=level)
    # A share such as 0.95 is not exact; nine digits decide which class it is in.
    percent = np.clip(np.ceil(np.round(100.0 * (1.0 - share), 9)), 1, 100)
    return np.where(np.isnan(share), 0, percent).astype(np.uint8).tobytes()


def find_outline(
    repository: Repository, *, view: View, ranking: Ranking, counts_support: bool
) -> tuple[LeftBehind | None, dict[str, bytes]]:
    """Return what is outlined, with the bytes that say so where the server's routes cannot."""
    if view.outline == "nothing" or (view.outline == "clusters" and view.level != NEIGHBOURHOOD):
        return None, {}
    if view.outline == "clusters":
        return _given_outline(repository.is_in_cluster, words=CLUSTER_WORDS)
    if not counts_support:
        pillars = {"need_id": view.need, "exclusion_id": view.exclusion}
        worst = {"need_worst": view.need_worst, "exclusion_worst": view.exclusion_worst}
        return LeftBehind(**pillars, **worst), {}  # type: ignore[arg-type]
    words = f"Left behind: worst {view.need_worst}% on need, worst {view.exclusion_worst}% on digital exclusion"
    if view.support_worst < EVERYONE:
        words = f"{words} and worst {view.support_worst}% on thin support"
    return _given_outline(ranking.figures["is_left_behind"].astype(np.bool_), words=words)


def _given_outline(is_outlined: BoolArray, *, words: str) -> tuple[LeftBehind, dict[str, bytes]]:
    outline = LeftBehind(need_id=OUTLINED_ID, exclusion_id=OUTLINED_ID, need_worst=1, exclusion_worst=1, words=words)
    return outline, {OUTLINED_ID: np.where(is_outlined, 1, 100).astype(np.uint8).tobytes()}


def _mean_by_people(repository: Repository, share: FloatArray, *, level: str) -> FloatArray:
    people = repository.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy(dtype=np.float64)
    known = np.where(np.isnan(share), 0.0, people)
    home, size = repository.area_of_neighbourhoods(level), len(repository.areas_of_level(level))
    total = np.bincount(home, weights=known, minlength=size)
    mean: FloatArray = np.divide(
        np.bincount(home, weights=known * np.nan_to_num(share), minlength=size),
        total,
        out=np.full(size, np.nan),
        where=total > 0,
    )
    return mean
