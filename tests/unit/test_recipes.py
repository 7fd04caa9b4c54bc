"""Recipes are data: what ships, and what a slip in a file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.methods.recipe import RecipeError
from etl.recipes import read_recipe, read_recipes

GOOD = """
recipe_id = "mine"
name = "Mine"
description = "A recipe of our own."
origin = "Us"
is_default = true
unit = "score"
period = "2021"
caveat = "None."

[[component]]
component_id = "one"
name = "One"

[[component.input]]
indicator_id = "income_2025"
weight = 2
"""


def write(folder: Path, text: str, *, name: str = "mine") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_three_recipes_ship_and_the_default_comes_first() -> None:
    assert [recipe.recipe_id for recipe in read_recipes()] == [
        "digital_exclusion_2025",
        "deri_method",
        "deri_v1_6_published",
    ]
    assert [recipe.is_default for recipe in read_recipes()] == [True, False, False]


def test_the_default_recipe_has_four_equal_components_on_percentiles() -> None:
    recipe = read_recipes()[0]
    assert [(part.component_id, part.weight) for part in recipe.components] == [
        ("connectivity", 1),
        ("skills", 1),
        ("age_health", 1),
        ("means", 1),
    ]
    assert {part.scaling for part in recipe.components} == {"percentile"}
    weights = {entry.indicator_id: entry.weight for entry in recipe.components[2].inputs}
    assert weights == {"share_65_74_2021": 1, "share_75_plus_2021": 2, "share_disabled_2021": 2}


def test_the_deri_method_weighs_as_corrected_and_keeps_the_printed_weights_as_a_variant() -> None:
    recipe = next(recipe for recipe in read_recipes() if recipe.recipe_id == "deri_method")
    assert [entry.weight for entry in recipe.components[0].inputs] == [5, 5, 2, 2]
    assert [entry.is_reversed for entry in recipe.components[1].inputs] == [False, False, True]
    printed = recipe.variant("as_printed").components
    total = sum(part.weight for part in printed)
    # Printed: (5/10, 5/10, 2/14, 2/14) for demography, then a third for each component; ours is 21/23 of that.
    weights = [entry.weight / 18 * printed[0].weight / total for entry in printed[0].inputs]
    assert weights == pytest.approx([21 / 23 * share / 3 for share in (5 / 10, 5 / 10, 2 / 14, 2 / 14)])
    assert printed[1].weight / total == pytest.approx(21 / 23 / 3)


def test_a_plain_recipe_takes_what_it_does_not_say_from_the_defaults(tmp_path: Path) -> None:
    recipe = read_recipe(write(tmp_path, GOOD))
    assert (recipe.base, recipe.missing, recipe.top, recipe.decimals) == ("england", "share_weight", 100.0, 1)
    assert recipe.components[0].scaling == "percentile"
    assert recipe.components[0].inputs[0].weight == 2.0


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "Mine"\n', "", "name"),
        ('name = "Mine"', "name = 3", "name"),
        ('name = "One"', "nam = 'One'", "component[1].name"),
        ("weight = 2", "wieght = 2", "component[1].input[1].wieght"),
        ("weight = 2", 'weight = "two"', "component[1].input[1].weight"),
        ("weight = 2", "weight = true", "component[1].input[1].weight"),
        ("weight = 2", "weight = -2", "component[1].input[1].weight"),
        ("weight = 2", "weight = nan", "component[1].input[1].weight"),
        ("weight = 2", "weight = 0", "component[1].input"),
        ('"income_2025"', '"Income 2025"', "component[1].input[1].indicator_id"),
        ("[[component]]", 'scaling = "log"\n[[component]]', "scaling"),
        ('name = "One"', 'name = "One"\nscaling = "log"', "component[1].scaling"),
        ("is_default = true", 'is_default = "yes"', "is_default"),
        ("is_default = true", 'base = "wales"', "base"),
        ("is_default = true", "decimals = 9", "decimals"),
        ("is_default = true", "decimals = 1.5", "decimals"),
        ("is_default = true", "top = 0", "top"),
        ("is_default = true", "variant = [1]", "variant[1]"),
        ("is_default = true", "variant = 1", "variant"),
        ('recipe_id = "mine"', 'recipe_id = "yours"', "recipe_id"),
    ],
)
def test_a_slip_in_a_recipe_is_refused_with_its_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    with pytest.raises(RecipeError) as refusal:
        read_recipe(write(tmp_path, GOOD.replace(old, new, 1)))
    assert refusal.value.key == key
    assert f"(file mine.toml, key {key})" in str(refusal.value)
    assert refusal.value.todo


def test_a_recipe_without_components_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="key component"):
        read_recipe(write(tmp_path, GOOD.split("[[component]]", maxsplit=1)[0]))


def test_a_variant_of_something_that_is_not_there_is_refused(tmp_path: Path) -> None:
    extra = '[[variant]]\nvariant_id = "other"\nnote = "Why."\n[[variant.weight]]\ncomponent_id = "two"\nweight = 1\n'
    with pytest.raises(RecipeError, match=r"no “two” there to weigh \(file mine.toml, key variant\[1\].weight\)"):
        read_recipe(write(tmp_path, GOOD + extra))


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(RecipeError, match=r"not a TOML file in UTF-8: .* \(file broken.toml\)"):
        read_recipe(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"No such file or directory \(file none.toml\)"):
        read_recipe(tmp_path / "none.toml")


def test_two_defaults_are_refused_and_so_is_none(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="these are: none"):
        read_recipes(tmp_path)
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace('"mine"', '"other"', 1), name="other")
    with pytest.raises(RecipeError, match="these are: mine, other"):
        read_recipes(tmp_path)
