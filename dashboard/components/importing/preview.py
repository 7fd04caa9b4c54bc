"""The third step of an import: what it would do, row by row, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from dashboard.assets.words import LABELS, Naming, field_words, where_words
from dashboard.components.importing.duplicates import show_duplicates
from dashboard.components.importing.job import ImportJob
from dashboard.register.exchange.drafts import Draft, RowProblem
from dashboard.register.exchange.plan import ImportPlan, PlannedUpdate
from dashboard.register.json_form import asset_to_json
from dashboard.words import count

# A table of more rows than a person reads is cut; the file of refused rows has all of those.
MOST_SHOWN = 1_000


def show_preview(job: ImportJob, *, naming: Naming) -> None:
    """Show counts, and a table for each thing that may become of a row."""
    plan = job.decided
    _show_counts(plan)
    parts: dict[str, tuple[int, Callable[[], None]]] = {
        "To decide": (len(job.plan.duplicates) if job.plan else 0, lambda: show_duplicates(job, naming=naming)),
        "Errors": (len(plan.errors), lambda: _show_problems(plan.errors, alt="Rows with errors")),
        "To update": (len(plan.updates), lambda: _show_updates(plan.updates, naming)),
        "To add": (len(plan.additions), lambda: _show_additions(plan.additions, naming)),
        "Said twice": (len(plan.repeats), lambda: _show_problems(plan.repeats, alt="Rows said twice")),
        "To know": (len(plan.notes), lambda: _show_problems(plan.notes, alt="What was left out or put right")),
    }
    there = {name: part for name, part in parts.items() if part[0]}
    if not there:
        st.info("The register has every row of this list already, just as it is.")
        return
    tabs = st.tabs([f"{name} ({count(many)})" for name, (many, _) in there.items()])
    for tab, (_, show) in zip(tabs, there.values(), strict=True):
        with tab:
            show()


def _show_counts(plan: ImportPlan) -> None:
    refused = len({problem.row for problem in plan.errors})
    counted = {
        "To add": len(plan.additions),
        "To update": len(plan.updates),
        "Unchanged": len(plan.unchanged),
        "To decide": len(plan.duplicates),
        "With errors": refused,
    }
    with st.container(horizontal=True):
        for label, number in counted.items():
            st.metric(label, count(number), width=140)


def _show_additions(additions: Sequence[Draft], naming: Naming) -> None:
    rows: list[dict[str, object]] = [
        {
            "Row": draft.row,
            "Name": draft.asset.name,
            "Kind": naming.taxonomy.name_of("kinds", draft.asset.kind),
            "Where": where_words(draft.asset, naming=naming),
            "On the map": "yes" if draft.asset.place.lon is not None else "not yet",
        }
        for draft in additions[:MOST_SHOWN]
    ]
    _show_table(rows, of=len(additions), alt="Rows to add")


def _show_updates(updates: Sequence[PlannedUpdate], naming: Naming) -> None:
    rows: list[dict[str, object]] = []
    for update in updates[:MOST_SHOWN]:
        before, after = asset_to_json(update.before), asset_to_json(update.asset)
        rows += [
            {
                "Row": update.row,
                "Name": update.asset.name,
                "What": LABELS.get(name, name),
                "Now": field_words(name, before[name], naming=naming),
                "Would be": field_words(name, after[name], naming=naming),
            }
            for name in update.changed
        ]
    _show_table(rows, of=len(rows) + max(0, len(updates) - MOST_SHOWN), alt="What would change")


def _show_problems(problems: Sequence[RowProblem], *, alt: str) -> None:
    rows: list[dict[str, object]] = [
        {"Row": one.row, "Column": one.column or "the whole row", "Reason": one.reason} for one in problems
    ]
    _show_table(rows[:MOST_SHOWN], of=len(rows), alt=alt)


def _show_table(rows: list[dict[str, object]], *, of: int, alt: str) -> None:
    wide = {"Reason": st.column_config.TextColumn(width="large"), "Row": st.column_config.NumberColumn(width="small")}
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=alt, column_config=wide)
    if len(rows) < of:
        st.caption(f"The first {count(len(rows))} of {count(of)} are shown.")
