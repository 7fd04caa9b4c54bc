"""The page that answers “how do I bring in the list I already keep?”."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.assets.naming import name_things
from dashboard.components.filters import Filters
from dashboard.components.frame import refusals_shown
from dashboard.components.importing.columns import show_columns
from dashboard.components.importing.earlier import show_earlier_imports
from dashboard.components.importing.job import ImportJob, change_job, current_job
from dashboard.components.importing.preview import show_preview
from dashboard.components.importing.result import show_bringing_in, show_result
from dashboard.components.importing.upload import show_upload
from dashboard.components.visit import Visit, open_visit
from dashboard.geography import SnapshotGeography
from dashboard.register.exchange.drafts import ImportChoices
from dashboard.register.exchange.planning import make_plan
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the step that the import of this session has come to."""
    st.title("Import a list")
    visit = open_visit(settings)
    if not may(visit.actor, Action.ADD):
        st.info("Partners bring in lists. Sign in, or ask whoever looks after this register to make you one.")
        return
    naming, job = name_things(repository, visit), current_job()
    if job is None:
        show_upload(naming.taxonomy)
        show_earlier_imports(visit)
        return
    st.markdown(f"**{escape_markdown(job.name)}**: {escape_markdown(job.incoming.words)}.")
    if job.outcome.result is not None:
        show_result(visit, job)
    elif job.plan is None:
        choices = show_columns(job, taxonomy=naming.taxonomy)
        if choices is not None:
            _plan(visit, job, choices, settings=settings, naming=naming)
    else:
        show_preview(job, naming=naming)
        show_bringing_in(visit, job)


def _plan(visit: Visit, job: ImportJob, choices: ImportChoices, *, settings: Settings, naming: Naming) -> None:
    bar = st.progress(0.0, text="Reading the rows …")

    def report(done: int, of: int) -> None:
        bar.progress(done / of if of else 1.0, text=f"Looking for duplicates: {done:,} of {of:,} rows")

    with refusals_shown():
        gazetteer = SnapshotGeography(settings)
        drafts = job.incoming.drafts(choices, taxonomy=naming.taxonomy, gazetteer=gazetteer)
        plan = make_plan(drafts, holdings=visit.register.holdings(actor=visit.actor), progress=report)
        bar.empty()
        change_job(job, choices=choices, drafts=drafts, plan=plan, decisions={})
