"""What a plan would change, in numbers and in a list."""

from __future__ import annotations

import streamlit as st

from dashboard.components.csv_download import show_csv_download
from dashboard.components.find.place_rows import column_styles
from dashboard.planning.asking import PlanAnswer
from dashboard.planning.state import Plan
from dashboard.planning.words import describe_around, reached
from dashboard.repository import Repository

CAVEAT = (
    "Distances are straight lines times 1.3, from {point}, so a whole neighbourhood is in "
    "reach or it is not. “Newly” means that nothing which gives this help was as near before. Being near is not "
    "the same as being welcome, open or trusted: ask the people there."
)
CENTROID = "the population-weighted centroid of each neighbourhood (the middle of where its people live)"
POINT_INSIDE = "one point inside each neighbourhood, not always where most of its people live"

NOBODY_GIVES_IT = (
    "No group or place in the register gives this help and takes people, so everybody counts as without it. That may "
    "be a gap in the register rather than on the ground: add what is missing, or choose another kind of help."
)


def show_plan_answer(plan: Plan, answer: PlanAnswer) -> None:
    """Say who would newly be within a walk, and how many of them are left behind."""
    if not answer.before.any():
        st.info(NOBODY_GIVES_IT)
    if not plan.sites:
        st.markdown("Choose a place, and this page says at once whom it would bring help to.")
        return
    near, far = st.columns(2)
    _show_metric(near, answer, limit="within_800m", label="Newly within 800 m", minutes="about ten minutes on foot")
    _show_metric(
        far, answer, limit="within_1600m", label="Newly within 1,600 m", minutes="about twenty minutes on foot"
    )
    if not answer.newly["within_1600m"]:
        st.info("Everybody around has this help as near already, or no neighbourhood lies near. Try another place.")


def show_around(repository: Repository, answer: PlanAnswer) -> None:
    """List the neighbourhoods around, before and after; the same as the map says."""
    shown = describe_around(answer.around)
    if shown.empty:
        return
    st.subheader("The neighbourhoods around, now and then")
    st.dataframe(
        shown,
        hide_index=True,
        alt="Neighbourhoods around the places of the plan, now and then",
        column_config=column_styles(),
    )
    show_csv_download(
        "Download this list",
        lambda: shown.assign(Code=answer.around["area_code"]),
        file_name="plan-neighbourhoods.csv",
    )
    st.caption(CAVEAT.format(point=CENTROID if repository.has_centroids else POINT_INSIDE))


def _show_metric(
    column: st.delta_generator.DeltaGenerator, answer: PlanAnswer, *, limit: str, label: str, minutes: str
) -> None:
    column.metric(label, reached(answer.newly[limit]).capitalize(), help=f"On foot, {minutes}.")
    column.caption(f"Of them, {reached(answer.newly_left_behind[limit])} in left-behind neighbourhoods.")
