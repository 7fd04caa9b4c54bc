from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.state import LEVELS, PARAMETERS, View, read_area_code, read_view, write_view

AREAS = st.one_of(st.just(""), st.from_regex(r"E[0-9]{8}", fullmatch=True))
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True)
VIEWS = st.builds(
    View,
    level=st.sampled_from(LEVELS),
    show=IDS,
    need=IDS,
    exclusion=IDS,
    need_worst=st.integers(1, 50),
    exclusion_worst=st.integers(1, 50),
    within=AREAS,
    at=AREAS,
    is_basemap_shown=st.booleans(),
)


@given(view=VIEWS, base=st.sampled_from(["england", "within"]))
def test_a_link_restores_everything_that_was_chosen(view: View, base: str) -> None:
    chosen = view.changed(base=base)
    assert read_view(write_view(chosen)) == chosen


def test_the_first_view_needs_no_parameters() -> None:
    assert write_view(View()) == {}
    assert read_view({}) == View()


@given(st.dictionaries(st.sampled_from(sorted(PARAMETERS.values())), st.text(max_size=80)))
def test_a_mistyped_link_still_opens(query: dict[str, str]) -> None:
    view = read_view(query)
    assert view.level in LEVELS
    assert 1 <= view.need_worst <= 50
    assert 1 <= view.exclusion_worst <= 50
    assert read_view(write_view(view)) == view


@pytest.mark.parametrize("text", ["0", "51", "-3", "20.5", "²", "999999", ""])
def test_a_threshold_outside_the_slider_is_the_default(text: str) -> None:
    assert read_view({"need_worst": text}).need_worst == 20


def test_markup_in_a_link_is_dropped() -> None:
    view = read_view({"at": "<script>", "within": "E0800 0003", "show": "a'b", "need": "IMD"})
    assert view == View()


def test_counting_within_an_area_needs_an_area() -> None:
    assert read_view({"base": "within"}).base == "england"
    assert read_view({"base": "within", "within": "E08000003"}).base == "within"
    assert View(within="E08000003", base="within").changed(within="").base == "england"


def test_streets_can_be_switched_off_in_a_link() -> None:
    assert not read_view({"streets": "off"}).is_basemap_shown
    assert write_view(View(is_basemap_shown=False)) == {"streets": "off"}


def test_an_area_code_may_be_typed_in_small_letters() -> None:
    assert read_area_code({"area": " e08000003 "}) == "E08000003"
    assert read_area_code({}) == ""
    view = read_view({"at": " e01005123", "within": "e08000003", "level": "LSOA", "base": "Within"})
    assert (view.at, view.within, view.base) == ("E01005123", "E08000003", "within")
    assert read_view({"level": "Ward"}).level == "ward"
