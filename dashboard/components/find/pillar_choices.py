"""What left behind means: the pillars, their thresholds and weights, and what they are counted over."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.repository import Repository
from dashboard.state import BOTH, EVERYONE, HEAVIEST, HIGHEST_THRESHOLD, LOWEST_THRESHOLD, View

BOTH_LABEL = "Need and digital exclusion together"
NO_SUPPORT = "Do not count it"
PARTS = (
    "need", "exclusion", "support", "need_worst", "exclusion_worst", "support_worst", "need_weight",
    "exclusion_weight", "support_weight", "base",
)  # fmt: skip
WEIGHT_HELP = "How much it counts in the order of places, beside the other weights. 0 leaves it out of the order."


def show_pillar_choices(
    repository: Repository,
    filters: Filters,
    *,
    view: View,
    groups: dict[str, str],
    counts_support: bool,
    own: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Show what left behind means, pillar by pillar, with a button that puts all back.

    Parameters
    ----------
    own
        Recipes and figures of one's own that can stand for need or digital exclusion, in words by id.
    groups
        What thin support can be counted of, in words by id.
    counts_support
        Whether the register has any asset of the chosen group.
    """
    default = View()
    st.button(
        "Reset these choices",
        on_click=lambda: filters.change(**{part: getattr(default, part) for part in PARTS}),
        icon=":material/restart_alt:",
        disabled=all(getattr(view, part) == getattr(default, part) for part in PARTS),
    )
    choose_indicator(
        repository, filters, part="need", label="Need", options=repository.needs, chosen=view.need,
        help_text="What counts as need: overall deprivation (IMD) unless you choose another figure.", own=own,
    )  # fmt: skip
    _show_threshold(filters, part="need_worst", label="Worst per cent on need", value=view.need_worst)
    _show_weight(filters, part="need_weight", label="Weight of need in the order", value=view.need_weight)
    choose_indicator(
        repository, filters, part="exclusion", label="Digital exclusion", options=repository.exclusions,
        chosen=view.exclusion,
        help_text=(
            "How likely people are to be cut off from services that have gone online: the recipe of the score. Recipes "
            "of your own are made on the page Figures of our own."
        ),
        own=own,
    )  # fmt: skip
    _show_threshold(
        filters, part="exclusion_worst", label="Worst per cent on digital exclusion", value=view.exclusion_worst
    )
    _show_weight(
        filters,
        part="exclusion_weight",
        label="Weight of digital exclusion in the order",
        value=view.exclusion_weight,
    )
    _show_support(filters, view=view, groups=groups, counts_support=counts_support)
    _show_base(repository, filters, view=view)


def _show_support(filters: Filters, *, view: View, groups: dict[str, str], counts_support: bool) -> None:
    chosen = view.support if view.support in groups else ""
    st.session_state["support"] = chosen
    st.selectbox(
        "Thin support",
        options=["", *groups],
        format_func=lambda group: groups.get(group, NO_SUPPORT),
        key="support",
        on_change=filters.follow("support", "support"),
        help="Little help of this kind within a walk of 1,600 m, by the register of community assets as it is now.",
    )
    if not chosen:
        return
    if not counts_support:
        st.info("No such asset is in the register yet, so there are two pillars until there is.")
        return
    _show_threshold(
        filters,
        part="support_worst",
        label="Worst per cent on thin support (100%: for the order only)",
        value=view.support_worst,
        most=EVERYONE,
    )
    _show_weight(filters, part="support_weight", label="Weight of thin support in the order", value=view.support_weight)


def _show_base(repository: Repository, filters: Filters, *, view: View) -> None:
    chosen = repository.area(view.within)
    labels = {"england": "all of England", "within": chosen.name if chosen else "the chosen area"}
    st.session_state["base"] = view.base
    st.radio(
        "Count the worst over",
        options=list(labels),
        format_func=labels.__getitem__,
        key="base",
        on_change=filters.follow("base", "base"),
        disabled=chosen is None,
        help="Choose an area under “Show only” to count the worst within it.",
    )


def choose_indicator(
    repository: Repository,
    filters: Filters,
    *,
    part: str,
    label: str,
    options: tuple[str, ...],
    chosen: str,
    help_text: str,
    own: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Show the choice of one indicator or recipe, or of one of the own figures, which are named by id."""
    if part == "exclusion":
        names = {key: recipe.name for key, recipe in repository.recipes.items()}
    else:
        names = {key: f"{indicator.domain}: {indicator.name}" for key, indicator in repository.indicators.items()}
    names |= own
    st.session_state[part] = chosen
    st.selectbox(
        label,
        options=(*options, *own),
        format_func=lambda key: BOTH_LABEL if key == BOTH else names[key],
        key=part,
        on_change=filters.follow(part, part),
        help=help_text,
    )


def _show_threshold(filters: Filters, *, part: str, label: str, value: int, most: int = HIGHEST_THRESHOLD) -> None:
    st.session_state[part] = value
    st.slider(
        label,
        min_value=LOWEST_THRESHOLD,
        max_value=most,
        format="%d%%",
        key=part,
        on_change=filters.follow(part, part),
    )


def _show_weight(filters: Filters, *, part: str, label: str, value: int) -> None:
    st.session_state[part] = value
    st.slider(label, min_value=0, max_value=HEAVIEST, key=part, on_change=filters.follow(part, part), help=WEIGHT_HELP)
