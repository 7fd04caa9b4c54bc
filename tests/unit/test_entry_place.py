"""From what is typed of a place to the place: postcodes, names, points, and what is said when it will not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.assets.entry_place import Where, find_where, format_point
from dashboard.assets.entry_typed import typed_place
from dashboard.geography import SnapshotGeography
from dashboard.register.model import Place, Precision
from dashboard.repository import Repository, open_repository
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.unit.small_snapshot import LADS, LSOAS, make_home

EMPTY = Place(precision=Precision.EXACT)
Ask = Callable[..., Where]
KNOWN, UNKNOWN = "AB1 2CD", "AB1 9XY"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("place"))


@pytest.fixture(scope="module")
def repository(settings: Settings) -> Repository:
    return open_repository(current_snapshot(settings))


@pytest.fixture
def where(repository: Repository, settings: Settings) -> Ask:
    def ask(base: Place = EMPTY, **typed: str) -> Where:
        given = {"where": "", "point": "", "address": "", "precision": "exact", **typed}
        return find_where(given, base=base, atlas=repository, gazetteer=SnapshotGeography(settings))

    return ask


def code_of(found: Where) -> str:
    return found.area.area_code if found.area else ""


def test_a_postcode_gives_the_point_and_says_which_neighbourhood_it_is_in(where: Ask) -> None:
    found = where(where="ab12cd", address="1 High Street\n\n Town ")
    assert (found.place.postcode, found.place.lsoa21_code) == (KNOWN, LSOAS[0])
    assert found.place.lat is not None
    assert found.place.address == ("1 High Street", "Town")
    assert code_of(found) == LSOAS[0]
    assert not found.problem
    assert not found.warning


def test_a_postcode_is_checked_against_the_point(where: Ask) -> None:
    far = where(where=KNOWN, point="51.5000, -0.1200")
    assert "km from AB1 2CD" in far.warning
    near = where(where=KNOWN, point=format_point(lon=-7.5546, lat=49.7663))
    assert "km from" not in where(where=KNOWN).warning
    assert near.place.lat == 49.7663


def test_a_postcode_that_is_not_known_needs_a_point(where: Ask) -> None:
    assert "is not known here" in where(where=UNKNOWN).problem
    placed = where(where=UNKNOWN, point="51.5, -0.12")
    assert (placed.problem, placed.place.postcode, placed.place.lat) == ("", UNKNOWN, 51.5)


def test_a_neighbourhoods_name_gives_a_rough_place(where: Ask) -> None:
    found = where(where=LSOAS[3])
    assert (found.place.precision, found.place.lsoa21_code) == (Precision.ROUGH, LSOAS[3])
    assert "middle of this neighbourhood" in found.warning
    pointed = where(where=LSOAS[3], point="51.5, -0.12")
    assert (pointed.place.precision, pointed.place.lon, pointed.warning) == (Precision.EXACT, -0.12, "")


def test_a_name_that_several_have_asks_which_one_is_meant(where: Ask) -> None:
    found = where(where="Green")
    assert found.problem == "Say which of these you mean."
    chosen = where(where="Green", chosen=found.options[0].area_code)
    assert chosen.options == found.options
    assert "too large" in chosen.problem


def test_a_whole_district_is_too_large_to_be_a_place(where: Ask) -> None:
    found = where(where="Alton")
    chosen = found if not found.options else where(where="Alton", chosen=LADS[0])
    assert "too large" in chosen.problem
    assert code_of(chosen) == LADS[0]


def test_a_name_that_nobody_knows_says_so_unless_there_is_a_point(where: Ask) -> None:
    assert "No place called" in where(where="Nowhere in particular").problem
    assert not where(where="Nowhere in particular", point="51.5 -0.12").problem


# The last would be tried in ten thousand million ways if spaces could be shared out among the parts of the pattern.
@pytest.mark.parametrize(
    "point", ["here", "51.5", "51.5, x", "1e3, 2", "nan, nan", "51.5, -0.12, 3", f"51.5{' ' * 150_000}x"], ids=len
)
def test_a_point_that_cannot_be_read_says_how_to_write_one(where: Ask, point: str) -> None:
    assert "Write the point as latitude and longitude" in where(point=point).problem


def test_an_address_alone_is_kept_and_said_not_to_be_on_the_map(where: Ask) -> None:
    found = where(address="1 High Street")
    assert found.place.address == ("1 High Street",)
    assert "not on the map yet" in found.warning
    assert where().place == EMPTY


def test_an_area_served_is_no_place(where: Ask) -> None:
    assert where(where=KNOWN, precision="none").place == Place()


def test_what_nobody_touched_stays_to_the_last_digit(where: Ask) -> None:
    base = Place(
        precision=Precision.EXACT, lon=-0.123456789, lat=51.987654321, easting=1.0, northing=2.0, postcode=KNOWN,
        lsoa21_code=LSOAS[0],
    )  # fmt: skip
    typed = typed_place(base)
    assert where(base, **typed).place == base
    assert where(base, **(typed | {"precision": "rough"})).place.lat == 51.987654
    hidden = replace(base, postcode="", lon=None, lat=None, easting=None, northing=None)
    assert where(hidden, **typed_place(hidden)).place == hidden
