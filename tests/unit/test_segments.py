from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.components.segments.notes import as_markdown
from dashboard.components.segments.places import describe_places
from dashboard.opening import open_register
from dashboard.questions.segments import NO_BARRIER_NAME
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.errors import NotAllowedError, PieceConflictError
from dashboard.repository import Repository, open_repository
from dashboard.segments.notes import (
    barrier_note_id,
    cell_note_id,
    read_notes,
    restore_note,
    save_note,
    shipped_notes,
)
from dashboard.segments.state import SegmentView, name_cell, read_segment, write_segment
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.payloads import read_payloads
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import LADS, LSOAS, make_home

RECIPE = "digital_exclusion_2025"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("segments"))


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    return make_home(tmp_path)


@pytest.fixture
def repository(settings: Settings) -> Repository:
    return open_repository(current_snapshot(settings))


def test_every_cell_says_how_many_places_and_people_it_holds(settings: Settings) -> None:
    page = open_page("segments", settings)
    assert not page.exception
    # Of twelve places along a line, the second has the best rank on digital exclusion, and the last the second worst.
    label = page.button(key="cell-1-1").label
    assert label == "**High need, high digital exclusion**  \n3 neighbourhoods  \n8,000 people"
    assert page.button(key="cell-1-3").label.endswith("  \n1 neighbourhood  \n2,000 people")


def test_choosing_a_cell_changes_the_address_and_lists_its_places(settings: Settings) -> None:
    page = open_page("segments", settings)
    page.button(key="cell-2-2").click().run()
    assert query_of(page) == {"need": "2", "exclusion": "2"}
    assert page.dataframe[0].value["People"].tolist() == [8_000, 7_000, 6_000, 5_000]
    assert "Middling need, middling digital exclusion" in words_of(page)


def test_a_link_opens_one_area_and_one_barrier(settings: Settings) -> None:
    page = open_page("segments", settings, need="1", exclusion="1", barrier="means", within=LADS[0])
    assert not page.exception
    assert page.selectbox(key="segment_within").value == LADS[0]
    assert page.radio(key="segment_barrier").value == "means"
    assert set(page.dataframe[0].value["Main barrier"]) == {"Means"}
    page.radio(key="segment_barrier").set_value("").run()
    assert query_of(page) == {"within": LADS[0]}


def test_an_empty_cell_says_what_to_do(settings: Settings) -> None:
    page = open_page("segments", settings, need="3", exclusion="2")
    assert "No neighbourhood is in this cell" in words_of(page)
    assert not page.exception


def test_an_area_that_is_not_there_is_said_so(settings: Settings) -> None:
    page = open_page("segments", settings, within="E99999999")
    assert "not loaded here" in words_of(page)
    assert not page.exception


def test_the_notes_of_the_cell_and_of_its_usual_barrier_are_shown(settings: Settings) -> None:
    said = words_of(open_page("segments", settings))
    notes = shipped_notes()
    assert notes["cell_1_1"].title in said
    assert notes["barrier_means"].title in said
    assert "Drawn, in our own words" in said


def test_there_is_a_note_for_every_cell_and_for_every_component_of_the_default_recipe() -> None:
    notes = shipped_notes()
    cells = {cell_note_id(need=need, exclusion=exclusion) for need in (1, 2, 3) for exclusion in (1, 2, 3)}
    barriers = {barrier_note_id(one) for one in ("connectivity", "skills", "age_health", "means")}
    assert set(notes) == cells | barriers
    assert all(name_cell(need=int(k[5]), exclusion=int(k[7])) == notes[k].title for k in cells)


def test_an_admin_changes_a_note_on_the_page_and_goes_back_to_the_first_wording(own_settings: Settings) -> None:
    page = open_page("segments", own_settings)
    first = page.text_area[0].value
    page.text_area[0].set_value("Ask at the *Lighthouse* <b>café</b>.")
    next(button for button in page.button if button.label == "Save the note").click().run()
    assert not page.exception
    assert "Ask at the *Lighthouse* <b>café</b>." in words_of(page)
    kept = read_notes(open_register(own_settings), actor=THE_PUBLIC)["cell_1_1"]
    assert (kept.text, kept.version) == ("Ask at the *Lighthouse* <b>café</b>.", 1)
    next(button for button in page.button if button.label == "Go back to the first wording").click().run()
    assert read_notes(open_register(own_settings), actor=THE_PUBLIC)["cell_1_1"].text == first


def test_only_an_admin_may_change_a_note_and_nobody_overwrites_anothers_words(own_settings: Settings) -> None:
    register = open_register(own_settings)
    note = shipped_notes()["cell_2_2"]
    with pytest.raises(NotAllowedError):
        save_note(register, note, text="Mine now.", actor=THE_PUBLIC)
    save_note(register, note, text="First.", actor=local_actor())
    with pytest.raises(PieceConflictError):
        save_note(register, note, text="Second, unseen.", actor=local_actor())
    with pytest.raises(NotAllowedError):
        restore_note(register, note, actor=THE_PUBLIC)


@pytest.mark.parametrize("text", read_payloads()[::9])
def test_a_note_is_only_ever_text(text: str) -> None:
    written = as_markdown(f"{text}\n- {text}")
    for character in "<>[]*`$":
        assert written.replace(f"\\{character}", "").count(character) == 0


def test_the_address_is_read_and_written_back() -> None:
    view = SegmentView(need=3, exclusion=2, barrier="skills", within=LADS[0])
    assert read_segment(write_segment(view)) == view
    assert write_segment(SegmentView()) == {}
    assert read_segment({"need": "9", "exclusion": "x", "barrier": "<b>", "within": "../"}) == SegmentView()


def test_counts_of_an_area_are_those_of_its_neighbourhoods(repository: Repository) -> None:
    whole = repository.segments(need="imd_2025", recipe_id=RECIPE, within="")
    parts = [repository.segments(need="imd_2025", recipe_id=RECIPE, within=code) for code in LADS]
    np.testing.assert_array_equal(whole.places, parts[0].places + parts[1].places)
    np.testing.assert_array_equal(whole.people, parts[0].people + parts[1].people)


def test_the_barrier_is_what_lies_furthest_above_englands_middle(repository: Repository) -> None:
    barriers = repository.barriers(RECIPE)
    # Means has the larger points: above the middle for the first six places; nothing lies above it for the others.
    means = list(barriers.names).index("means")
    assert barriers.of.tolist() == [means] * 6 + [-1] * 6
    assert barriers.name_of(-1) == NO_BARRIER_NAME
    assert barriers.is_one("means").sum() == 6
    assert barriers.is_one("gone").all()
    rows = describe_places(repository, barriers, is_chosen=np.arange(12) > 9)
    assert rows["Code"].tolist() == [LSOAS[11], LSOAS[10]]
    assert rows["Main barrier"].tolist() == [NO_BARRIER_NAME] * 2
