"""Many briefs on the page: started here, carried on in the background, found again by the address."""

from __future__ import annotations

import streamlit as st

from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.many.batch import Batch, codes_within
from dashboard.briefs.many.jobs import JOBS, Job, State
from dashboard.briefs.options import FORMATS
from dashboard.components.briefs.choice import BriefLink
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import SHORT_NAMES, Area
from dashboard.words import count, escape_markdown
from etl.settings import Settings

EVERY_S = 1.0
# What may be asked for together, by the level of the area that holds them.
LEVELS_WITHIN = {
    "england": ("icb",),
    "icb": ("msoa", "ward", "lad", "sicbl"),
    "sicbl": ("msoa", "ward"),
    "lad": ("ward", "msoa"),
    CUSTOM: ("ward", "msoa"),
}
NAMES = {level: f"Every {name}" for level, name in SHORT_NAMES.items()}


def show_many(desk: Desk, area: Area, link: BriefLink, *, settings: Settings) -> None:
    """Show how to make briefs of every part of an area, and how far that is."""
    levels = LEVELS_WITHIN.get(area.area_type, ())
    job = JOBS.find(link.job_id, actor=desk.actor) if link.job_id else JOBS.running(actor=desk.actor)
    if not levels and job is None:
        return
    st.header("Many at once")
    if link.job_id and job is None:
        st.info("Those briefs are no longer kept here. Make them again.")
    if job is not None:
        # Looking at another area leaves the address of the job behind; here it is found again.
        st.query_params["job"] = job.job_id
        show_job(job)
    if levels and (job is None or job.state is not State.RUNNING):
        _show_start(desk, area, levels=levels, settings=settings)


def _show_start(desk: Desk, area: Area, *, levels: tuple[str, ...], settings: Settings) -> None:
    with st.form("brief_many"):
        level = st.selectbox(f"In {escape_markdown(area.name)}", options=levels, format_func=NAMES.__getitem__)
        kinds = st.multiselect("As", options=list(FORMATS), default=["pdf"], format_func=FORMATS.__getitem__)
        is_asked = st.form_submit_button("Make them all")
    if not is_asked:
        return
    if not kinds:
        st.warning("Choose at least one kind of file.")
        return
    batch = Batch(
        settings=settings,
        snapshot=desk.repository.path,
        title=f"{NAMES[level]} of {area.name}",
        codes=codes_within(desk, within=area.area_code, level=level),
        kinds=tuple(kinds),
        options=desk.options,
        actor=desk.actor,
    )
    st.query_params["job"] = JOBS.start(batch).job_id
    st.rerun()


def show_job(job: Job) -> None:
    """Show how far a job is; while it runs this part of the page looks again by itself."""
    st.fragment(_show_job, run_every=EVERY_S if job.state is State.RUNNING else None)(job)


def _show_job(job: Job) -> None:
    title = escape_markdown(job.batch.title)
    if job.state is State.RUNNING:
        st.progress(job.done / job.total, text=f"{title}: {count(job.done)} of {count(job.total)}")
        st.caption("You may close this page. Its address leads back here for some hours.")
        if st.button("Stop", key="brief_stop", disabled=job.stop.is_set()):
            job.cancel()
        return
    if st.session_state.get("brief_job_seen") != job.job_id:
        # It has ended while somebody looked: the whole page is shown anew, without looking again and again.
        st.session_state["brief_job_seen"] = job.job_id
        st.rerun()
    if job.state is State.DONE:
        st.success(f"{title}: all {count(job.total)} are done.")
        st.download_button(
            "Download them as one zip",
            data=lambda: JOBS.read(job),
            file_name=f"{job.batch.title.lower().replace(' ', '-')}.zip",
            mime="application/zip",
            on_click="ignore",
            icon=":material/download:",
            type="primary",
        )
    elif job.state is State.CANCELLED:
        st.info(f"{title}: stopped after {count(job.done)}. Nothing was kept.")
    else:
        st.error(escape_markdown(job.problem))
