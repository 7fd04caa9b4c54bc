"""Where the figures come from: sources and what each figure means."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard.components.frame import fragment
from dashboard.questions.provenance import Indicator
from dashboard.repository import Repository
from dashboard.words import age, count, date, escape_markdown

DIRECTIONS = {
    "higher_is_worse": "Higher is worse.",
    "higher_is_better": "Higher is better.",
    "neutral": "Neither high nor low is worse.",
}
# So that what is asked of a source first stands on a laptop's screen without moving the table.
WIDTHS_PX = {"Source": 410, "Edition": 190, "Licence": 205, "Loaded": 140, "Age": 80, "Publisher": 300}


def show_sources(repository: Repository) -> None:
    """Show every source with its edition, licence and age, and those that were left out with the reason."""
    st.header("Sources")
    sources = repository.sources
    loaded = sources[sources["status"] == "loaded"]
    st.markdown(f"{count(len(loaded))} of {count(len(sources))} sources are loaded.")
    st.dataframe(
        describe_sources(loaded, now=datetime.now(UTC).replace(tzinfo=None)),
        hide_index=True,
        alt="Sources that are loaded",
        column_config={
            **{name: st.column_config.TextColumn(width=width) for name, width in WIDTHS_PX.items()},
            "Rows": st.column_config.NumberColumn(format="localized", width=90),
            "Page": st.column_config.LinkColumn(display_text="Publisher's page"),
        },
    )
    left_out = sources[sources["status"] != "loaded"]
    if not left_out.empty:
        st.subheader("Left out")
        for row in left_out.to_dict("records"):
            st.markdown(f"- **{escape_markdown(row['title'])}**: {escape_markdown(row['note'])}")


def describe_sources(sources: pd.DataFrame, *, now: datetime) -> pd.DataFrame:
    """Return sources under headings that a person reads."""
    fetched = [None if pd.isna(moment) else moment.to_pydatetime() for moment in sources["retrieved_at"]]
    return pd.DataFrame(
        {
            "Source": sources["title"],
            "Edition": sources["edition"],
            "Licence": sources["licence"],
            "Loaded": [date(moment) if moment else "" for moment in fetched],
            "Age": [age(moment, now=now) if moment else "" for moment in fetched],
            "Rows": sources["rows"],
            "Publisher": sources["publisher"],
            "Page": sources["url"],
            "Note": sources["note"],
        }
    )


def show_indicators(repository: Repository) -> None:
    """Show what each figure is, group by group."""
    st.header("Figures")
    _show_group(repository)


@fragment
def _show_group(repository: Repository) -> None:
    indicators = list(repository.indicators.values())
    domains = list(dict.fromkeys(indicator.domain for indicator in indicators))
    chosen = st.selectbox("Figures about", options=domains, key="data_domain")
    for indicator in indicators:
        if indicator.domain == chosen:
            _show_indicator(indicator)


def _show_indicator(indicator: Indicator) -> None:
    st.markdown(f"**{escape_markdown(indicator.name)}**  \n{escape_markdown(indicator.definition)}")
    facts = (
        f"Unit: {indicator.unit or 'none'}. {DIRECTIONS[indicator.polarity]} Period: {indicator.period}. "
        f"Source: {indicator.source_title}."
    )
    st.caption(f"{escape_markdown(facts)} {escape_markdown(indicator.caveat)}")
