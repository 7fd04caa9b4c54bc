"""The register is opened with the geography of what is served, and the demo has a register of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.api import serving
from dashboard.assets.live import live_table
from dashboard.components.visit import open_visit
from dashboard.geography import SnapshotGeography, read_neighbourhoods
from dashboard.opening import open_register, renew_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Place, Precision
from etl.register_address import DEMO_FILE
from etl.settings import read_settings
from tests.registers import LUNCH_CLUB
from tests.unit.small_snapshot import ICB, LADS, LSOAS, MSOAS, SICBL, WARDS, make_home
from tests.web import run_apart


def test_a_postcode_places_an_entry_in_all_of_its_areas(tmp_path: Path) -> None:
    geography = SnapshotGeography(make_home(tmp_path))
    place = Place(precision=Precision.EXACT, postcode="AB1 2CD")
    assert geography.lsoa_of(place) == LSOAS[0]
    assert geography.areas_of(LSOAS[0]) == {LSOAS[0], MSOAS[0], WARDS[0], LADS[0], SICBL, ICB}
    assert geography.centroid_of(LSOAS[3]) == (0.03, 52.0)
    assert geography.uprns(["1"]) == {}


def test_before_anything_is_loaded_an_entry_is_taken_at_its_word(tmp_path: Path) -> None:
    geography = SnapshotGeography(read_settings({}, home=tmp_path))
    assert geography.lsoa_of(Place(precision=Precision.EXACT, postcode="AB1 2CD", lsoa21_code="E01000009")) == (
        "E01000009"
    )
    assert geography.centroid_of("E01000009") is None
    assert geography.areas_of("E01000009") == {"E01000009"}
    assert geography.postcodes(["AB1 2CD"]) == {}


def test_a_point_off_the_land_falls_back_on_the_postcode(tmp_path: Path) -> None:
    geography = SnapshotGeography(make_home(tmp_path))
    at_sea = Place(precision=Precision.EXACT, lon=-6.0, lat=50.0, postcode="AB1 2CD")
    assert geography.lsoa_of(at_sea) == LSOAS[0]
    assert geography.lsoa_of(Place(precision=Precision.EXACT, lon=-6.0, lat=50.0, postcode="ZZ1 1ZZ")) == ""


def test_the_demo_and_the_real_places_have_registers_of_their_own(tmp_path: Path) -> None:
    demo = open_register(make_home(tmp_path / "demo", is_demo=True))
    real = open_register(make_home(tmp_path / "real"))
    assert demo.database.file.name == DEMO_FILE
    assert real.database.file.name == "register.sqlite"


def test_in_local_mode_one_person_adds_and_publishes_at_once(tmp_path: Path) -> None:
    visit = open_visit(make_home(tmp_path))
    assert visit.register.entries.add(LUNCH_CLUB, actor=visit.actor).published_version == 1


def test_after_a_load_the_register_is_fitted_to_its_areas_once(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    register = open_register(settings)
    register.entries.add(LUNCH_CLUB, actor=local_actor())
    number = live_table(register).number
    renew_register(settings)
    assert live_table(register).number > number, "published entries are laid out anew"
    again = live_table(register).number
    assert renew_register(settings) == 0
    assert live_table(register).number == again, "the same load is not gone through twice"


def test_whoever_ends_the_service_does_not_wait_for_what_is_read_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking: list[Callable[[], bool]] = []
    monkeypatch.setattr(serving, "read_ahead", lambda _, *, is_stopping: asking.append(is_stopping))

    async def start_and_stop() -> bool:
        async with serving.warm_start(make_home(tmp_path))(None):
            return any(is_stopping() for is_stopping in asking)

    assert not run_apart(start_and_stop())
    assert asking[0]()


def test_reading_ahead_stops_where_it_is_when_the_service_ends(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    serving.read_ahead(settings, is_stopping=lambda: True)
    assert not settings.home.joinpath("register.sqlite").exists(), "it did not come to the register"
    serving.read_ahead(settings)
    assert settings.home.joinpath("register.sqlite").exists()


def test_nobody_waits_for_the_neighbourhoods_that_the_register_asks_about(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    serving.read_ahead(settings)
    before = read_neighbourhoods.cache_info().misses
    assert SnapshotGeography(settings).areas_of("E01000001")
    assert read_neighbourhoods.cache_info().misses == before
