"""What the rows of the ranked list say, on the page and in a file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.components.find.whiskers import draw_whisker
from dashboard.questions.ranking import NEIGHBOURHOOD
from dashboard.repository import Repository
from dashboard.state import BOTH, View
from dashboard.words import decimals_shown, is_share, rank_range, unit_beside
from etl.methods.uncertainty import Certainty
from etl.tables.evidence import CERTAINTY_ID

# A name is read whole nearly always: what tells neighbours apart stands at its end.
POSITION_PX, PLACE_PX, VALUE_PX, PERCENT_PX, FLAG_PX, WHISKER_PX = 46, 252, 76, 60, 96, 100
NEIGHBOURHOOD_PX = 336
FLAG_HELP = (
    "Yes where it is in the worst per cent on each of them, as “What counts as left behind” on Find sets it. A larger "
    "area is counted by its own figures among areas of its size; “People left behind” adds up its neighbourhoods."
)
WHISKER, INTERVAL, SURENESS = "How sure", "Rank, in 9 of 10 ways", "In worst tenth"


def add_certainty(rows: pd.DataFrame, *, view: View, certainty: Certainty | None) -> pd.DataFrame:
    """Return rows of the ranking with how sure each is; as they are for larger areas, or when that is not known."""
    if certainty is None or view.level != NEIGHBOURHOOD or rows.empty:
        return rows
    at = rows["feature_id"].to_numpy()
    return rows.assign(
        rank_low=certainty.rank_low[at],
        rank_high=certainty.rank_high[at],
        share_in_worst_tenth=certainty.share_in_worst_tenth[at],
    )


def describe_rows(repository: Repository, *, view: View, rows: pd.DataFrame, is_for_file: bool = False) -> pd.DataFrame:
    """Return rows of the ranking under headings that a person reads."""
    shown: dict[str, pd.Series[Any] | list[str] | list[str | None]] = {"#": rows["position"], "Place": rows["name"]}
    if heading := value_heading(repository, view=view):
        indicator = repository.indicators[view.show]
        places = decimals_shown(indicator.decimals, unit=indicator.unit)
        shown[heading] = (rows["value"] * (100 if is_share(indicator.unit) else 1)).round(places)
        shown["Rank"] = _whole(rows["rank"])
    shown["Need"] = rows["need_worst_percent"].replace(0, None)
    shown["Digital"] = rows["exclusion_worst_percent"].replace(0, None)
    if "support_worst_percent" in rows:
        shown["Support"] = rows["support_worst_percent"].replace(0, None)
    if "rank_low" in rows and not is_for_file:
        shown[WHISKER] = _whiskers(rows)
    shown["Left behind"] = rows["is_left_behind"].map({True: "Yes", False: "No"})
    shown["People"] = rows["population"]
    if view.level != "lsoa":
        shown["People left behind"] = rows["people_left_behind"]
    if "rank_low" in rows:
        shown[SURENESS] = (100 * rows["share_in_worst_tenth"]).round(1)
        shown[INTERVAL] = [rank_range(low, high) for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)]
    if is_for_file:
        shown |= {
            "Code": rows["area_code"],
            "District": _names(repository, rows["lad_code"]),
            "ICB": _names(repository, rows["icb_code"]),
            "Need rank": _whole(rows["need_rank"]),
            "Digital exclusion rank": _whole(rows["exclusion_rank"]),
        }
        shown = {_file_heading(heading): column for heading, column in shown.items()}
    return pd.DataFrame(shown)


def value_heading(repository: Repository, *, view: View) -> str:
    """Return the heading of the figure that a list is ordered by; empty when it is ordered by priority."""
    if view.show in {BOTH, CERTAINTY_ID}:
        return ""
    indicator = repository.indicators[view.show]
    return f"{indicator.name} ({unit_beside(indicator.unit)})" if indicator.unit else indicator.name


def list_styles(repository: Repository, *, view: View) -> dict[str, ColumnConfig]:
    """Return how the columns of the list of a view look.

    Names of neighbourhoods are longest. The heading of the figure that the list is ordered by may be long, and gets
    little room.
    """
    styles = column_styles()
    if view.level in {NEIGHBOURHOOD, "msoa"}:
        styles["Place"] = st.column_config.TextColumn(width=NEIGHBOURHOOD_PX)
    if heading := value_heading(repository, view=view):
        indicator = repository.indicators[view.show]
        places = decimals_shown(indicator.decimals, unit=indicator.unit)
        written = f"%.{places}f" if places else "localized"
        styles[heading] = st.column_config.NumberColumn(width=VALUE_PX, help=heading, format=written)
    return styles


def column_styles() -> dict[str, ColumnConfig]:
    """Return how the columns of a list look, whichever of them it has."""
    percent = st.column_config.NumberColumn(
        format="%d%%", width=PERCENT_PX, help="Worst per cent: 1% is the worst of England, or of the chosen area."
    )
    people = st.column_config.NumberColumn(format="localized", width="small")
    return {
        "#": st.column_config.NumberColumn(format="localized", width=POSITION_PX),
        "Place": st.column_config.TextColumn(width=PLACE_PX),
        "Rank": st.column_config.NumberColumn(format="localized", width=VALUE_PX, help="1 is the worst."),
        "Need": percent,
        "Digital": percent,
        "Support": percent,
        WHISKER: st.column_config.ImageColumn(
            width=WHISKER_PX, help="Where its rank lies in 9 of 10 ways of weighing; in words in the last column."
        ),
        SURENESS: st.column_config.NumberColumn(
            format="%.0f%%", width="small", help="In how many of 100 ways of weighing it is in the worst tenth."
        ),
        "Left behind": st.column_config.TextColumn(width=FLAG_PX, help=FLAG_HELP),
        "People": people,
        "People left behind": people,
    }


def _whiskers(rows: pd.DataFrame) -> list[str | None]:
    most = float(rows["rank_high"].max())
    ranks = zip(rows["rank_low"], rows["priority_rank"], rows["rank_high"], strict=True)
    return [draw_whisker(low=low, rank=rank, high=high, most=most) if low else None for low, rank, high in ranks]


def _whole(ranks: pd.Series[float]) -> pd.Series[Any]:
    """Return ranks as pages say them: of a shared one, the half is left out."""
    return ranks.floordiv(1).astype("Int64")


def _names(repository: Repository, codes: pd.Series[str]) -> pd.Series[str]:
    return codes.map(repository.areas["name"]).fillna("")


def _file_heading(heading: str) -> str:
    worded = {"#": "Position", "Need": "Need (worst %)", "Digital": "Digital exclusion (worst %)"}
    worded |= {"Support": "Thin support (worst %)", SURENESS: "In the worst tenth (% of ways of weighing)"}
    return worded.get(heading, heading)
