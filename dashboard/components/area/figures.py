"""Every figure of an area, domain by domain, beside its ICB's and England's."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components.charts import chart_distributions
from dashboard.components.drawing import show_chart
from dashboard.components.frame import fragment
from dashboard.csv_text import write_csv
from dashboard.figures import make_bars, make_marks
from dashboard.joint_ranks import END_DECILES
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import escape_markdown, rank, unit_beside, value


def show_figures(repository: Repository, area: Area) -> None:
    """Show the figures of the domain that a person chooses, and offer all of them as a file."""
    st.header("How it compares")
    if repository.profile(area).empty:
        st.info("There are no figures for this area.")
        return
    _show_domain(repository, area)
    st.download_button(
        "Download all figures (CSV)",
        data=lambda: write_csv(
            describe_figures(repository.profile(area), area=area, joint=repository.joint_ends(area))
        ),
        file_name=f"{area.area_code}-figures.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


@fragment
def _show_domain(repository: Repository, area: Area) -> None:
    profile = repository.profile(area)
    domains = profile["domain"].drop_duplicates().tolist()
    first = profile.loc[profile["indicator_id"] == View().need, "domain"]
    chosen = st.selectbox("Figures about", options=domains, index=domains.index(first.iloc[0]) if len(first) else 0)
    figures = profile[profile["domain"] == chosen]
    _show_spread(repository, area, figures=figures)
    joint = repository.joint_ends(area)
    shown = describe_figures(figures, area=area, joint=joint).drop(columns=["Domain", "Period"])
    st.dataframe(shown, hide_index=True, height="content", alt=f"Figures about {chosen}")
    if set(joint) & set(figures["indicator_id"]):
        st.caption("Joint best and joint worst are shared with many other areas.")
    with st.expander("What these figures mean"):
        for row in figures.to_dict("records"):
            meaning = f"{row['definition']} {row['caveat']}".strip()
            st.markdown(f"**{escape_markdown(row['name'])}.** {escape_markdown(meaning)}")


def _show_spread(repository: Repository, area: Area, *, figures: pd.DataFrame) -> None:
    if area.area_code == ENGLAND:
        return
    spreads = {
        key: repository.distribution(level=area.area_type, indicator_id=key) for key in figures["indicator_id"].tolist()
    }
    bars, marks = make_bars(figures, spreads), make_marks(figures, spreads)
    if marks.empty:
        return
    show_chart(
        chart_distributions(bars, marks),
        alt_text=f"Where {area.name} stands among all areas of its size in England; the table below says the same.",
    )
    st.caption(
        "Grey shapes show how all areas of this size in England spread, from better on the left to worse on the right. "
        "For figures with no better or worse, right is higher."
    )


def describe_figures(
    profile: pd.DataFrame, *, area: Area, joint: Mapping[str, str] = MappingProxyType({})
) -> pd.DataFrame:
    """Return figures under headings that a person reads.

    Parameters
    ----------
    joint
        The figures on which the area shares the best or the worst value with many, and which, by indicator.
    """
    rows = profile.to_dict("records")
    ends = [joint.get(row["indicator_id"], "") for row in rows]
    shown = {
        "Domain": [row["domain"] for row in rows],
        "Figure": [row["name"] for row in rows],
        "Here": [_value(row, "value") for row in rows],
        "Rank (1 = worst)": [
            end or rank(row["national_rank"], ranked=row["ranked"]) for end, row in zip(ends, rows, strict=True)
        ],
        "Decile (1 = worst)": [
            str(END_DECILES.get(end, row["decile"]) or "none") for end, row in zip(ends, rows, strict=True)
        ],
        "Its ICB": [_value(row, "icb_value") for row in rows],
        "England": [_value(row, "england_value") for row in rows],
        "Unit": [unit_beside(row["unit"]) for row in rows],
        "Period": [row["period"] for row in rows],
    }
    if area.area_code == ENGLAND:
        shown = {heading: shown[heading] for heading in ("Domain", "Figure", "England", "Unit", "Period")}
    elif area.area_type == "icb":
        shown.pop("Its ICB")
    return pd.DataFrame(shown)


def _value(row: dict[Hashable, Any], key: str) -> str:
    return value(row[key], unit=row["unit"], decimals=row["decimals"])
