"""How sure, three pillars, clusters and outlines on the Find page; why, strengths and likeness on the Area page."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import duckdb
import numpy as np
import pytest

from dashboard.components.area.similar import describe_distance
from dashboard.components.find import layers as find_layers
from dashboard.components.find import pillar_choices
from dashboard.components.find.clusters import describe_size
from dashboard.components.find.map import make_map_view
from dashboard.components.find.place_rows import SURENESS, WHISKER, add_certainty, describe_rows
from dashboard.components.find.whiskers import draw_whisker
from dashboard.components.find.why_card import describe_certainty
from dashboard.components.maps.palettes import make_legend
from dashboard.questions import certainty as certainty_questions
from dashboard.questions.certainty import DEFAULT
from dashboard.questions.ranking import SupportNow
from dashboard.reasons import describe_steps, frame_steps, input_steps, pillar_steps
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.register import Register
from dashboard.repository import Repository, open_repository
from dashboard.state import EVERYONE, View
from dashboard.strengths import find_strengths, groups_per_1000
from dashboard.words import ordinal, rank_range, thresholds, ways
from etl.methods.draws import Draws
from etl.methods.uncertainty import Certainty
from etl.publish import current_snapshot
from etl.settings import Settings
from etl.tables.evidence import CERTAINTY_ID
from tests.unit.page_scripts import list_of, open_page, query_of, words_of
from tests.unit.small_snapshot import ENGLAND, LADS, LSOAS, SIZE, make_home

SHARES = np.array([1.0, 0.0, 0.95, *np.linspace(0.9, 0.0, SIZE - 3)])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose snapshot says how sure its order is and where its clusters are."""
    made = make_home(tmp_path_factory.mktemp("certainty"))
    with duckdb.connect(str(current_snapshot(made))) as con:
        for i, share in enumerate(SHARES):
            con.execute("INSERT INTO certainty VALUES (?, ?, ?, ?)", [LSOAS[i], max(i, 1), min(i + 3, SIZE), share])
        con.execute(
            "INSERT INTO indicator SELECT ?, 'How sure', 'share', 'higher_is_worse', 'Left behind', 'one', '2025', "
            "'What.', 'Mind.', 2, 99",
            [CERTAINTY_ID],
        )
        for table, key in (("indicator_value", "lsoa21_code"), ("area_value", "area_code")):
            con.execute(
                f"INSERT INTO {table} BY NAME SELECT {key}, ? AS indicator_id, 0.5 AS value, 1.0 AS national_rank, "
                f"{'1 AS decile, ' + repr('modelled') + ' AS origin,' if table == 'indicator_value' else ''} "
                f"FROM {table} WHERE indicator_id = 'imd_2025'",
                [CERTAINTY_ID],
            )
        for i, (kind, cluster, name) in enumerate(
            [("high_high", 1, "Hill, Alton")] * 3 + [("low_low", None, None)] * 9
        ):
            con.execute("INSERT INTO cluster VALUES (?, ?, 1.0, 0.001, ?, ?)", [LSOAS[i], kind, cluster, name])
        for i in range(SIZE - 1):
            con.execute("INSERT INTO neighbour VALUES (?, ?)", [LSOAS[i], LSOAS[i + 1]])
            con.execute("INSERT INTO neighbour VALUES (?, ?)", [LSOAS[i + 1], LSOAS[i]])
    return made


@pytest.fixture
def repository(settings: Settings) -> Repository:
    return open_repository(current_snapshot(settings))


@pytest.fixture
def plain_settings(tmp_path: Path) -> Settings:
    """A home whose snapshot was built without certainty."""
    return make_home(tmp_path)


def make_support(values: list[float] | None = None) -> SupportNow:
    reached = np.arange(SIZE, dtype=float) if values is None else np.array(values)
    return SupportNow(group="digital_help", number=1, values=reached)


def test_the_list_says_how_sure_each_place_is(settings: Settings) -> None:
    page = open_page("find", settings)
    assert not page.exception
    rows = list_of(page)
    assert rows[SURENESS].iloc[0] == 100.0
    assert rows["Rank, in 9 of 10 ways"].iloc[0] == "1st to 3rd"
    assert all(cell.startswith("data:image/svg+xml;base64,") for cell in rows[WHISKER])
    assert "2 neighbourhoods are in the worst tenth in 95 or more of 100 ways" in words_of(page)


def test_the_card_of_a_place_says_it_in_a_plain_sentence_and_names_its_cluster_and_neighbours(
    settings: Settings,
) -> None:
    said = words_of(open_page("find", settings, at=LSOAS[2]))
    assert "It is in the worst tenth in 95 of 100 ways of weighing it" in said
    assert "in 9 of 10 ways it ranks 2nd to 5th of 12" in said
    assert "Part of a cluster: Hill, Alton: three neighbourhoods side by side" in said.replace("**", "")
    assert "(in the same cluster); " in said


def test_a_neighbour_can_be_gone_to(settings: Settings) -> None:
    page = open_page("find", settings, at=LSOAS[5])
    page.selectbox(key="neighbour").select(LSOAS[6]).run()
    assert query_of(page)["at"] == LSOAS[6]


def test_an_areas_page_leads_to_its_neighbours(settings: Settings) -> None:
    links = [link.proto.label.replace("\\", "") for link in open_page("area", settings, area=LSOAS[2]).get("page_link")]
    assert len([label for label in links if label.endswith("(in the same cluster)")]) == 1


def test_clusters_are_named_in_words(settings: Settings) -> None:
    said = words_of(open_page("find", settings))
    assert "Hill, Alton: three neighbourhoods side by side, home to 6,000 people" in said
    assert "No cluster of high priority was found in Burton" in words_of(open_page("find", settings, within=LADS[1]))
    inside = open_page("find", settings, within=LADS[0])
    assert "Where they lie side by side: 1 cluster in Alton" in [expander.label for expander in inside.expander]
    table = next(frame.value for frame in inside.dataframe if "Where" in frame.value)
    assert table["Neighbourhoods in Alton"].tolist() == [3]


def test_a_question_that_was_not_worked_out_at_load_is_worked_out_when_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certainty_questions, "Draws", lambda: Draws(count=200))
    page = open_page("find", settings, need_weight="1")
    assert "Not worked out yet for these choices" in words_of(page)
    assert WHISKER not in list_of(page)
    next(button for button in page.button if "Work out how sure" in button.label).click().run()
    assert not page.exception
    assert "Not worked out yet" not in words_of(page)
    assert WHISKER in list_of(page)


def test_every_pillar_choice_changes_the_address_and_one_click_puts_all_back(settings: Settings) -> None:
    page = open_page("find", settings, within=LADS[0])
    page.slider(key="need_weight").set_value(8).run()
    page.slider(key="exclusion_weight").set_value(0).run()
    page.slider(key="need_worst").set_value(50).run()
    assert query_of(page) == {"within": LADS[0], "need_weight": "8", "exclusion_weight": "0", "need_worst": "50"}
    next(button for button in page.button if button.label == "Reset these choices").click().run()
    assert query_of(page) == {"within": LADS[0]}
    assert page.slider(key="need_weight").value == 5


def test_weights_that_are_all_zero_are_said_so_and_count_equally(settings: Settings) -> None:
    page = open_page("find", settings, need_weight="0", exclusion_weight="0")
    assert "All weights are zero" in words_of(page)
    assert not page.exception
    assert len(list_of(page)) == SIZE
    # A third weight does not count where there is nothing to count it of.
    alone = open_page("find", settings, need_weight="0", exclusion_weight="0", support="digital_help")
    assert "All weights are zero" in words_of(alone)
    assert len(list_of(alone)) == SIZE


def test_thin_support_of_a_register_that_has_none_leaves_two_pillars_and_says_so(settings: Settings) -> None:
    page = open_page("find", settings, support="digital_help")
    assert not page.exception
    assert "two pillars until there is" in words_of(page)
    assert "Support" not in list_of(page)
    assert open_page("find", settings, support="nonsense").selectbox(key="support").value == ""


def test_a_weight_moves_places_in_the_order(repository: Repository) -> None:
    both, need = (repository.rank_areas(View(exclusion_weight=weight)) for weight in (5, 0))
    # The second worst on need is the best on digital exclusion.
    assert both.row_of(1) != need.row_of(1)
    assert need.order.tolist() == list(range(SIZE))
    assert need.figures["priority_rank"].tolist() == list(range(1, SIZE + 1))


def test_thin_support_narrows_who_is_left_behind_and_counts_in_the_order(repository: Repository) -> None:
    view = View(need_worst=50, exclusion_worst=50, support="digital_help", support_worst=25)
    two = repository.rank_areas(view)
    three = repository.rank_areas(view, support=make_support())
    assert np.flatnonzero(two.figures["is_left_behind"]).tolist() == [0, 2, 3, 4, 5]
    # The three with least support are 0, 1 and 2.
    assert np.flatnonzero(three.figures["is_left_behind"]).tolist() == [0, 2]
    assert three.figures["support_rank"].tolist() == list(range(1, SIZE + 1))
    everyone = repository.rank_areas(view.changed(support_worst=EVERYONE), support=make_support())
    assert np.array_equal(everyone.figures["is_left_behind"], two.figures["is_left_behind"])
    assert three.rows()["support_worst_percent"].tolist()[0] == 9


def test_where_nothing_is_within_reach_all_share_the_worst_rank(repository: Repository) -> None:
    ranking = repository.rank_areas(View(support="any"), support=make_support([0.0] * 11 + [1.0]))
    assert ranking.figures["support_rank"].tolist() == [1.0] * 11 + [12.0]


def test_support_of_larger_areas_is_the_mean_over_their_people(repository: Repository) -> None:
    ranking = repository.rank_areas(View(level="lad", support="any"), support=make_support())
    assert ranking.figures["support_rank"].tolist() == [1.0, 2.0]


def test_views_whose_order_is_the_same_ask_the_same_question(repository: Repository) -> None:
    same = View(need_worst=3, at=LSOAS[0], need_weight=2, exclusion_weight=2)
    assert repository.ask_how_sure(same, support=None) == DEFAULT
    inside = repository.ask_how_sure(View(within=LADS[0], base="within"), support=None)
    assert inside.within == LADS[0]
    assert inside != DEFAULT
    three = repository.ask_how_sure(View(support_weight=10), support=make_support())
    assert three.weights == (1, 1, 2)
    assert len(repository.drawn_pillars(three)) == 3


def test_an_answer_is_kept_and_the_oldest_forgotten(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certainty_questions, "MOST_KEPT", 2)
    questions = [repository.ask_how_sure(View(need_weight=weight), support=None) for weight in (7, 8, 9)]
    first = repository.measure_certainty(questions[0], draws=Draws(count=20))
    assert repository.measure_certainty(questions[0]) is first
    for question in questions[1:]:
        repository.measure_certainty(question, draws=Draws(count=20))
    assert repository.certainty(questions[0]) is None
    assert repository.certainty(questions[2]) is not None


def test_within_an_area_only_its_places_are_ranked(repository: Repository) -> None:
    question = repository.ask_how_sure(View(within=LADS[0], base="within"), support=make_support())
    certainty = repository.measure_certainty(question, draws=Draws(count=30))
    assert certainty.ranked == 6
    assert (certainty.rank_high[6:] == 0).all()


def test_a_snapshot_built_before_can_still_be_asked(plain_settings: Settings) -> None:
    repository = open_repository(current_snapshot(plain_settings))
    assert repository.certainty(DEFAULT) is None
    assert repository.measure_certainty(DEFAULT, draws=Draws(count=10)).ranked == SIZE
    assert repository.clusters_within("").empty
    assert "Not worked out yet" not in words_of(open_page("find", plain_settings))


def test_the_map_of_certainty_has_a_class_for_each_share(repository: Repository, settings: Settings) -> None:
    certainty = repository.certainty(DEFAULT)
    drawn = np.frombuffer(find_layers.certainty_bytes(repository, certainty, level="lsoa"), dtype=np.uint8)
    assert drawn[:3].tolist() == [1, 100, 5]
    assert not any(find_layers.certainty_bytes(repository, None, level="lsoa"))
    view = View(show=CERTAINTY_ID, level="lad")
    seen = make_map_view(repository, view=view, looked_at="", settings=settings, certainty=certainty)
    people = np.arange(1, SIZE + 1) * 1000.0
    mean = (SHARES[:6] * people[:6]).sum() / people[:6].sum()
    assert seen.given[CERTAINTY_ID][0] == int(np.ceil(100 * (1 - mean)))
    assert "95 or more of 100" in make_legend(seen.fill).entries[0].words
    assert open_page("find", settings, show=CERTAINTY_ID).exception == []


def test_clusters_or_three_pillars_are_outlined_from_the_page_itself(
    repository: Repository, settings: Settings
) -> None:
    clusters = make_map_view(repository, view=View(outline="clusters"), looked_at="", settings=settings)
    assert clusters.left_behind is not None
    assert clusters.left_behind.words == find_layers.CLUSTER_WORDS
    assert list(clusters.given[find_layers.OUTLINED_ID]) == [1] * 3 + [100] * 9
    words = [entry.words for entry in make_legend(clusters.fill, left_behind=clusters.left_behind).entries]
    assert find_layers.CLUSTER_WORDS in words
    nothing = make_map_view(repository, view=View(outline="nothing"), looked_at="", settings=settings)
    assert nothing.left_behind is None
    larger = make_map_view(repository, view=View(outline="clusters", level="lad"), looked_at="", settings=settings)
    assert larger.left_behind is None
    view = View(support="any", support_worst=10)
    three = make_map_view(repository, view=view, looked_at="", settings=settings, support=make_support())
    assert list(three.given[find_layers.OUTLINED_ID]) == [1] + [100] * 11
    assert three.left_behind is not None
    assert "worst 10% on thin support" in three.left_behind.words


def test_a_file_of_the_list_has_the_words_and_not_the_drawing(repository: Repository) -> None:
    rows = add_certainty(repository.rank_areas(View()).rows(), view=View(), certainty=repository.certainty(DEFAULT))
    written = describe_rows(repository, view=View(), rows=rows, is_for_file=True)
    assert WHISKER not in written
    assert written["In the worst tenth (% of ways of weighing)"].iloc[0] == 100.0
    wards = repository.rank_areas(View(level="ward")).rows()
    assert add_certainty(wards, view=View(level="ward"), certainty=repository.certainty(DEFAULT)) is wards


def test_a_whisker_stays_inside_its_drawing() -> None:
    drawing = b64decode(draw_whisker(low=1, rank=500, high=9_000, most=100).split(",")[1]).decode()
    assert "M4.0 10.0H76.0" in drawing
    assert "M76.0 2V18" in drawing
    assert "M4.0 10.0H5.0" in b64decode(draw_whisker(low=1, rank=1, high=1, most=1).split(",")[1]).decode()


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.93, "in 93 of 100 ways of weighing it"),
        (1.0, "in every way of weighing it"),
        (0.0, "in none of the ways of weighing it"),
        (0.001, "in fewer than 1 of 100 ways of weighing it"),
        (0.999, "in more than 99 of 100 ways of weighing it"),
        (float("nan"), "not ranked"),
    ],
)
def test_a_share_of_draws_is_said_as_one_would(share: float, said: str) -> None:
    assert ways(share) == said


def test_ranks_are_said_as_places_in_an_order() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 111, 1_041)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "111th", "1,041st",
    ]  # fmt: skip
    assert (rank_range(3, 41), rank_range(7, 7), rank_range(0, 0)) == ("3rd to 41st", "7th", "not ranked")
    nobody = Certainty(np.zeros(1, int), np.zeros(1, int), np.full(1, np.nan), ranked=0)
    assert "nothing can be said" in describe_certainty(nobody, feature_id=0)


def test_three_thresholds_are_said_in_one_sentence() -> None:
    said = {"need_worst": 20, "exclusion_worst": 20, "base_name": "England"}
    assert thresholds(**said, support_worst=20) == (  # type: ignore[arg-type]
        "in England's worst 20% on need, digital exclusion and thin support"
    )
    assert thresholds(**said, support_worst=30) == (  # type: ignore[arg-type]
        "in England's worst 20% on need, worst 20% on digital exclusion and worst 30% on thin support"
    )


def test_an_area_says_why_how_sure_what_is_strong_and_who_is_alike(settings: Settings) -> None:
    page = open_page("area", settings, area=LSOAS[0])
    assert not page.exception
    said = words_of(page)
    assert "Raised most by" in said
    assert "Weighed as usual: need (Deprivation) and digital exclusion" in said
    assert "It is in the worst tenth in every way of weighing it" in said
    assert "Neighbourhoods most like this one" in said
    assert "No community assets are listed yet" in said
    page.multiselect[0].set_value([]).run()
    assert "Choose at least one figure" in words_of(page)


def test_steps_of_the_pillars_lead_to_the_priority(repository: Repository) -> None:
    area = repository.area(LSOAS[0])
    assert area
    steps = pillar_steps(repository, area, view=View())
    priority = 100.0
    assert steps[-1].end == pytest.approx(priority)
    assert steps[0].start == pytest.approx(np.median(100.0 * np.arange(1, SIZE + 1) / SIZE))
    drawn = frame_steps(steps, start="Middle", end="Here")
    assert drawn["kind"].tolist() == ["total", "up", "up", "total"]
    england = repository.area(ENGLAND)
    assert england


def test_what_lowers_a_score_is_said_too(repository: Repository) -> None:
    area = repository.area(LSOAS[11])
    assert area
    parts = repository.contributions(area_code=area.area_code, recipe_id="digital_exclusion_2025")
    said = describe_steps(input_steps(parts), what="in points")
    assert "Lowered most by Deprivation" in said
    assert "Raised" not in said


def test_strengths_are_figures_in_the_best_third_and_more_groups_than_england(
    repository: Repository, tmp_path: Path
) -> None:
    best, worst = repository.area(LSOAS[11]), repository.area(LSOAS[0])
    assert best
    assert worst
    assert [(one.indicator_id, one.best_percent) for one in find_strengths(repository, best)] == [("imd_2025", 9)]
    assert find_strengths(repository, worst) == []
    # Of twelve, the three best are within the best third; the fourth is the best 34%.
    third, fourth = repository.area(LSOAS[9]), repository.area(LSOAS[8])
    assert third
    assert fourth
    assert [one.best_percent for one in find_strengths(repository, third)][:1] == [25]
    assert find_strengths(repository, fourth) == []
    register = Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    assert groups_per_1000(repository, register, worst) is None
    here = Place(precision=Precision.ROUGH, lsoa21_code=LSOAS[0])
    register.entries.add(Asset(name="Repair café", kind="digital_hub", place=here), actor=local_actor())
    assert groups_per_1000(repository, register, worst) == pytest.approx((1.0, 1 / 78))
    assert groups_per_1000(repository, register, best) == pytest.approx((0.0, 1 / 78))


@pytest.mark.parametrize(("distance", "said"), [(0.1, "very alike"), (0.4, "alike"), (9.0, "not alike")])
def test_likeness_is_said_in_words(distance: float, said: str) -> None:
    assert said in describe_distance(distance)


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "one neighbourhood"), (4, "four neighbourhoods side by side"), (60, "60 neighbourhoods side by side")],
)
def test_the_size_of_a_cluster_is_said_in_words(size: int, said: str) -> None:
    assert describe_size(size) == said


def test_every_part_that_reset_puts_back_is_a_part_of_the_view() -> None:
    assert all(hasattr(View(), part) for part in pillar_choices.PARTS)
