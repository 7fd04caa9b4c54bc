"""The page that answers “what about our own patch?”: areas that people make themselves."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.frame import fragment
from dashboard.components.my_places.draft import begin_anew, current_draft
from dashboard.components.my_places.kept import show_keeping, show_own_areas
from dashboard.components.my_places.map import show_draft_map, show_draft_words
from dashboard.components.my_places.ways import WAYS, show_way
from dashboard.components.visit import Visit, open_visit
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings

MEANING = (
    "An integrated neighbourhood team, a primary care network, a parish: name the neighbourhoods it covers, and it "
    "behaves like any other area everywhere. Areas are made of whole neighbourhoods (LSOAs); a boundary takes in those "
    "whose middle lies inside it: "
)
BY_CENTROID = "their population-weighted centroid, the middle of where their people live, as the ONS publishes it."
BY_POINT_INSIDE = "a point inside each, which may be away from where most of its people live."


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show how to make an area, and those that are kept."""
    st.title("Neighbourhoods of our own")
    st.markdown(MEANING + (BY_CENTROID if repository.has_centroids else BY_POINT_INSIDE))
    visit = open_visit(settings)
    _make(repository, visit, settings)
    show_own_areas(visit)


@fragment
def _make(repository: Repository, visit: Visit, settings: Settings) -> None:
    draft = current_draft()
    st.header(f"Change {escape_markdown(draft.piece.title)}" if draft.piece else "Make a new one")
    way = st.radio("How", options=WAYS, horizontal=True, key="own_way")
    # Words first: on a phone, where one comes below the other, what to do next is in sight.
    words_side, map_side = st.columns([9, 11], gap="medium")
    with words_side:
        show_way(repository, draft, way=way, settings=settings)
    with map_side:
        show_draft_map(repository, draft, way=way, settings=settings)
    with words_side:
        show_draft_words(repository, draft)
        if draft.codes:
            st.button("Begin anew", on_click=begin_anew, icon=":material/restart_alt:")
        show_keeping(draft, visit)
