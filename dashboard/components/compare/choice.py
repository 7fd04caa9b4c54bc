"""Which areas stand side by side."""

from __future__ import annotations

import streamlit as st

from dashboard.compare_state import ABOUT, MOST_AREAS, names_too_many, read_compared, write_compared
from dashboard.components.own_areas import own_places
from dashboard.components.place_search import show_adding
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import OTHER_YEARS
from dashboard.repository import Repository
from dashboard.words import escape_markdown, join
from etl.settings import Settings


def compared_codes() -> tuple[str, ...]:
    """Return the codes of the areas that the address names."""
    return read_compared(st.query_params)


def chosen_domain() -> str:
    """Return the group of figures that the address names; empty for none."""
    return str(st.query_params.get(ABOUT, ""))


def change_compared(codes: tuple[str, ...], *, about: str) -> None:
    """Make these the areas, and this the group of figures, that the address names."""
    st.query_params.from_dict(write_compared(codes, about=about))


def show_area_choice(repository: Repository, settings: Settings) -> None:
    """Show the areas that are compared, each with a way out, and ways to add one."""
    codes = compared_codes()
    with st.container(horizontal=True, vertical_alignment="center"):
        for code in codes:
            area = repository.area(code)
            name = area.name if area else code
            st.button(
                escape_markdown(name),
                key=f"compare-out-{code}",
                icon=":material/close:",
                help=f"Take {escape_markdown(name)} out",
                on_click=_take_out,
                args=(code,),
            )
    if unknown := [code for code in codes if repository.area(code) is None]:
        st.warning(escape_markdown(f"There is no area {join(unknown)} in this data. {OTHER_YEARS}"))
    if names_too_many(st.query_params):
        st.warning(f"The link names more areas than can stand side by side: the first {MOST_AREAS} are shown.")
    if len(codes) >= MOST_AREAS:
        st.caption(f"{MOST_AREAS} areas are the most. Take one out to add another.")
        return
    search, own = st.columns(2)
    with search:
        show_adding(
            repository,
            settings,
            label="Add an area: a name, a code or a postcode",
            placeholder="Salford, Moss Side, M14 4PX…",
            key="compare_search",
            on_add=_add,
        )
    with own:
        _show_own(settings, codes=codes)


def _show_own(settings: Settings, *, codes: tuple[str, ...]) -> None:
    places = {place.area_code: place.name for place in own_places(settings) if place.area_type == CUSTOM}
    offered = [code for code in places if code not in codes]
    if offered:
        st.selectbox(
            "Or an area of your own",
            options=["", *offered],
            format_func=lambda code: places.get(code, "Choose one"),
            key="compare_own",
            on_change=lambda: _add(st.session_state["compare_own"]),
        )


def _add(code: str) -> None:
    change_compared((*compared_codes(), code), about=chosen_domain())


def _take_out(code: str) -> None:
    change_compared(tuple(one for one in compared_codes() if one != code), about=chosen_domain())
