"""Recipes of people's own: scored by the engine, used as a pillar, kept, shared, and seen by those who may."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from dashboard.components.find.map import find_given
from dashboard.opening import open_register
from dashboard.own.data_placing import Placed
from dashboard.own.figures import Described, figure_body, id_of_piece, learn_own_figure
from dashboard.own.recipes import Ingredient, OwnRecipe, make_recipe, recipe_body, recipe_of_body
from dashboard.register.actor import local_actor
from dashboard.register.errors import NotFoundError
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.register import Register
from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.errors import CommonGroundError
from etl.methods.draws import Draws
from etl.publish import current_snapshot
from etl.settings import Settings, read_settings
from tests.registers import OTHER_PARTNER, PARTNER
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import LADS, LSOAS, POPULATIONS, SIZE, make_home

ME = local_actor()
IMD = "imd_2025"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("template")).home


@pytest.fixture
def settings(template: Path, tmp_path: Path) -> Settings:
    return read_settings({}, home=Path(shutil.copytree(template, tmp_path / "home")))


@pytest.fixture
def repository(settings: Settings) -> Repository:
    return open_repository(current_snapshot(settings))


@pytest.fixture
def register(settings: Settings) -> Register:
    return open_register(settings)


def keep_figure(register: Register, *, audience: Sharing = Sharing.PARTNERS, polarity: str = "higher_is_better") -> str:
    """Keep a percentage of the first six neighbourhoods, modelled: 0, 10, … 50; return its id."""
    value = np.full(SIZE, np.nan)
    value[:6] = 10.0 * np.arange(6)
    said = Described("App [users]", "April 2026", "Ours", polarity, "ward", "percent")
    body = figure_body(said, Placed(value, (), {}, "modelled", ("A note.",)), codes=list(LSOAS))
    draft = PieceDraft(sort=Sort.OWN_DATA, title=said.name, body=body, audience=audience)
    return id_of_piece(register.kept.save(draft, actor=PARTNER).piece_id)


def keep_recipe(register: Register, *ingredients: Ingredient, audience: Sharing = Sharing.PARTNERS) -> str:
    body = recipe_body(OwnRecipe(ingredients))
    draft = PieceDraft(sort=Sort.OWN_RECIPE, title="Our *recipe*", body=body, audience=audience)
    return id_of_piece(register.kept.save(draft, actor=PARTNER).piece_id)


def test_a_recipe_weighs_a_published_figure_and_one_of_our_own(repository: Repository, register: Register) -> None:
    app = keep_figure(register)
    key = keep_recipe(register, Ingredient(IMD, 3), Ingredient(app, 1, is_reversed=True))
    figure = learn_own_figure(repository, register, indicator_id=key, actor=PARTNER)
    score = repository.values_of_level(level="lsoa", indicator_id=key)
    # Deprivation is worst in the first of twelve, and the share is lowest, so worst, in the first of six.
    deprivation, users = 100 * (SIZE - np.arange(SIZE)) / SIZE, 100 * (6 - np.arange(6)) / 6
    assert score.value[:6] == pytest.approx((3 * deprivation[:6] + users) / 4)
    # Where a figure is missing, its weight goes to the other.
    assert score.value[6:] == pytest.approx(deprivation[6:])
    assert score.national_rank[0] == 1.0
    assert repository.own_value(key, area_code=LADS[1]) == pytest.approx(
        np.average(deprivation[6:], weights=POPULATIONS[6:])
    )
    parts = repository.contributions(area_code=LSOAS[0], recipe_id=key)
    assert parts["contribution"].sum() == pytest.approx(score.value[0])
    assert set(parts["indicator_name"]) == {"Deprivation", "App [users]"}
    assert "Modelled in part: App [users]" in figure.indicator.caveat
    assert figure.indicator.definition == "Made of Deprivation (weight 3) and App [users] (weight 1, lower is worse)."
    assert key not in list(repository.indicators)


def test_a_recipe_is_kept_as_it_was_and_nothing_or_only_zeros_is_none(repository: Repository) -> None:
    own = OwnRecipe((Ingredient(IMD, 3), Ingredient("own_wabc", 0, is_reversed=True)), "z_score", "no_score")
    assert recipe_of_body(recipe_body(own)) == own
    for ingredients, problem in (((), "nothing in the recipe"), ((Ingredient(IMD, 0),), "All weights are zero")):
        with pytest.raises(CommonGroundError, match=problem):
            make_recipe(repository, OwnRecipe(ingredients), recipe_id="own_x", name="x")


def test_a_figure_that_is_not_loaded_is_missing_everywhere(repository: Repository, register: Register) -> None:
    key = keep_recipe(register, Ingredient(IMD), Ingredient("gone_2019"))
    figure = learn_own_figure(repository, register, indicator_id=key, actor=PARTNER)
    assert "a figure not loaded" in figure.indicator.definition
    assert len(figure.values) == SIZE
    assert repository.contributions(area_code=LSOAS[0], recipe_id=key)["indicator_id"].tolist() == [IMD]


def test_whoever_may_not_see_all_that_is_in_a_recipe_does_not_open_it(
    repository: Repository, register: Register
) -> None:
    private = keep_figure(register, audience=Sharing.PRIVATE)
    key = keep_recipe(register, Ingredient(IMD), Ingredient(private))
    assert learn_own_figure(repository, register, indicator_id=key, actor=PARTNER)
    with pytest.raises(NotFoundError):
        learn_own_figure(repository, register, indicator_id=key, actor=OTHER_PARTNER)
    nested = keep_recipe(register, Ingredient(key))
    with pytest.raises(CommonGroundError, match="not of a figure"):
        learn_own_figure(repository, register, indicator_id=nested, actor=PARTNER)


def test_a_recipe_whose_figure_changed_is_scored_anew(repository: Repository, register: Register) -> None:
    app = keep_figure(register)
    key = keep_recipe(register, Ingredient(app))
    before = learn_own_figure(repository, register, indicator_id=key, actor=PARTNER)
    assert learn_own_figure(repository, register, indicator_id=key, actor=PARTNER) is before
    piece = register.kept.get(app.removeprefix("own_"), actor=PARTNER)
    body = {**piece.body, "values": {LSOAS[7]: 5.0}}
    changed = PieceDraft(sort=Sort.OWN_DATA, title=piece.title, body=body, piece_id=piece.piece_id)
    register.kept.save(changed, actor=PARTNER, base_version=piece.version)
    after = learn_own_figure(repository, register, indicator_id=key, actor=PARTNER)
    assert list(after.values) == [LSOAS[7]]
    assert after.version != before.version


def test_a_recipe_or_a_figure_stands_for_a_pillar_and_is_as_sure_as_any(
    repository: Repository, register: Register
) -> None:
    app = keep_figure(register)
    key = keep_recipe(register, Ingredient(IMD), Ingredient(app, is_reversed=True))
    neutral = keep_figure(register, polarity="neutral")
    for one in (app, key, neutral):
        learn_own_figure(repository, register, indicator_id=one, actor=PARTNER)
    view = View(need=app, exclusion=key)
    assert repository.fit_view(view).view == view
    fitted = repository.fit_view(View(exclusion=neutral))
    assert fitted.view == View()
    assert "has no worse direction" in fitted.notes[0]
    ranking = repository.rank_areas(view)
    assert ranking.rows(0, 1)["area_code"].tolist() == [LSOAS[0]]
    given = find_given(repository, view=view)
    assert set(given) == {app, key}
    assert (given[app][0], given[app][6], given[key][0]) == (17, 0, 9)
    question = repository.ask_how_sure(view, support=None)
    assert question.versions == ((1,), (1, 1))
    certainty = repository.measure_certainty(question, draws=Draws(count=50))
    assert certainty.ranked == 6
    assert certainty.rank_low[0] == 1
    # A figure that was brought can be the digital exclusion by itself.
    parts = repository.contributions(area_code=LSOAS[0], recipe_id=app)
    assert parts["contribution"].tolist() == [100.0]


def test_find_takes_a_recipe_as_digital_exclusion_from_its_link(settings: Settings, register: Register) -> None:
    key = keep_recipe(register, Ingredient(IMD), Ingredient(keep_figure(register), 0))
    find = open_page("find", settings, exclusion=key, at=LSOAS[1])
    assert not find.exception
    assert find.selectbox(key="exclusion").value == key
    assert "**Digital exclusion**: rank 2 of 12" in words_of(find)
    assert "Modelled in part: App [users]" in words_of(find)
    lost = open_page("find", settings, exclusion="own_w0", need="own_w1")
    assert "not shared with you" in words_of(lost)
    assert query_of(lost) == {}


def test_a_recipe_is_made_on_the_page_seen_before_it_is_kept_changed_and_removed(
    settings: Settings, register: Register
) -> None:
    app = keep_figure(register)
    page = open_page("own_data", settings)
    page.multiselect(key="recipe_figures").set_value([IMD, app]).run()
    # A browser that missed a run is told the weights again in the next.
    page.run()
    assert all(page.slider(key=f"recipe_weight_{key}").proto.set_value for key in (IMD, app))
    assert all(page.slider(key=f"recipe_weight_{key}").value == 5 for key in (IMD, app))
    said = words_of(page)
    assert "**12 of 12 neighbourhoods** have a score; in **6** of them every figure is there" in said
    assert "compare them with care" in said
    assert page.selectbox(key=f"recipe_worse_{app}").value == "Low values are worse"
    page.slider(key=f"recipe_weight_{app}").set_value(0).run()
    page.slider(key=f"recipe_weight_{IMD}").set_value(0).run()
    assert "All weights are zero" in words_of(page)
    page.slider(key=f"recipe_weight_{IMD}").set_value(8).run()
    page.text_input[-1].set_value("Ours & [theirs](x)")
    page.button(key="FormSubmitter:own_recipe_keeping-Save the recipe").click().run()
    assert not page.exception
    (title,) = register.kept.list(actor=ME, sort=Sort.OWN_RECIPE)
    assert title.title == "Ours & [theirs](x)"
    kept = recipe_of_body(register.kept.get(title.piece_id, actor=ME).body)
    assert kept.ingredients == (Ingredient(IMD, 8), Ingredient(app, 0, is_reversed=True))
    page.button(key=f"change-{title.piece_id}").click().run()
    assert "Change Ours & [theirs](x)" in words_of(page)
    assert page.slider(key=f"recipe_weight_{IMD}").value == 8
    page.slider(key=f"recipe_weight_{app}").set_value(2).run()
    page.button(key="FormSubmitter:own_recipe_keeping-Save the changes").click().run()
    changed = recipe_of_body(register.kept.get(title.piece_id, actor=ME).body)
    assert [one.weight for one in changed.ingredients] == [8, 2]
    page.button(key=f"remove-{title.piece_id}").click().run()
    assert register.kept.list(actor=ME, sort=Sort.OWN_RECIPE) == ()


def test_own_figures_and_recipes_stand_side_by_side_in_compare(settings: Settings, register: Register) -> None:
    app = keep_figure(register)
    keep_recipe(register, Ingredient(IMD), Ingredient(app, is_reversed=True))
    page = open_page("compare", settings, areas=f"{LSOAS[0]},{LADS[1]}", about="Figures of our own")
    assert not page.exception
    table = page.dataframe[0].value
    assert table["Figure"].tolist() == ["Our *recipe*", "App [users]"]
    assert table["Burton"].tolist()[1] == "no figure"
    assert "Modelled in part" in words_of(page)
