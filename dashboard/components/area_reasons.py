"""What an area's digital exclusion score is made of."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.charts import chart_contributions
from dashboard.components.drawing import show_chart
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.words import escape_markdown, list_reasons

MOST_REASONS = 3


def show_reasons(repository: Repository, area: Area, *, recipe_id: str) -> None:
    """Show what the score is made of, by component and input, against England's median."""
    st.header("Why: what its digital exclusion is made of")
    parts = repository.contributions(area_code=area.area_code, recipe_id=recipe_id)
    if parts.empty:
        st.info("The digital exclusion score has not been worked out for this area.")
        return
    st.markdown(list_reasons(top_reasons(parts)))
    labelled = parts.assign(label=parts["component_name"] + ": " + parts["indicator_name"])
    show_chart(
        chart_contributions(labelled[["label", "contribution", "england_median"]]),
        alt_text="Points that each input adds to the score, beside England's median; the table says the same.",
    )
    st.caption("Bars are this place. Dark ticks are England's median neighbourhood.")
    with st.expander("Show as a table"):
        st.table(describe_parts(parts), hide_index=True)
    recipe = repository.recipes[recipe_id]
    st.caption(f"{escape_markdown(recipe.name)}: {escape_markdown(recipe.description)}")


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
