"""Read the recipes of composite indices from their files and check them; every refusal names the file and the key."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import cast, get_args

from etl.methods.recipe import Base, Component, Input, Missing, Recipe, RecipeError, Variant
from etl.methods.scaling import Scaling
from etl.settings import PROJECT
from etl.toml_keys import Keys

RECIPES = PROJECT / "data" / "recipes"
MOST_DECIMALS = 6


def read_recipes(folder: Path = RECIPES) -> tuple[Recipe, ...]:
    """Return every recipe of a folder, the default one first, then by id.

    Raises
    ------
    RecipeError
        If a file cannot be read as a recipe, or there is not exactly one default.
    """
    recipes = [read_recipe(path) for path in sorted(folder.glob("*.toml"))]
    defaults = [recipe.recipe_id for recipe in recipes if recipe.is_default]
    if len(defaults) != 1:
        named = ", ".join(defaults) or "none"
        what = f"One recipe must be the default; in {folder.name} these are: {named} (key is_default)."
        raise RecipeError(what, key="is_default", todo="Set is_default = true in exactly one file.")
    return tuple(sorted(recipes, key=lambda recipe: (not recipe.is_default, recipe.recipe_id)))


def read_recipe(path: Path) -> Recipe:
    """Return the recipe of one TOML file.

    Raises
    ------
    RecipeError
        If the file is not TOML, lacks a key, has one that is not known, or a value that cannot be used.
    """
    try:
        recipe = _read_recipe(Keys(tomllib.loads(path.read_text(encoding="utf-8"))))
        if recipe.recipe_id != path.stem:
            what = f"The recipe calls itself “{recipe.recipe_id}”."
            raise RecipeError(what, key="recipe_id", todo="Give the file and the recipe the same name.")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        what = f"This is not a TOML file in UTF-8: {error} (file {path.name})."
        raise RecipeError(what, key="", todo="Correct the file at that place.") from error
    except OSError as error:
        what = f"The recipe cannot be read: {error.strerror} (file {path.name})."
        raise RecipeError(what, key="", todo="Check that the file is there and may be read.") from error
    except RecipeError as error:
        what = f"{error.what.rstrip('.')} (file {path.name}, key {error.key})."
        raise RecipeError(what, key=error.key, todo=error.todo) from error
    return recipe


def _read_recipe(keys: Keys) -> Recipe:
    recipe = Recipe(
        recipe_id=keys.take_id("recipe_id"),
        name=keys.take("name", str),
        description=keys.take("description", str),
        origin=keys.take("origin", str),
        is_default=keys.take("is_default", bool, default=False),
        base=cast("Base", keys.take_choice("base", get_args(Base), default="england")),
        missing=cast("Missing", keys.take_choice("missing", get_args(Missing), default="share_weight")),
        top=float(keys.take("top", float, default=100.0)),
        unit=keys.take("unit", str),
        period=keys.take("period", str),
        caveat=keys.take("caveat", str),
        decimals=_read_decimals(keys),
        components=tuple(_read_component(table) for table in keys.take_tables("component", is_required=True)),
        variants=tuple(_read_variant(table) for table in keys.take_tables("variant")),
    )
    keys.finish()
    return recipe


def _read_decimals(keys: Keys) -> int:
    decimals = int(keys.take("decimals", int, default=1))
    if not 0 <= decimals <= MOST_DECIMALS:
        what = f"{decimals} decimal places cannot be shown."
        raise RecipeError(what, key="decimals", todo=f"Use a whole number from 0 to {MOST_DECIMALS}.")
    return decimals


def _read_component(keys: Keys) -> Component:
    component = Component(
        component_id=keys.take_id("component_id"),
        name=keys.take("name", str),
        weight=float(keys.take("weight", float, default=1.0)),
        scaling=cast("Scaling", keys.take_choice("scaling", get_args(Scaling), default="percentile")),
        inputs=tuple(_read_input(table) for table in keys.take_tables("input", is_required=True)),
    )
    keys.finish()
    return component


def _read_input(keys: Keys) -> Input:
    entry = Input(
        indicator_id=keys.take_id("indicator_id"),
        weight=float(keys.take("weight", float, default=1.0)),
        is_reversed=keys.take("is_reversed", bool, default=False),
    )
    keys.finish()
    return entry


def _read_variant(keys: Keys) -> Variant:
    variant = Variant(
        variant_id=keys.take_id("variant_id"),
        note=keys.take("note", str),
        weights=dict(_read_weight(table) for table in keys.take_tables("weight", is_required=True)),
    )
    keys.finish()
    return variant


def _read_weight(keys: Keys) -> tuple[tuple[str, str | None], float]:
    place = (keys.take_id("component_id"), keys.take("indicator_id", str, default="") or None)
    weight = float(keys.take("weight", float))
    keys.finish()
    return place, weight
