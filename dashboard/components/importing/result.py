"""The last steps of an import: bring the rows in, say what was done, hand back what was refused, undo."""

from __future__ import annotations

import streamlit as st

from dashboard.components.frame import refusals_shown
from dashboard.components.importing.bar import shown_bar
from dashboard.components.importing.earlier import ask_undo, show_taken_back
from dashboard.components.importing.job import ImportJob, change_job, drop_job
from dashboard.components.visit import Visit
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.rejects import reasons_by_row
from dashboard.words import count, rows_words


def show_bringing_in(visit: Visit, job: ImportJob) -> None:
    """Show the button that brings the good rows in, all of them in one go or none."""
    plan = job.decided
    many, rows = plan.writes, rows_words(plan.writes)
    with st.container(horizontal=True):
        is_asked = st.button(
            f"Bring in {rows}",
            type="primary",
            disabled=not many,
            key="import-apply",
            icon=":material/download_done:",
        )
        show_refused(job)
        if st.button("Change the columns", key="import-back"):
            change_job(job, plan=None, decisions={})
        if st.button("Choose another list", key="import-other"):
            drop_job()
            st.rerun()
    if is_asked:
        why = f"Brought in from the list “{job.choices.source if job.choices else job.name}”"
        with refusals_shown():
            with shown_bar("Bringing in") as report:
                job.outcome.result = apply_plan(
                    plan, writer=visit.register.imports, actor=visit.actor, why=why, progress=report
                )
            st.rerun()
        st.info(
            "Nothing was saved, and nothing of your list is lost. Check the list again to see how things stand now."
        )


def show_refused(job: ImportJob) -> None:
    """Show the way to the rows that stay out, when there are any."""
    refused = len(reasons_by_row(job.decided))
    if refused:
        st.download_button(
            f"Rows that stay out, with reasons ({count(refused)})",
            data=job.refused_rows,
            file_name="rows-that-stay-out.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def show_result(visit: Visit, job: ImportJob) -> None:
    """Say what was done, and let it be undone."""
    result, taken_back = job.outcome.result, job.outcome.taken_back
    if result is None:
        return
    added, changed = len(result.added_ids), len(result.changed_ids)
    st.success(f"{count(added)} added and {count(changed)} changed.", icon=":material/check_circle:")
    if taken_back is None:
        st.markdown(_what_next(visit))
    else:
        show_taken_back(taken_back)
    with st.container(horizontal=True):
        show_refused(job)
        if taken_back is None and result.import_id:
            with refusals_shown():
                ask_undo(visit, result.import_id, label="Undo this import", keep=job.outcome.keep_taken_back)
        if st.button("Bring in another list", key="import-another"):
            drop_job()
            st.rerun()


def _what_next(visit: Visit) -> str:
    if visit.actor.is_trusted:
        return "What you added is published now: everyone can see it."
    return (
        "What you may publish is published now. The rest waits for a reviewer; until then everyone sees entries as "
        "they were."
    )
