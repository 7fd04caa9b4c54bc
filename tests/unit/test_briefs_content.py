"""What a brief says, before any format: figures, sentences, assets, maps, editions compared, and a look that reads."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image

from dashboard.briefs import map_frame, maps, texts
from dashboard.briefs.appointments import PARTLY, make_appointments, month_words
from dashboard.briefs.assets import SAYS_NOTHING, make_assets
from dashboard.briefs.breakdown import make_breakdown, say_score, top_component
from dashboard.briefs.changes import compare_briefs, read_edition
from dashboard.briefs.disclosure import people_shown
from dashboard.briefs.errors import EditionError, LookError
from dashboard.briefs.gathering.need_map import describe_classes
from dashboard.briefs.gathering.notes import describe_notes, main_barrier, say_class, split_note
from dashboard.briefs.gathering.sources import NOT_STATED, describe_register, is_fetched_on_one_day
from dashboard.briefs.json_form import brief_to_json
from dashboard.briefs.key_figures import choose_rows, make_figure, place_among
from dashboard.briefs.look import colour_on, contrast, make_look, read_logo
from dashboard.briefs.model.brief import Brief, Place
from dashboard.briefs.model.figures import Figure
from dashboard.briefs.reach import FoundAsset, select_in_reach
from dashboard.briefs.showable import make_showable
from dashboard.briefs.stories import CUT, MOST_CHARACTERS, MOST_STORIES, say_how_many, shorten_story
from dashboard.briefs.summary import Known, summarise
from dashboard.briefs.texts import choose_caveats, explain_figures
from dashboard.briefs.typefaces import font_folders
from dashboard.joint_ranks import joint_end
from dashboard.register.model import Trust
from dashboard.segments.notes import Note as KeptNote
from tests.briefs import SmallOffice
from tests.unit.small_snapshot import WARDS

WARD = Place(
    area_code="E05000001",
    area_type="ward",
    level_name="Ward",
    level_plural="wards",
    name="Green, Alton",
    facts=(),
    icb_name="Northshire",
    population=10_000,
)


def figure(name: str, *, worst: int = 0, value: float | None = 1.0, domain: str = "Deprivation 2025") -> Figure:
    return Figure(
        indicator_id=name, name=name, domain=domain, unit="score", period="2025", source=1, value=value, shown="1.0",
        national_rank=worst or None, ranked=100, rank_shown=f"{worst} of 100", decile=-(-worst // 10),
        worst_percent=worst, icb_value=1.0, icb_shown="1.0", england_value=2.0, england_shown="2.0",
        position=0.5, caveat=f"Mind {name}.",
    )  # fmt: skip


KNOWN = Known(
    place=WARD,
    need=figure("Need", worst=4),
    exclusion=figure("Exclusion", worst=9),
    figures=(figure("Crime", worst=80), figure("Air", worst=99), figure("Older people", worst=100, domain="People")),
    left_behind=0.5,
    top_reason="“means”",
    other_scores={"Ours": 9, "Theirs": 20},
    assets_by_kind={"Library": 1, "Advice": 3},
)


def test_three_sentences_say_what_stands_out_how_sure_and_what_is_strong() -> None:
    said = summarise(KNOWN)
    assert said.stands_out == (
        "Among the wards of England, Green, Alton is in the worst 4% on need and the worst 9% on digital exclusion; "
        "5,000 people (50%) live in neighbourhoods left behind on both; what adds most to its digital exclusion is "
        "“means”."
    )
    assert said.how_sure == (
        "How sure: fairly, for 2 ways of scoring digital exclusion agree (from the worst 9% to the worst 20%)."
    )
    assert said.strong_here == (
        "What is strong here: 4 community assets within reach, most of all advice (3) and library (1); it does better "
        "than most on air (best 2%) and crime (best 21%)."
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"need": None, "exclusion": None}, "There are no figures of need or digital exclusion"),
        ({"need": figure("Need"), "exclusion": figure("Exclusion")}, "need is 1.0 against 2.0 in England"),
        ({"need": figure("Need", value=None), "exclusion": None}, "There are no figures"),
        ({"left_behind": 0.0}, "none of its neighbourhoods counts as left behind"),
        ({"place": replace(WARD, area_type="lsoa")}, "it counts as left behind on both"),
        ({"place": replace(WARD, area_type="lsoa"), "left_behind": 0.0}, "does not count as left behind"),
        ({"place": replace(WARD, area_type="england")}, "England is what every other place here is compared with"),
        ({"other_scores": {"Ours": 9}}, "the order of neighbours that are close together means little"),
        ({"other_scores": {"Ours": 9, "Theirs": 60}}, "range from the worst 9% to the best 41%"),
        ({"other_scores": {"Ours": 9, "Theirs": 9}}, "all 2 ways of scoring digital exclusion put it in the worst 9%"),
        ({"assets_by_kind": {"Library": 1}}, "1 community asset within reach (library)"),
        ({"assets_by_kind": {}, "figures": ()}, "says more about the list than about the place"),
    ],
)
def test_sentences_follow_what_is_known(changes: dict[str, object], words: str) -> None:
    assert words in " ".join(summarise(replace(KNOWN, **changes)).sentences)  # type: ignore[arg-type]


def profile_row(**changes: object) -> dict[str, Any]:
    row: dict[str, Any] = {
        "indicator_id": "imd_2025", "name": "Need", "domain": "Deprivation", "unit": "percent of people",
        "period": "2025", "polarity": "higher_is_worse", "decimals": 1, "caveat": "", "value": 12.34,
        "national_rank": 3.0, "ranked": 11, "decile": 3, "worst_percent": 28, "icb_value": 10.0,
        "england_value": float("nan"),
    }  # fmt: skip
    return {**row, **changes}


def test_a_figure_keeps_its_number_and_says_it_in_words() -> None:
    made = make_figure(profile_row(), level_values=np.arange(11.0), source=4, is_england=False)
    assert (made.value, made.shown, made.rank_shown, made.decile) == (12.34, "12.3%", "3 of 11", 3)
    assert (made.england_value, made.england_shown, made.source) == (None, "no figure", 4)
    assert made.position == pytest.approx(0.8)


def test_an_area_without_a_figure_says_so() -> None:
    row = profile_row(value=float("nan"), national_rank=float("nan"))
    made = make_figure(row, level_values=np.arange(11.0), source=0, is_england=False)
    assert (made.value, made.shown, made.rank_shown, made.position) == (None, "no figure", "not ranked", None)


@pytest.mark.parametrize("changes", [{"ranked": 1}, {}])
def test_england_and_the_only_area_of_its_level_have_no_rank(changes: dict[str, object]) -> None:
    made = make_figure(profile_row(**changes), level_values=np.ones(1), source=0, is_england=not changes)
    assert (made.national_rank, made.decile, made.worst_percent) == (None, 0, 0)


@pytest.mark.parametrize(
    ("value", "rank", "shown"),
    [
        # Of eleven, six have 0: they share ranks 6 to 11, and nobody has less.
        (0.0, 8.5, ("joint best", 10, 0.0)),
        # Two share the worst end, ranks 1 and 2.
        (9.0, 1.5, ("joint worst", 1, 1.0)),
        (5.0, 4.0, ("4 of 11", 4, 0.7)),
    ],
)
def test_those_who_share_the_best_or_worst_value_with_many_are_not_put_in_the_middle(
    value: float, rank: float, shown: tuple[str, int, float]
) -> None:
    level = np.array([0.0] * 6 + [9.0] * 2 + [4.0, 5.0, 6.0])
    row = profile_row(value=value, national_rank=rank, decile=4)
    made = make_figure(row, level_values=level, source=1, is_england=False)
    assert (made.rank_shown, made.decile) == shown[:2]
    assert made.position == pytest.approx(shown[2])
    assert ("shared with many" in explain_figures([made])) == ("joint" in made.rank_shown)


def test_where_all_are_alike_nobody_is_best_and_few_who_tie_share_a_rank() -> None:
    assert joint_end(1.0, ranked=11, tied=1) == ""
    assert joint_end(6.0, ranked=11, tied=11) == ""
    assert joint_end(99.5, ranked=100, tied=2) == ""
    assert joint_end(None, ranked=100, tied=50) == ""


@pytest.mark.parametrize(("rank", "position"), [(1.0, 1.0), (11.0, 0.0), (6.0, 0.5)])
def test_the_bar_runs_from_the_best_rank_to_the_worst(rank: float, position: float) -> None:
    assert place_among(5.0, rank=rank, ranked=11, level=np.ones(11), polarity="neutral") == pytest.approx(position)


def test_a_figure_without_a_worse_direction_lies_by_its_value_and_alone_nowhere() -> None:
    assert place_among(
        3.0, rank=None, ranked=0, level=np.array([1.0, 3.0, 3.0, 9.0]), polarity="neutral"
    ) == pytest.approx(0.5)
    assert place_among(3.0, rank=None, ranked=0, level=np.array([3.0, np.nan]), polarity="neutral") is None
    assert place_among(None, rank=None, ranked=0, level=np.ones(3), polarity="neutral") is None


def test_an_area_like_no_other_lies_among_neighbourhoods_by_its_value_and_what_is_better() -> None:
    level = np.arange(11.0)
    found = [
        place_among(8.0, rank=None, ranked=0, level=level, polarity=polarity)
        for polarity in ("higher_is_worse", "higher_is_better")
    ]
    assert found == pytest.approx([0.8, 0.2])
    ranked, placed, alone = figure("a", worst=9), figure("b"), replace(figure("c"), position=None)
    assert explain_figures([placed, ranked]) == texts.RANKS
    assert explain_figures([placed, alone]) == texts.AMONG_NEIGHBOURHOODS
    assert explain_figures([alone]) == texts.ALONE


def test_key_indicators_come_first_and_others_fill_a_short_list() -> None:
    others = [profile_row(indicator_id=f"own_{i}") for i in range(9)]
    neutral = profile_row(indicator_id="neutral", polarity="neutral")
    rows = choose_rows([neutral, *others, profile_row(indicator_id="imd_2025")])
    assert [row["indicator_id"] for row in rows] == ["imd_2025", *(f"own_{i}" for i in range(5))]


def contributions(**excess: float) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"component_id": name, "component_name": name.capitalize(), "indicator_name": f"Input of {name}",
             "contribution": 10.0 + points, "england_median": 10.0, "excess": points}
            for name, points in excess.items()
        ]
    )  # fmt: skip


def test_a_breakdown_names_what_lifts_the_score_most() -> None:
    made = make_breakdown(contributions(age=-3.0, means=4.0, skills=1.0), name="Score", description="")
    assert made is not None
    assert [part.name for part in made.parts] == ["Means", "Skills", "Age"]
    assert made.sentence.endswith("means (+4.0 points) and skills (+1.0 points).")
    assert top_component(made) == "“means” (input of means)"
    assert main_barrier(contributions(age=-3.0, means=4.0)) == "means"


def test_nothing_above_england_and_no_score_are_said() -> None:
    made = make_breakdown(contributions(age=-3.0), name="Score", description="")
    assert made is not None
    assert made.sentence.startswith("No part of the score is above")
    assert (top_component(made), top_component(None)) == ("", "")
    assert make_breakdown(pd.DataFrame(), name="Score", description="") is None
    assert (main_barrier(pd.DataFrame()), main_barrier(contributions(age=-1.0))) == ("", "")


def test_the_parts_of_a_score_say_what_they_add_up_to_and_where_that_comes_from() -> None:
    score = replace(figure("Score", value=68.0), shown="68.0", unit="score, 0 to 100", source=9)
    assert say_score(score, sources=(2, 4)) == (
        "Together they make the score of 68.0 (score, 0 to 100), 2025 [9], worked out from [2] and [4]."
    )
    assert say_score(score, sources=()).endswith("2025 [9].")
    assert say_score(replace(score, value=None), sources=(2,)) == say_score(None, sources=()) == ""


def test_what_the_sentences_rest_on_is_said_with_period_and_source() -> None:
    need, air = figure("IMD"), replace(figure("Air"), source=0)
    assert texts.say_basis([need, air], called=["Need", "Air"], population=2, assets=7) == (
        f"Need: IMD, 2025 [1]; Air: 2025; People: Census 2021 [2]; Community assets: [7]. {texts.THIRDS}"
    )
    assert texts.say_basis([], called=[], population=0, assets=0) == ""


def test_appointments_of_some_of_a_place_are_not_called_those_of_all_of_it() -> None:
    frame = pd.DataFrame([{"period": "2021-08", "name": "By telephone", "value": 60.0}])
    whole, part = make_appointments(frame, source=2), make_appointments(frame, source=2, covered=49, of=106)
    assert whole is not None
    assert part is not None
    assert part.caveat == f"{whole.caveat} {PARTLY.format(covered=49, of=106)}"


def test_appointments_stand_beside_the_same_month_a_year_before() -> None:
    months = [("2021-08", 50.0), ("2022-08", 55.0), ("2023-08", 60.0)]
    frame = pd.DataFrame([{"period": month, "name": "By telephone", "value": value} for month, value in months])
    made = make_appointments(frame, source=2)
    assert made is not None
    assert (made.first_month, made.year_before_month, made.latest_month) == (
        "August 2021",
        "August 2022",
        "August 2023",
    )
    (mode,) = made.modes
    assert (mode.first_shown, mode.year_before_shown, mode.latest_shown) == ("50.0%", "55.0%", "60.0%")
    short = make_appointments(frame.tail(1), source=2)
    assert short is not None
    assert short.modes[0].year_before_shown == "no figure"
    assert make_appointments(frame.head(0), source=2) is None
    assert month_words("2021 to 2022") == "2021 to 2022"


def asset(
    name: str, *, at: float | None = None, lsoa: str = "", offers: tuple[str, ...] = (), **more: object
) -> FoundAsset:
    fields = {
        "asset_id": name, "name": name, "kind": "Library", "offers": offers, "offer_ids": frozenset(offers),
        "takes_people": True, "lsoa21_code": lsoa, "lon": None, "lat": None, "easting": at,
        "northing": None if at is None else 0.0, "trust": None,
    }  # fmt: skip
    return FoundAsset(**{**fields, **more})  # type: ignore[arg-type]


HOMES = np.array([[0.0, 0.0], [5_000.0, 0.0]])
TODAY = date(2026, 3, 4)


def test_within_reach_is_inside_or_a_twenty_minute_walk_on_foot() -> None:
    # 1,600 m on foot is 1,230.8 m in a straight line.
    found = [asset("near", at=-1_230.0), asset("far", at=-1_231.0), asset("inside", lsoa="A"), asset("nowhere")]
    reached = select_in_reach(found, homes=HOMES, members=frozenset({"A"}))
    assert [(one.name, is_inside) for one, is_inside in reached] == [("inside", True), ("near", False)]


def test_assets_are_counted_by_kind_and_freshness_and_gaps_are_named() -> None:
    fresh = Trust(confirmed_on=date(2026, 1, 1), confirmed_by="Pat", next_check_due=date(2027, 1, 1))
    stale = Trust(confirmed_on=date(2020, 1, 1))
    found = [
        asset("a", at=0.0, trust=fresh, offers=("digital_help", "advice", "warm_space")),
        asset("b", at=0.0, trust=stale),
        asset("c", lsoa="A"),
    ]
    reached = select_in_reach(found, homes=HOMES, members=frozenset({"A"}))
    made = make_assets(reached, homes=HOMES, today=TODAY, has_any=True)
    (kind,) = made.kinds
    assert (kind.count, kind.fresh, kind.stale, kind.unchecked) == (3, 1, 1, 1)
    assert made.gaps[0] == "1 of 2 neighbourhoods have no help to get online within 1,600 m."
    assert made.gaps[1:] == (
        "Nothing listed within reach offers computers to use; phones, tablets or laptops to borrow.",
        "What is offered there is said in 1 of 3 entries alone.",
    )
    untold = make_assets(reached[1:], homes=HOMES, today=TODAY, has_any=True)
    assert untold.gaps == (SAYS_NOTHING,)
    assert made.sentence.startswith("3 community assets are within reach: 1 in the area and 2 more")
    assert [line.freshness for line in made.lines][2] == "Not checked by anyone yet."


def test_what_takes_nobody_new_fills_no_gap_and_is_named_as_paused_or_full() -> None:
    found = [
        asset("a", at=0.0, offers=("digital_help", "advice"), takes_people=False),
        asset("b", at=0.0, offers=("advice",)),
    ]
    made = make_assets([(one, True) for one in found], homes=HOMES, today=TODAY, has_any=True)
    assert made.gaps[1] == "Within reach, but paused or full: help to get online."
    assert not any("advice" in gap for gap in made.gaps)
    assert made.kinds[0].count == 2


def test_the_register_is_a_source_that_names_its_lists_and_their_terms() -> None:
    odbl = "© OpenStreetMap contributors, ODbL 1.0"
    found = [
        asset("a", at=0.0, source="Libraries", changed_at=datetime(2026, 1, 1, tzinfo=UTC)),
        asset("b", at=0.0, source="Libraries", licence="OGL", changed_at=datetime(2026, 2, 3, tzinfo=UTC)),
        asset("c", at=0.0, source="OpenStreetMap", licence=f"OGL; {odbl}", changed_at=datetime(2026, 1, 9, tzinfo=UTC)),
        asset("d", at=0.0),
    ]
    made = make_assets([(one, True) for one in found], homes=HOMES, today=TODAY, has_any=True)
    source = describe_register(made, number=9)
    assert (source.number, source.attribution) == (9, f"OGL. {odbl}")
    assert source.about == (
        "Kept with this service by those who add and confirm entries. Edition: last changed on 3 February 2026. "
        f"Lists taken in: Libraries (2) and OpenStreetMap (1). Licence: OGL; {odbl}; {NOT_STATED}."
    )
    many = [asset(str(i), at=0.0, source=f"List {i}") for i in range(9)]
    said = describe_register(
        make_assets([(one, True) for one in many], homes=HOMES, today=TODAY, has_any=True), number=1
    )
    assert f"List 5 (1) and 3 more lists. Licence: {NOT_STATED}." in said.about
    assert said.edition == "as it was when this was made"


def test_rare_kinds_share_a_row_numbers_are_in_words_and_names_of_mere_numbers_come_last() -> None:
    found = [asset(f"{kind}{i}", at=0.0, kind=kind) for kind in "ABCDEFGH" for i in range(9 - ord(kind) % 8)]
    found += [
        asset("3 5", at=0.0, kind="Post office"),
        *(asset(f"Post {i}", at=0.0, kind="Post office") for i in range(1_200)),
    ]
    kinds = make_assets([(one, True) for one in found], homes=HOMES, today=TODAY, has_any=True).kinds
    assert (kinds[0].name, kinds[0].shown, kinds[0].names) == (
        "Post office",
        ("1,201", "0", "0", "1,201"),
        ("Post 0", "Post 1"),
    )
    assert len(kinds) == 7
    assert kinds[-1].name == "3 other kinds"
    assert sum(kind.count for kind in kinds) == len(found)


def test_an_empty_register_is_not_called_a_gap() -> None:
    nothing = make_assets([], homes=HOMES, today=TODAY, has_any=False)
    assert "nothing is said here about what is missing" in nothing.sentence
    assert nothing.gaps == ()
    missing = make_assets([], homes=HOMES, today=TODAY, has_any=True)
    assert missing.sentence.startswith("No community asset is listed in the area")
    assert missing.gaps[0].count(";") == 4


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "nobody"), (1, "fewer than 8 people"), (7, "fewer than 8 people"), (8, "10 people"), (1_234, "1,235 people")],
)
def test_small_numbers_of_people_are_hidden_and_others_rounded(number: int, words: str) -> None:
    assert people_shown(number) == words


def test_a_long_story_ends_with_a_whole_sentence_and_says_that_it_goes_on() -> None:
    words = "One sentence here. " * 60
    shown = shorten_story(words)
    assert shown.endswith(f"here.{CUT}")
    assert len(shown) <= MOST_CHARACTERS + len(CUT)
    assert shorten_story("Short.") == "Short."
    assert shorten_story("x" * 700) == "x" * MOST_CHARACTERS + CUT


def test_more_stories_than_fit_on_paper_are_counted() -> None:
    assert say_how_many(MOST_STORIES) == ""
    assert say_how_many(17) == "3 of 17 stories are shown; all of them are in the data pack."


def test_sources_say_when_they_were_fetched_once_if_that_was_one_day() -> None:
    assert is_fetched_on_one_day(["1 May 2026", None, "1 May 2026"])
    assert not is_fetched_on_one_day(["1 May 2026", "2 May 2026"])
    assert not is_fetched_on_one_day([None])


def test_ideas_that_came_with_the_program_are_not_called_what_partners_have_tried() -> None:
    shipped, ours = KeptNote("a", "Where skills stand out", "- Sit"), KeptNote("b", "High need", "We went.", version=2)
    ideas = describe_notes([shipped], about="Where.")
    assert (ideas.title, ideas.about) == (texts.IDEAS, f"Where. {texts.ABOUT_IDEAS}")
    assert ideas.notes[0].heading == "Where skills stand out"
    both = describe_notes([ours, shipped])
    assert (both.title, both.about) == (texts.TRIED, texts.ABOUT_IDEAS)
    assert [note.heading for note in both.notes] == ["High need", f"{texts.IDEA}Where skills stand out"]
    assert describe_notes([ours]).about == ""
    assert say_class(0.284) == "For the commonest of nine kinds of neighbourhood here, in which 28% of people live."
    assert say_class(1.0) == ""


def test_a_note_is_parted_into_words_and_a_list() -> None:
    note = split_note("Title", "Begin here.\n- First\n\n- Second")
    assert (note.words, note.points) == ("Begin here.", ("First", "Second"))


def test_a_brief_says_what_it_is_not_for_and_minds_the_score() -> None:
    caveats = choose_caveats([figure("Need"), figure("digital")], also="digital")
    assert "not for targets, league tables or decisions about a person" in caveats[0]
    assert caveats[2] == "digital: Mind digital."
    assert len(texts.METHOD) == 5


# Maps.
SQUARE = shapely.box(0, 0, 1_000, 1_000)


def test_a_map_keeps_the_proportions_of_the_paper_and_shows_the_whole_area() -> None:
    frame = map_frame.frame_around(SQUARE.bounds, margin=0.1)
    assert (frame.east - frame.west) / (frame.north - frame.south) == pytest.approx(map_frame.WIDTH / map_frame.HEIGHT)
    assert frame.west < 0
    assert frame.south < 0
    assert frame.east > 1_000


@pytest.mark.parametrize("width_m", [300.0, 4_000.0, 90_000.0, 700_000.0])
def test_a_scale_bar_is_a_round_length_that_fits(width_m: float) -> None:
    frame = map_frame.frame_around((0, 0, width_m, width_m / 2), margin=0.0)
    length_m = map_frame.scale_length_m(frame)
    assert f"{length_m:.0e}"[0] in "125"
    share = length_m / (frame.east - frame.west)
    assert map_frame.LONGEST_SCALE / 2.5 <= share <= map_frame.LONGEST_SCALE


def test_a_map_has_a_scale_bar_a_north_arrow_and_each_shape_in_its_colour() -> None:
    frame = map_frame.frame_around(SQUARE.bounds, margin=0.1)
    holed = shapely.box(0, 0, 500, 500).difference(shapely.box(100, 100, 200, 200))
    layer = maps.Layer(np.array([SQUARE, holed], dtype=object), ["#111111", "#222222"])
    drawn = maps.draw_map(frame, layers=[layer, maps.Layer(np.array([], dtype=object), ["#333333"])])
    assert ">N</text>" in drawn
    assert ">500 m</text>" in drawn
    assert re.search(r'fill="#111111" d="M[^"]+Z"', drawn)
    assert re.search(r'fill="#222222" d="M[^M"]+ZM[^M"]+Z"', drawn)
    assert "#333333" not in drawn


def test_places_of_a_plan_are_numbered_and_those_outside_the_frame_are_not_drawn() -> None:
    frame = map_frame.frame_around(SQUARE.bounds, margin=0.1)
    drawn = map_frame.draw_marks(np.array([[500.0, 500.0], [9e6, 0.0], [0.0, 1_000.0]]), frame=frame)
    assert re.findall(r">(\d)</text>", drawn) == ["1", "3"]
    middle = frame.place(500.0, 500.0)
    assert middle == pytest.approx((map_frame.WIDTH / 2, map_frame.HEIGHT / 2))
    assert map_frame.draw_ring(*middle).count('cx="210.0" cy="150.0"') == 2


def test_a_crowded_map_edges_shapes_in_their_own_colour() -> None:
    shapes = np.array([shapely.box(i, 0, i + 1, 500) for i in range(1_000)], dtype=object)
    drawn = maps.draw_map(
        map_frame.frame_around((0, 0, 1_000, 500), margin=0), layers=[maps.Layer(shapes, ["#111111"] * 1_000)]
    )
    assert 'fill="#111111" stroke="#111111"' in drawn


def test_a_map_is_said_in_words() -> None:
    said = describe_classes(np.array([1, 1, 9, 5, 0], dtype=np.uint8), area_name="Here", level="neighbourhoods")
    assert "Of its 5 neighbourhoods, 2 are in the worst third on both, 1 in the best third on both" in said
    assert "1 have no figure and 1 between" in said
    one = describe_classes(np.array([3], dtype=np.uint8), area_name="Here", level="neighbourhoods")
    assert "in the worst third on need and in the best third on digital exclusion" in one
    none = describe_classes(np.array([0], dtype=np.uint8), area_name="Here", level="neighbourhoods")
    assert none.endswith("There is no figure for it.")


# The organisation's look.
def test_an_accent_must_be_told_from_paper_and_carries_letters_that_read() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert colour_on("#FFB81C") == "#212B32"
    look = make_look(organisation=" Ours ", accent="#005eb8", introduction="", logo="")
    assert (look.organisation, look.accent, look.on_accent) == ("Ours", "#005EB8", "#FFFFFF")
    assert contrast(look.accent, look.on_accent) >= 4.5


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"accent": "#FFEB3B"}, "too pale"),
        ({"accent": "red"}, "not a colour"),
        ({"accent": '#005EB8"><script>'}, "not a colour"),
        ({"organisation": "x" * 121}, "longer than 120"),
        ({"introduction": "x" * 601}, "longer than 600"),
    ],
)
def test_a_look_that_cannot_be_used_is_refused(changes: dict[str, str], words: str) -> None:
    given = {"organisation": "", "accent": "#005EB8", "introduction": "", "logo": "", **changes}
    with pytest.raises(LookError, match=words):
        make_look(**given)


def _png() -> bytes:
    written = io.BytesIO()
    Image.new("L", (1, 1)).save(written, format="PNG")
    return written.getvalue()


PIXEL = _png()


def test_a_logo_becomes_a_small_picture_and_whatever_else_is_refused() -> None:
    written = io.BytesIO()
    Image.new("CMYK", (2_000, 900)).save(written, format="JPEG")
    kept = Image.open(io.BytesIO(base64.b64decode(read_logo(written.getvalue()))))
    assert (kept.format, max(kept.size) <= 600) == ("PNG", True)
    for content in (
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        written.getvalue()[:99],
    ):
        with pytest.raises(LookError, match="not a picture"):
            read_logo(content)
    huge = bytearray(PIXEL)
    huge[16:24] = (60_000).to_bytes(4) * 2
    huge[29:33] = zlib.crc32(huge[12:29]).to_bytes(4)
    with pytest.raises(LookError, match="too many dots"):
        read_logo(bytes(huge))
    with pytest.raises(LookError, match="larger than 5 MB"):
        read_logo(b"x" * 5_000_001)


# Letters.
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Café “ok” - Łódź, Ελλάδα, Привет", "Café “ok” - Łódź, Ελλάδα, Привет"),
        ("مرحبا", "مرحبا"),
        ("বাংলা ভাষা, ગુજરાતી, ਪੰਜਾਬੀ, தமிழ்", "বাংলা ভাষা, ગુજરાતી, ਪੰਜਾਬੀ, தமிழ்"),
        ("ok ภาษา ไทย here", "ok [Thai script] here"),
        ("中文", "[Chinese script]"),
        ("a\x00b\x07", "ab"),
        ("fine 😀", "fine "),
    ],
)
def test_letters_that_no_font_has_are_named_and_all_others_kept(words: str, shown: str) -> None:
    assert make_showable({"x": [words]}, folders=font_folders(None)) == {"x": [shown]}


# Two editions.
@pytest.fixture
def ward_brief(small_office: SmallOffice) -> Brief:
    return small_office.brief(WARDS[0])


def test_an_edition_compared_with_itself_has_not_changed(ward_brief: Brief) -> None:
    compared = compare_briefs(ward_brief, before=read_edition(brief_to_json(ward_brief).encode()))
    assert compared.changes is not None
    assert compared.changes.rows == ()
    assert compared.changes.sentence.startswith(
        "Nothing that the brief shows has changed. Both editions rest on the same"
    )


def test_what_differs_from_an_earlier_edition_is_listed(ward_brief: Brief) -> None:
    before = json.loads(brief_to_json(ward_brief))
    before["edition"]["build_id"] = "older"
    before["figures"][0]["shown"] = "99.9"
    before["figures"][2]["period"] = "2019"
    gone = before["figures"].pop()
    before["figures"].append({**gone, "indicator_id": "old", "name": "Old figure"})
    before["assets"]["lines"] = [{"asset_id": "closed", "name": "Closed café"}]
    before["stories"] = []
    changes = compare_briefs(ward_brief, before=read_edition(json.dumps(before).encode())).changes
    assert changes is not None
    rows = {row.what: (row.before, row.now) for row in changes.rows}
    first = ward_brief.figures[0]
    assert rows[f"{first.name} ({first.period})"] == (
        f"99.9, rank {first.rank_shown}", f"{first.shown}, rank {first.rank_shown}",
    )  # fmt: skip
    third = ward_brief.figures[2]
    assert rows[f"{third.name} ({third.period})"][0].endswith(f"rank {third.rank_shown} (2019)")
    assert rows["Old figure"][1] == "not in this edition"
    assert rows["Community assets within reach"] == ("1", "2")
    assert rows["No longer listed"] == ("Closed café", "")
    assert rows["Stories"] == ("0", "1")
    assert "two snapshots" in changes.sentence


def pack_of(words: bytes, *, is_locked: bool = False) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("brief.json", words)
    # Bit 0 of the flags says that an entry is encrypted; they stand in its own head and in the list at the end.
    content = bytearray(written.getvalue())
    if is_locked:
        content[6] |= 1
        content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def edition_with(**changes: object) -> bytes:
    place, edition = {"area_code": "E05000001"}, {"build_id": "a", "built_on": "1 May 2026"}
    return json.dumps({"format": 1, "place": place, "edition": edition, "figures": [], **changes}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"3",
        b"PK nonsense",
        b'{"format": 1, "figures": 3}',
        b"[" * 100_000,
        edition_with(figures=[3]),
        edition_with(figures=[{"indicator_id": 1, "name": 2, "period": 3, "shown": 4, "rank_shown": 5}]),
        edition_with(assets={"lines": [{}]}),
        edition_with(stories=3),
        edition_with(place=[]),
        pack_of(edition_with())[:-40],
        pack_of(edition_with(), is_locked=True),
        pack_of(edition_with()).replace(b"brief.json", b"other.json"),
    ],
)
def test_what_is_no_edition_is_refused(content: bytes) -> None:
    assert read_edition(pack_of(edition_with())).figures == {}
    with pytest.raises(EditionError, match="cannot be read"):
        read_edition(content)


def test_an_edition_of_another_area_is_refused(ward_brief: Brief) -> None:
    before = json.loads(brief_to_json(ward_brief))
    before["place"]["area_code"] = "E05000009"
    with pytest.raises(EditionError, match="is about E05000009"):
        compare_briefs(ward_brief, before=read_edition(json.dumps(before).encode()))
