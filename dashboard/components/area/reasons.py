"""What an area's digital exclusion score is made of."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.charts_evidence import chart_waterfall
from dashboard.components.drawing import show_chart
from dashboard.questions.places import Area
from dashboard.reasons import describe_steps, frame_steps, input_steps, pillar_steps
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import escape_markdown
from etl.methods.waterfall import Step

MOST_REASONS = 3


def show_reasons(repository: Repository, area: Area, *, view: View) -> None:
    """Show the way from England's middle to this place: by pillar, then by component and input of its score."""
    st.header("Why here")
    if area.area_type not in {"england", "custom"} and (steps := pillar_steps(repository, area, view=view)):
        st.markdown(describe_steps(steps, what="in points of the priority, which is for order only"))
        st.caption(_describe_question(repository, view=view))
        _show_waterfall(steps, start="England's middle", what="priority")
    st.subheader("What its digital exclusion is made of")
    parts = repository.contributions(area_code=area.area_code, recipe_id=view.exclusion)
    if parts.empty:
        st.info("The digital exclusion score has not been worked out for this area.")
        return
    steps = input_steps(parts)
    st.markdown(describe_steps(steps, what="in points of the digital exclusion score"))
    _show_waterfall(steps, start="England's middle, input by input", what="digital exclusion score")
    with st.expander("Show as a table"):
        st.table(describe_parts(parts), hide_index=True)
    recipe = repository.recipes[view.exclusion]
    st.caption(f"{escape_markdown(recipe.name)}: {escape_markdown(recipe.description)}")


def _describe_question(repository: Repository, *, view: View) -> str:
    need, recipe = repository.indicators[view.need].name, repository.recipes[view.exclusion].name
    return (
        f"Weighed as usual: need ({escape_markdown(need)}) and digital exclusion ({escape_markdown(recipe)}) count the "
        "same, among areas of this size in England. Find weighs them as you choose."
    )


def _show_waterfall(steps: tuple[Step, ...], *, start: str, what: str) -> None:
    drawn = frame_steps(steps, start=start, end="Here")
    words = f"Steps from England's middle to the {what} here; the words above say the same."
    show_chart(chart_waterfall(drawn), alt_text=words)


def top_reasons(parts: pd.DataFrame) -> list[tuple[str, float]]:
    """Return the inputs that push a score furthest above England's median: name and points."""
    top = parts[parts["excess"] > 0].head(MOST_REASONS)
    return [(str(name), float(excess)) for name, excess in zip(top["indicator_name"], top["excess"], strict=True)]


def describe_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Return contributions under headings that a person reads."""
    return pd.DataFrame(
        {
            "Component": parts["component_name"],
            "Input": parts["indicator_name"],
            "Points here": parts["contribution"].map("{:.1f}".format),
            "England's median": parts["england_median"].map("{:.1f}".format),
            "Difference": parts["excess"].map("{:+.1f}".format),
        }
    )
