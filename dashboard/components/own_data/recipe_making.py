"""Make a recipe: choose figures, say how much each counts, and see what it comes to before it is kept."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.kept_work import AUDIENCES, show_audience_choice
from dashboard.components.own_figures import names_of_sort
from dashboard.components.visit import Visit
from dashboard.own.figures import learn_own_figure
from dashboard.own.recipes import (
    MOST_INGREDIENTS,
    OWN_SCALINGS,
    WITHOUT,
    Ingredient,
    OwnRecipe,
    make_recipe,
    name_of,
    recipe_body,
    recipe_of_body,
)
from dashboard.questions.own_figures import is_own_figure
from dashboard.questions.views import OWN_DOMAIN as WORKED_OUT
from dashboard.register.piece import Piece, PieceDraft, Sharing, Sort
from dashboard.repository import Repository
from dashboard.state import HEAVIEST, USUAL_WEIGHT
from dashboard.words import count, escape_markdown, share
from etl.errors import CommonGroundError
from etl.methods.recipe import Missing
from etl.methods.scaling import Scaling
from etl.methods.scoring import ROUNDING

MEANING = (
    "A recipe weighs several figures together into one score: published ones, whole scores, and figures of your own. "
    "It can stand for digital exclusion or need on Find, and anybody whom you let see it can open its link."
)
EFFECT = (
    "“In effect” is how far the score really follows each figure: one that varies more, or moves together with others, "
    "counts for more than its weight says."
)
HIGH, LOW = "High values are worse", "Low values are worse"
_PIECE, _NEXT, _SAID, _FIGURES = "recipe_piece", "recipe_next", "recipe_said", "recipe_figures"
_SCALING, _WITHOUT = "recipe_scaling", "recipe_without"


def show_recipe_making(repository: Repository, visit: Visit) -> None:
    """Show what a recipe can be made of, what it comes to, and the form that keeps it."""
    if _NEXT in st.session_state:
        _fill_boxes(repository, visit, st.session_state.pop(_NEXT))
    piece: Piece | None = st.session_state.get(_PIECE)
    st.header(f"Change {escape_markdown(piece.title)}" if piece else "Make a recipe")
    st.markdown(MEANING)
    if words := st.session_state.pop(_SAID, ""):
        st.success(escape_markdown(words))
    offered = offered_figures(repository, visit)
    chosen = st.multiselect(
        "What it is made of",
        options=list(offered),
        format_func=offered.__getitem__,
        key=_FIGURES,
        max_selections=MOST_INGREDIENTS,
        placeholder="Choose figures",
        select_all=False,
        help="A whole score, such as digital exclusion risk, can be one of them.",
    )
    if not chosen:
        return
    try:
        for key in filter(is_own_figure, chosen):
            learn_own_figure(repository, visit.register, indicator_id=key, actor=visit.actor)
        ingredients = tuple(_show_ingredient(repository, key, number=n) for n, key in enumerate(chosen, start=1))
        own = OwnRecipe(ingredients, *_show_ways())
        _show_effect(repository, own)
        _show_keeping(visit, own, piece=piece)
    except CommonGroundError as refusal:
        st.error(escape_markdown(f"{refusal.what} {refusal.todo}"))


def begin_recipe(piece: Piece | None = None) -> None:
    """Have the boxes hold a kept recipe, to be changed, or nothing, when the page is shown next."""
    st.session_state[_NEXT] = piece


def offered_figures(repository: Repository, visit: Visit) -> dict[str, str]:
    """Return what a recipe can be made of, in words by id; what is worked out from the pillars cannot be in one."""
    published = {
        key: f"{indicator.domain}: {indicator.name}"
        for key, indicator in repository.mapped_indicators.items()
        if indicator.domain != WORKED_OUT
    }
    return {**names_of_sort(visit, Sort.OWN_DATA), **published}


def _fill_boxes(repository: Repository, visit: Visit, piece: Piece | None) -> None:
    own = recipe_of_body(piece.body) if piece else OwnRecipe()
    offered = offered_figures(repository, visit)
    here = [one for one in own.ingredients if one.indicator_id in offered]
    filled: dict[str, object] = {_PIECE: piece, _FIGURES: [one.indicator_id for one in here]}
    filled |= {_SCALING: own.scaling, _WITHOUT: own.missing}
    filled |= {_weight_key(one.indicator_id): one.weight for one in here}
    filled |= {_worse_key(one.indicator_id): LOW if one.is_reversed else HIGH for one in here}
    st.session_state.update(filled)


def _show_ingredient(repository: Repository, key: str, *, number: int) -> Ingredient:
    name, weight, worse = st.columns([4, 3, 3], vertical_alignment="center")
    indicator = repository.indicators[key]
    name.markdown(f"**{number}. {escape_markdown(indicator.name)}**")
    usual = {_weight_key(key): USUAL_WEIGHT, _worse_key(key): LOW if indicator.polarity == "higher_is_better" else HIGH}
    for box, given in usual.items():
        # Said anew each time: a run that the next choice cut short may not have told the browser.
        st.session_state[box] = st.session_state.get(box, given)
    given = weight.slider(f"Weight of figure {number}", min_value=0, max_value=HEAVIEST, key=_weight_key(key))
    way = worse.selectbox(f"Which way is worse, figure {number}", options=(HIGH, LOW), key=_worse_key(key))
    return Ingredient(key, int(given), is_reversed=way == LOW)


def _show_ways() -> tuple[Scaling, Missing]:
    scale, without = st.columns(2)
    scaling = scale.selectbox(
        "How figures are put on one scale", options=list(OWN_SCALINGS), format_func=OWN_SCALINGS.__getitem__,
        key=_SCALING,
    )  # fmt: skip
    missing = without.selectbox(
        "Where a figure is missing", options=list(WITHOUT), format_func=WITHOUT.__getitem__, key=_WITHOUT,
        help="A figure of your own may cover your patch only. Small numbers that are hidden are missing too.",
    )  # fmt: skip
    return scaling, missing


def _show_effect(repository: Repository, own: OwnRecipe) -> None:
    scores = repository.score(make_recipe(repository, own, recipe_id="own_draft", name="draft"))
    scored = ~pd.isna(scores.score)
    whole = scored & (scores.completeness > 1 - ROUNDING)
    st.markdown(
        f"**{count(scored.sum())} of {count(len(scored))} neighbourhoods** have a score; in **{count(whole.sum())}** "
        "of them every figure is there."
    )
    if 0 < whole.sum() < scored.sum():
        st.info("Places with and without all the figures are scored by different things: compare them with care.")
    shown = {
        "Figure": [name_of(repository, one.indicator_id) for one in own.ingredients],
        "Weight": [share(weight) for weight in scores.component_weights],
        "In effect": [share(weight) for weight in scores.effective_weights],
        "Neighbourhoods with it": [count(number) for number in (~pd.isna(scores.component_scores)).sum(axis=0)],
    }
    st.dataframe(pd.DataFrame(shown), hide_index=True, height="content", alt="What the recipe is made of")
    st.caption(EFFECT)


def _show_keeping(visit: Visit, own: OwnRecipe, *, piece: Piece | None) -> None:
    has_own = any(is_own_figure(one.indicator_id) for one in own.ingredients)
    audiences = (Sharing.PARTNERS, Sharing.PRIVATE) if has_own else tuple(AUDIENCES)
    with st.form("own_recipe_keeping"):
        title = st.text_input("Its name", value=piece.title if piece else "", max_chars=200)
        audience = show_audience_choice(piece, key="own_recipe_audience", options=audiences)
        is_saved = st.form_submit_button("Save the changes" if piece else "Save the recipe", type="primary")
    if piece:
        st.button("Leave it as it was", on_click=begin_recipe)
    if not is_saved:
        return
    draft = PieceDraft(
        sort=Sort.OWN_RECIPE,
        title=title,
        body=recipe_body(own),
        audience=audience,
        piece_id=piece.piece_id if piece else "",
    )
    kept = visit.register.kept.save(draft, actor=visit.actor, base_version=piece.version if piece else 0)
    begin_recipe()
    st.session_state[_SAID] = f"“{kept.title}” is kept. Find it below, and on Find under “What counts as left behind”."
    st.rerun()


def _weight_key(indicator_id: str) -> str:
    return f"recipe_weight_{indicator_id}"


def _worse_key(indicator_id: str) -> str:
    return f"recipe_worse_{indicator_id}"
