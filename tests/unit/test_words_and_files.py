from __future__ import annotations

import math
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import words
from dashboard.csv_text import safe_cell, write_csv
from dashboard.figures import make_bars, make_marks
from dashboard.left_behind import count_over, flag_left_behind, priority
from dashboard.questions.profile import Distribution

NOW = datetime(2026, 11, 21)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 person"),
        (870, "870 people"),
        (9_999, "9,999 people"),
        (66_467, "66,000 people"),
        (3_412_345, "3.4 million people"),
    ],
)
def test_people_are_counted_as_one_would_say_it(number: int, said: str) -> None:
    assert words.people(number) == said


@pytest.mark.parametrize(
    ("number", "unit", "said", "beside"),
    [
        (17.25, "percent of residents", "17.2%", "% of residents"),
        (0.142, "share of people", "14.2%", "% of people"),
        (1, "share", "100.0%", "%"),
        (25.0, "score", "25.0", "score"),
        (2189.25, "patients per GP", "2,189.2", "patients per GP"),
        (math.nan, "percent", "no figure", "%"),
    ],
)
def test_a_value_is_said_with_its_unit_beside_it(number: float, unit: str, said: str, beside: str) -> None:
    assert words.value(number, unit=unit, decimals=1) == said
    assert words.unit_beside(unit) == beside


def test_a_rank_says_what_it_is_out_of() -> None:
    assert words.rank(1234.5, ranked=33755) == "1,234 of 33,755"
    assert words.rank(math.nan, ranked=33755) == "not ranked"
    assert words.rank(None, ranked=0) == "not ranked"


@pytest.mark.parametrize(
    ("percent", "said"), [(0, "no figure"), (1, "worst 1%"), (50, "worst 50%"), (51, "best 50%"), (100, "best 1%")]
)
def test_a_standing_is_said_from_the_nearer_end(percent: int, said: str) -> None:
    assert words.worst(percent) == said


@pytest.mark.parametrize(("rank", "said"), [(1, "worst 3%"), (21, "worst 50%"), (22, "best 50%"), (42, "best 3%")])
def test_where_a_place_stands_among_few_is_the_same_from_either_end(rank: int, said: str) -> None:
    assert words.standing(float(rank), ranked=42) == said
    assert words.worst(words.standing_percent(float(rank), ranked=42)) == said


def test_deciles_say_which_end_is_worst() -> None:
    assert [words.decile(n) for n in (0, 1, 5, 10)] == [
        "no decile", "decile 1 (worst tenth)", "decile 5", "decile 10 (best tenth)",
    ]  # fmt: skip


def test_thresholds_are_one_phrase_when_equal_and_two_when_not() -> None:
    assert words.thresholds(need_worst=20, exclusion_worst=20, base_name="England") == (
        "in England's worst 20% on both need and digital exclusion"
    )
    assert words.thresholds(need_worst=10, exclusion_worst=30, base_name="St Helens") == (
        "in St Helens' worst 10% on need and worst 30% on digital exclusion"
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "today"), (0, "today"), (1, "1 day ago"), (59, "59 days ago"), (91, "3 months ago"), (800, "2 years ago")],
)
def test_age_is_said_roughly(days: int, said: str) -> None:
    assert words.age(NOW - timedelta(days=days), now=NOW) == said


def test_reasons_are_a_sentence_even_when_there_are_none() -> None:
    assert words.list_reasons([]).startswith("Nothing")
    assert words.list_reasons([("A", 1.0)]).startswith("**A** (+1.0 points)")
    assert words.join(["a", "b", "c"]) == "a, b and c"
    assert words.join([]) == ""


def test_a_share_that_is_not_known_is_not_nought() -> None:
    assert words.share(0.256) == "26%"
    assert words.share(math.nan) == "not known"


@given(st.text(max_size=40))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    escaped = words.escape_markdown(text)
    assert escaped.replace("\\", "") == text.replace("\\", "")
    for mark in "[*`<$&=":
        assert escaped.count(mark) == escaped.count("\\" + mark)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_file_runs_as_a_formula(start: str) -> None:
    written = write_csv(pd.DataFrame({f"{start}head": [f"{start}1+1", -5, "plain"]})).decode("utf-8-sig")
    assert f"'{start}1+1" in written
    assert f"'{start}head" in written
    assert "\r\n-5\r\n" in written
    assert "\r\nplain\r\n" in written


def test_numbers_stay_numbers_in_a_file() -> None:
    assert safe_cell(-5) == -5
    assert safe_cell("-5") == "'-5"


def test_left_behind_means_worst_on_both() -> None:
    ranks = np.arange(1.0, 11.0)
    need, exclusion = count_over(ranks, base=None), count_over(ranks[::-1].copy(), base=None)
    # On need 0 to 5 are in the worst 60%, on digital exclusion 4 to 9: both holds for 4 and 5.
    flags = flag_left_behind((need, exclusion), worst=(60, 60))
    assert np.flatnonzero(flags).tolist() == [4, 5]
    assert np.allclose(priority((need, exclusion), weights=(1, 1)), 55.0)


def test_a_place_without_a_figure_is_not_left_behind() -> None:
    need = count_over(np.array([np.nan, 1.0]), base=None)
    flags = flag_left_behind((need, need), worst=(100, 100))
    assert flags.tolist() == [False, True]
    assert np.isnan(priority((need, need), weights=(1, 1))[0])


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40, unique=True), st.data())
def test_counting_within_an_area_keeps_the_order_of_england(ranks: list[int], data: st.DataObject) -> None:
    national = np.array(ranks, dtype=float)
    base = np.array(data.draw(st.lists(st.booleans(), min_size=len(ranks), max_size=len(ranks))))
    pillar = count_over(national, base=base)
    assert np.isnan(pillar.rank[~base]).all()
    assert (pillar.worst_percent[~base] == 0).all()
    assert np.array_equal(np.argsort(national[base]), np.argsort(pillar.rank[base]))
    assert sorted(pillar.rank[base]) == list(range(1, int(base.sum()) + 1))


def test_worse_is_always_drawn_on_the_right() -> None:
    spread = Distribution(edges=np.linspace(0.0, 10.0, 3), share=np.array([0.75, 0.25]))
    figures = pd.DataFrame(
        {
            "indicator_id": ["up", "down", "absent", "narrow"],
            "name": ["Up", "Down", "Absent", "Narrow"],
            "polarity": ["higher_is_worse", "higher_is_better", "neutral", "neutral"],
            "value": [10.0, 10.0, np.nan, 1.0],
            "england_value": [5.0, 5.0, 5.0, np.nan],
        }
    )
    spreads = {"up": spread, "down": spread, "absent": spread, "narrow": None}
    marks = make_marks(figures, spreads).set_index(["name", "place"])["position"]
    assert marks["Up", "This place"] == 1.0
    assert marks["Down", "This place"] == 0.0
    assert marks["Down", "England"] == 0.5
    assert {name for name, _ in marks.index} == {"Up", "Down"}
    bars = make_bars(figures, spreads)
    heights = (bars["base"] - bars["top"]).round(3).tolist()
    assert heights == [0.82, 0.273, 0.273, 0.82]


def test_nothing_to_draw_gives_no_bars() -> None:
    none = pd.DataFrame({"indicator_id": [], "name": [], "polarity": [], "value": [], "england_value": []})
    assert make_bars(none, {}).empty
    assert make_marks(none, {}).empty


def test_a_value_beyond_the_ends_is_marked_at_the_end() -> None:
    spread = Distribution(edges=np.array([0.0, 1.0]), share=np.array([1.0]))
    row = {"indicator_id": "a", "name": "A", "polarity": "neutral", "value": 99.0, "england_value": -99.0}
    marks = make_marks(pd.DataFrame([row]), {"a": spread}).set_index("place")["position"]
    assert marks.to_dict() == {"This place": 1.0, "England": 0.0}
