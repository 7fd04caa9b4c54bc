"""What a map is told: ids and numbers, and never a word that could run."""

from __future__ import annotations

import json
import re

import pytest
from streamlit.testing.v1 import AppTest
from streamlit_folium import _get_feature_group_string, generate_leaflet_string

from dashboard.components import map_view
from dashboard.components.map_view import read_event
from dashboard.components.maps.fills import Bivariate, LeftBehind
from dashboard.components.maps.layers import make_map, make_message
from dashboard.components.maps.message import message_of, safe_json
from dashboard.components.maps.palettes import fifths
from dashboard.components.maps.places import ENGLAND, Bounds, Place
from dashboard.components.maps.view import Basemap, MapEvent, MapView

ZOOMS = {"lsoa": (5, 10)}
HOSTILE = (
    "${fetch('//evil.example')}",
    "`);alert(1);//",
    "</script><script>alert(1)</script>",
    "{{ 'map_div' }}",
    '");alert(1);("',
    "\\",
    "\u2028alert(1)\u2029",
)


def view_of(**changes: object) -> MapView:
    given = {"build_id": "b", "layer": "lsoa", "fill": fifths(indicator_id="imd_2025", title="Need"), **changes}
    return MapView(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_a_script_says_the_same_and_holds_nothing_that_could_run(text: str) -> None:
    written = safe_json({"words": text})
    assert json.loads(written) == {"words": text}
    assert not set("<>&'`$\u2028\u2029") & set(written)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_credit_of_a_base_map_stays_inside_its_string(text: str) -> None:
    made = make_map(build_id="b", zooms=ZOOMS, basemap=Basemap(url="/tiles/{z}/{x}/{y}.png", attribution=text))
    made.get_root().render()
    script = generate_leaflet_string(made)
    found = re.search(r"attach\(\w+, (\{.*\})\);", script)
    assert found is not None
    assert json.loads(found.group(1))["basemap"]["credit"] == text


@pytest.mark.parametrize("text", [*HOSTILE, "", "E0 1", "E01000001;", "é"])
def test_what_is_not_an_area_code_is_refused_before_it_reaches_a_map(text: str) -> None:
    with pytest.raises(ValueError, match="is not an area code"):
        Place(area_code=text, layer="lsoa", feature_id=1)
    with pytest.raises(ValueError, match="is not an area code"):
        view_of(base_area_code=text)


@pytest.mark.parametrize("text", [*HOSTILE, "", "IMD", "1imd", "a b"])
def test_what_is_not_an_indicator_id_is_refused_before_it_reaches_a_map(text: str) -> None:
    with pytest.raises(ValueError, match="is not an indicator id"):
        fifths(indicator_id=text, title="Need")
    with pytest.raises(ValueError, match="is not an indicator id"):
        Bivariate(need_id="imd_2025", exclusion_id=text, need_title="", exclusion_title="")
    with pytest.raises(ValueError, match="is not an indicator id"):
        LeftBehind(need_id=text, exclusion_id="imd_2025")


def test_what_only_the_page_knows_travels_as_bytes_and_numbers() -> None:
    seen = view_of(
        given={"imd_2025": b"\x00\x01\x64"}, inside=b"\x01\x00\x01", pins=((-2.2, 53.4),), corners=((-2.0, 53.0),)
    )
    told = message_of(seen)
    assert told["given"] == {"imd_2025": "AAFk"}
    assert (told["inside"], told["pins"], told["corners"]) == ("AQAB", [[-2.2, 53.4]], [[-2.0, 53.0]])
    assert json.loads(safe_json(told)) == told
    with pytest.raises(ValueError, match="is not an indicator id"):
        view_of(given={"x y": b""})


@pytest.mark.parametrize("text", HOSTILE)
def test_no_title_travels_in_a_message(text: str) -> None:
    one = view_of(fill=fifths(indicator_id="imd_2025", title=text, base_name=text))
    two = view_of(fill=Bivariate(need_id="a", exclusion_id="b", need_title=text, exclusion_title=text))
    assert text not in str(message_of(one))
    assert text not in str(message_of(two))


def test_a_message_says_all_that_a_view_shows() -> None:
    view = view_of(
        base_area_code="E08000003",
        left_behind=LeftBehind(need_id="imd_2025", exclusion_id="x", need_worst=10, exclusion_worst=30),
        selected=Place(area_code="E01000001", layer="lsoa", feature_id=7),
        within=Place(area_code="E08000003", layer="lad", feature_id=3),
        bounds=Bounds(west=-3, south=50, east=1, north=55),
        looks=2,
        is_basemap_shown=False,
    )
    assert message_of(view) == {
        "layer": "lsoa",
        "fill": {"palette": "worst", "ids": ["imd_2025"], "breaks": [20, 40, 60, 80, 100]},
        "base": "E08000003",
        "leftBehind": {"ids": ["imd_2025", "x"], "worst": [10, 30]},
        "selected": {"layer": "lsoa", "id": 7, "code": "E01000001"},
        "within": {"layer": "lad", "id": 3, "code": "E08000003"},
        "bounds": [-3, 50, 1, 55],
        "looks": 2,
        "basemap": False,
        "given": {},
        "inside": None,
        "assets": None,
        "pins": [],
        "corners": [],
    }


def test_a_message_leaves_out_what_a_view_does_not_show() -> None:
    message = message_of(view_of(fill=Bivariate(need_id="a", exclusion_id="b", need_title="", exclusion_title="")))
    assert message["fill"] == {"palette": "bivariate", "ids": ["a", "b"], "breaks": []}
    assert [message[key] for key in ("base", "leftBehind", "selected", "within")] == [None] * 4
    assert message["bounds"] == [ENGLAND.west, ENGLAND.south, ENGLAND.east, ENGLAND.north]


def script_of_map() -> str:
    made = make_map(build_id="b", zooms=ZOOMS, basemap=None)
    made.get_root().render()
    return generate_leaflet_string(made)


def test_the_map_is_the_same_at_each_rerun_so_that_it_is_not_made_anew() -> None:
    assert script_of_map() == script_of_map()


def test_a_change_of_view_changes_the_message_and_not_the_map() -> None:
    scripts = []
    for worst in (20, 21):
        made = make_map(build_id="b", zooms=ZOOMS, basemap=None)
        made.get_root().render()
        before = generate_leaflet_string(made)
        left_behind = LeftBehind(need_id="a", exclusion_id="b", need_worst=worst)
        scripts.append((before, _get_feature_group_string(make_message(view_of(left_behind=left_behind)), map=made)))
    assert scripts[0][0] == scripts[1][0]
    assert scripts[0][1] != scripts[1][1]
    assert "commonGround.restyle(" in scripts[0][1]


def test_a_map_loads_nothing_from_another_host() -> None:
    made = make_map(build_id="b", zooms=ZOOMS, basemap=None)
    made.get_root().render()
    html = made.get_root().header.render()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(addresses) == 8
    assert all(address.startswith(("/vendor/", "/assets/")) for address in addresses)


def test_a_map_lets_people_zoom_the_page() -> None:
    made = make_map(build_id="b", zooms=ZOOMS, basemap=None)
    assert "user-scalable" not in made.get_root().render()


def test_a_click_says_where_and_on_which_area() -> None:
    clicked = {"serial": 1, "layer": "lsoa", "id": 5, "lon": -2.2, "lat": 53}
    assert read_event(clicked) == MapEvent(lon=-2.2, lat=53, layer="lsoa", feature_id=5)
    assert read_event({**clicked, "id": None}) == MapEvent(lon=-2.2, lat=53, layer="lsoa", feature_id=None)


@pytest.mark.parametrize(
    "change", [{"layer": "moon"}, {"lon": "2"}, {"lat": None}, {"layer": None}, {"lon": float("nan")}, {"lat": True}]
)
def test_a_click_that_makes_no_sense_is_no_click(change: dict[str, object]) -> None:
    assert read_event({"serial": 1, "layer": "lsoa", "id": 5, "lon": -2.2, "lat": 53, **change}) is None


@pytest.mark.parametrize("feature_id", [-1, 2.5, "5", True, 10**12])
def test_a_click_on_an_area_that_cannot_be_is_a_click_on_none(feature_id: object) -> None:
    event = read_event({"serial": 1, "layer": "lsoa", "id": feature_id, "lon": -2.2, "lat": 53})
    assert event is not None
    assert event.feature_id is None


def page_with_a_map() -> None:
    import streamlit as st  # noqa: PLC0415

    from dashboard.components import map_view  # noqa: PLC0415
    from dashboard.components.maps.palettes import fifths as make_fill  # noqa: PLC0415
    from dashboard.components.maps.view import MapView as View  # noqa: PLC0415

    said = st.session_state.get("said")
    map_view.st_folium = lambda *_, **__: said  # type: ignore[assignment]
    fill = make_fill(indicator_id="imd_2025", title="Need")
    event = map_view.show_map(view=View(build_id="b", layer="lsoa", fill=fill), key="map")
    st.write("a click" if event else "no click")


def test_a_click_is_returned_on_one_rerun_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_view, "st_folium", map_view.st_folium)
    page = AppTest.from_function(page_with_a_map).run()
    assert page.markdown[-1].value == "no click"
    page.session_state["said"] = {"clicked": {"serial": 1, "layer": "lsoa", "id": 5, "lon": -2.2, "lat": 53}}
    assert page.run().markdown[-1].value == "a click"
    assert page.run().markdown[-1].value == "no click"
    page.session_state["said"] = {"clicked": {"serial": 2, "layer": "lsoa", "id": 5, "lon": -2.2, "lat": 53}}
    assert page.run().markdown[-1].value == "a click"
