"""How the scores are put together: each recipe with its weights, as meant and as they work out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.questions.provenance import Recipe
from dashboard.repository import Repository
from dashboard.words import escape_markdown, share

EFFECTIVE_HELP = (
    "A weight on paper is not always the weight at work: a component that varies more, or moves with others, counts "
    "for more. The effective weight is the squared correlation of the component with the score, made to add up to 100%."
)


def show_recipes(repository: Repository) -> None:
    """Show every composite index with its components, inputs and weights."""
    st.header("Scores and their recipes")
    st.markdown(EFFECTIVE_HELP)
    for recipe in repository.recipes.values():
        _show_recipe(recipe, inputs=repository.recipe_inputs)


def _show_recipe(recipe: Recipe, *, inputs: pd.DataFrame) -> None:
    chosen = inputs[inputs["recipe_id"] == recipe.recipe_id]
    title = f"{recipe.name} (used unless you choose another)" if recipe.is_default else recipe.name
    with st.expander(escape_markdown(title), expanded=recipe.is_default):
        st.markdown(f"{escape_markdown(recipe.description)} Method: {escape_markdown(recipe.origin)}.")
        st.table(describe_components(chosen), hide_index=True)
        st.dataframe(describe_inputs(chosen), hide_index=True, height="content", alt=f"Inputs of {recipe.name}")


def describe_components(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return a recipe's components with their nominal and effective weights."""
    components = inputs.drop_duplicates("component_id")
    return pd.DataFrame(
        {
            "Component": components["component_name"],
            "Weight on paper": components["component_weight"].map(share),
            "Weight at work": components["component_effective_weight"].map(share),
        }
    )


def describe_inputs(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return a recipe's inputs with their weights within their component."""
    return pd.DataFrame(
        {
            "Component": inputs["component_name"],
            "Input": inputs["indicator_name"],
            "Weight in component": inputs["indicator_weight"].map(share),
            "High values": inputs["is_reversed"].map({True: "lower the score", False: "raise the score"}),
            "Scaling": inputs["scaling"],
            "Loaded": inputs["is_loaded"].map({True: "Yes", False: "No"}),
        }
    )
