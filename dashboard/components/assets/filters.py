"""What a person looks for among the assets: the address says it, and the widgets follow it and change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from dashboard.assets.view import (
    ASSET,
    LONGEST_TEXT,
    PARAMETERS,
    AssetView,
    read_asset_id,
    read_asset_view,
    write_asset_view,
)
from dashboard.assets.words import AVAILABILITY
from dashboard.questions.places import Place
from dashboard.register.model import Availability
from dashboard.register.rules.freshness import Freshness
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy
from dashboard.repository import Repository

_REMEMBERED = "asset_list"
EVERYWHERE = "Everywhere"
FRESHNESS = {
    Freshness.FRESH: "Confirmed, and not due for a check",
    Freshness.STALE: "Due for a check",
    Freshness.UNCHECKED: "Never checked",
}
_FACETS = {
    "kinds": ("kind", "Kind"),
    "offers": ("offers", "What it offers"),
    "audiences": ("audiences", "Who it is for"),
    "referral": ("referral", "How to come to it"),
}


class AssetFilters:
    """The address of the Assets page."""

    @property
    def view(self) -> AssetView:
        """What the address asks for now."""
        return read_asset_view(st.query_params)

    @property
    def asset_id(self) -> str:
        """The id of the one entry that is shown, or nothing for the list."""
        return read_asset_id(st.query_params)

    @property
    def list_address(self) -> Mapping[str, str]:
        """The address of the list as it was left."""
        return dict(st.session_state.get(_REMEMBERED, {}))

    def remember(self) -> None:
        """Keep the address of the list, for the way back from an entry."""
        st.session_state[_REMEMBERED] = write_asset_view(self.view)

    def change(self, **changes: object) -> None:
        """Change parts of the view, and so the address; parameters of others stay.

        What was shown last is what is changed: of two choices made within a moment, the second comes with an address
        from before the first.
        """
        mine = {*PARAMETERS.values(), ASSET}
        others = {name: text for name, text in st.query_params.items() if name not in mine}
        changed = write_asset_view(read_asset_view(self.list_address).changed(**changes))
        st.session_state[_REMEMBERED] = changed
        st.query_params.from_dict({**others, **changed})

    def clear(self) -> None:
        """List everything again."""
        st.session_state[_REMEMBERED] = {}
        st.query_params.clear()

    def follow(self, part: str) -> Callable[[], None]:
        """Return what a widget does when it is changed: its value becomes a part of the view."""

        def change() -> None:
            value = st.session_state[_key(part)]
            self.change(**{part: tuple(value) if isinstance(value, list) else value})

        return change


def show_asset_search(filters: AssetFilters, *, view: AssetView) -> None:
    """Show the box that searches the entries' words."""
    st.session_state[_key("text")] = view.text
    st.text_input(
        "Search by name, postcode or what it does",
        type="search",
        key=_key("text"),
        placeholder="lunch club, M14 4PX, borrow a tablet…",
        max_chars=LONGEST_TEXT,
        on_change=filters.follow("text"),
        live="300ms",
    )


def show_asset_filters(
    repository: Repository, filters: AssetFilters, *, view: AssetView, taxonomy: Taxonomy, own: tuple[Place, ...] = ()
) -> None:
    """Show every other filter; what is chosen twice in one box means either, and all boxes must fit.

    Parameters
    ----------
    own
        Areas of somebody's own that may be chosen besides the published ones.
    """
    for part, (field, label) in _FACETS.items():
        _choose_some(filters, view, part=part, label=label, names=taxonomy.names(FACET_OF_FIELD[field]))
    takes = {str(one): words for one, words in AVAILABILITY.items() if one is not Availability.UNKNOWN}
    _choose_some(filters, view, part="availability", label="Can it take people now?", names=takes)
    checked = {str(one): words for one, words in FRESHNESS.items()}
    _choose_some(filters, view, part="freshness", label="When it was checked", names=checked)
    _choose_area(filters, view, offered=(*repository.areas_to_filter_by(view.area), *own))
    for part, label in (("is_open_now", "Open now"), ("is_free", "Free of charge")):
        st.session_state[_key(part)] = getattr(view, part)
        st.checkbox(label, key=_key(part), on_change=filters.follow(part))


def count_chosen(view: AssetView) -> int:
    """Return how many filters besides the search box are in use."""
    default = AssetView(text=view.text, page=view.page)
    return sum(getattr(view, name) != getattr(default, name) for name in PARAMETERS)


def choose_some(
    label: str, *, names: Mapping[str, str], chosen: Iterable[str], key: str, on_change: Callable[[], None]
) -> None:
    """Show a box in which some of a few names are chosen: those that the address asks for, as far as there are such."""
    st.session_state[key] = [one for one in chosen if one in names]
    st.multiselect(
        label,
        options=list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=on_change,
        placeholder="Any",
        select_all=False,
    )


def _choose_some(filters: AssetFilters, view: AssetView, *, part: str, label: str, names: Mapping[str, str]) -> None:
    choose_some(label, names=names, chosen=getattr(view, part), key=_key(part), on_change=filters.follow(part))


def _choose_area(filters: AssetFilters, view: AssetView, *, offered: tuple[Place, ...]) -> None:
    places = {place.area_code: place.label for place in offered}
    st.session_state[_key("area")] = view.area if view.area in places else ""
    st.selectbox(
        "In or serving",
        options=["", *places],
        format_func=lambda code: places.get(code, EVERYWHERE),
        key=_key("area"),
        on_change=filters.follow("area"),
        help="Choose an ICB or a district; its wards are then offered too.",
    )


def _key(part: str) -> str:
    return f"asset-{part}"
