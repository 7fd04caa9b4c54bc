"""Where help would count most: the quick answer at once, then the best possible one, and both sources side by side."""

from __future__ import annotations

from concurrent.futures import Future, wait
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.components.plan.link import PlanLink
from dashboard.components.plan.places import describe_site
from dashboard.planning.siting import BestSites, Source, best_sites, best_sites_later
from dashboard.planning.state import MOST_SITES, Plan, Site
from dashboard.planning.words import gap, reached
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, escape_markdown, thresholds
from etl.methods.siting import Siting

# How long the page waits for the best possible answer before it goes on, and how often it looks again.
PATIENCE_S, LOOK_AGAIN_S = 0.3, 1.5
SOURCES: dict[Source, str] = {
    "existing": "Groups and places that are there already",
    "anywhere": "New places anywhere",
}
NOTHING: dict[Source, str] = {
    "existing": "No listed group or place that lacks this help lies near anyone who would newly be reached.",
    "anywhere": "Nobody of a left-behind neighbourhood here is without this help within 800 m.",
}
MEANING = (
    "Counted are people of left-behind neighbourhoods who have no such help within 800 m and would then have it. "
    "A new place is tried at the middle of every neighbourhood. A neighbourhood is left behind, as usual, when it is "
)


def show_best(repository: Repository, link: PlanLink, *, plan: Plan) -> None:
    """Show the best k of both sources: the quick answer at once, the best possible one when it has been found."""
    st.header("Where would it count most?")
    st.session_state["plan_k"] = plan.k
    st.slider(
        "How many places",
        min_value=1,
        max_value=MOST_SITES,
        key="plan_k",
        on_change=lambda: link.change(replace(link.plan, k=st.session_state["plan_k"])),
    )
    usual = repository.fit_view(View()).view
    meant = thresholds(need_worst=usual.need_worst, exclusion_worst=usual.exclusion_worst, base_name="England")
    st.caption(f"{MEANING}{meant}.")
    columns = dict(zip(SOURCES, st.columns(2, gap="medium"), strict=True))
    quick: dict[Source, BestSites] = {}
    for source, column in columns.items():
        with column:
            quick[source] = best_sites(repository, link.visit.register, plan, source=source)
            _show_quick(repository, link, source=source, quick=quick[source], plan=plan)
    coming = {
        source: best_sites_later(repository, link.visit.register, plan, source=source)
        for source in SOURCES
        if quick[source].answer
    }
    wait(coming.values(), timeout=PATIENCE_S)
    found = dict(quick)
    for source, best in coming.items():
        with columns[source]:
            if best.done():
                found[source] = best.result()
                _show_exact(repository, link, source=source, quick=quick[source], best=found[source])
            else:
                st.caption("Looking for the best possible choice; the first time takes some seconds…")
    _show_comparison({source: (found[source].answer or quick[source].answer) for source in SOURCES})
    if not all(best.done() for best in coming.values()):
        _look_again(list(coming.values()))


@st.fragment(run_every=LOOK_AGAIN_S)
def _look_again(coming: list[Future[BestSites]]) -> None:
    if all(best.done() for best in coming):
        st.rerun()


def _show_quick(repository: Repository, link: PlanLink, *, source: Source, quick: BestSites, plan: Plan) -> None:
    st.subheader(SOURCES[source])
    if quick.answer is None:
        st.info(NOTHING[source])
        return
    if plan.k > quick.candidates:
        verb = "is" if quick.candidates == 1 else "are"
        st.info(f"You asked for {plan.k}, and there {verb} only {quick.candidates} to choose from.")
    chosen = len(quick.sites)
    st.markdown(
        f"Of {count(quick.candidates)}, **{chosen} {'place' if chosen == 1 else 'places'}** would bring help to "
        f"**{count(quick.answer.reached)} people**. No choice of {plan.k} could reach more than "
        f"{count(quick.answer.at_most)}."
    )
    st.table(_rows(repository, link, sites=quick.sites, gains=quick.answer.gains), hide_index=True)
    _show_use_button(link, sites=quick.sites, label="Use these places", key=f"plan-use-{source}")


def _show_exact(repository: Repository, link: PlanLink, *, source: Source, quick: BestSites, best: BestSites) -> None:
    if quick.answer is None or best.answer is None:
        st.caption(escape_markdown(best.problem))
        return
    st.markdown(gap(quick.answer, best.answer))
    if best.answer.reached > quick.answer.reached:
        st.table(_rows(repository, link, sites=best.sites, gains=best.answer.gains), hide_index=True)
        _show_use_button(link, sites=best.sites, label="Use the best places", key=f"plan-use-best-{source}")


def _show_comparison(answers: dict[Source, Siting | None]) -> None:
    existing, anywhere = (answers[source] for source in SOURCES)
    if existing and anywhere and anywhere.reached:
        share = 100 * existing.reached / anywhere.reached
        st.markdown(
            f"Building on what is there reaches **{share:.0f}%** of the people whom as many new places would reach."
        )


def _rows(repository: Repository, link: PlanLink, *, sites: tuple[Site, ...], gains: tuple[float, ...]) -> pd.DataFrame:
    names = [describe_site(repository, link.visit, site) for site in sites]
    return pd.DataFrame({"Place": map(escape_markdown, names), "Adds": [reached(gain) for gain in gains]})


def _show_use_button(link: PlanLink, *, sites: tuple[Site, ...], label: str, key: str) -> None:
    if st.button(label, key=key, icon=":material/add_location_alt:"):
        link.change(replace(link.plan, sites=sites))
        st.rerun()
