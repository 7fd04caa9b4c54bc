"""Support follows the register: what is published, paused or withdrawn a second ago counts, or no longer does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.assets.live import live_table
from dashboard.assets.table import AssetTable, make_table
from dashboard.planning import support
from dashboard.planning.support import changed_points, support_groups, support_values
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Availability, Place, Precision, Trust
from dashboard.register.register import Register
from dashboard.register.store.placed import MOST_CHANGES, PlacedRows, read_placed
from dashboard.register.taxonomy import read_taxonomy
from dashboard.repository import Repository, open_repository
from etl.methods.access import measure_access
from etl.publish import current_snapshot
from etl.tables.support import ANY_ASSET, DIGITAL_HELP
from tests.unit.small_snapshot import SIZE, make_home

ME = local_actor()


def place_at(easting: float) -> Place:
    return Place(precision=Precision.EXACT, easting=easting, northing=500.0)


# In the middle of neighbourhood 0; the middles lie 1,000 m apart, so a walk of 1,600 m reaches 1 as well.
HUB = Asset(name="Hub", kind="digital_hub", offers=("device_loan",), referral=("self",), place=place_at(500))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return open_repository(current_snapshot(make_home(tmp_path_factory.mktemp("home"))))


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(f"sqlite:///{tmp_path / 'register.sqlite'}")


def served(repository: Repository, register: Register, *, group: str = DIGITAL_HELP) -> list[int]:
    return np.flatnonzero(support_values(repository, register, group=group)).tolist()


def test_an_entry_counts_as_soon_as_it_is_published_and_no_longer_once_withdrawn(
    repository: Repository, register: Register
) -> None:
    assert served(repository, register) == []
    asset_id = register.entries.add(HUB, actor=ME).asset.asset_id
    assert served(repository, register) == [0, 1]
    register.entries.withdraw(asset_id, actor=ME)
    assert served(repository, register) == []


def test_an_entry_that_moves_or_is_paused_takes_its_support_with_it(repository: Repository, register: Register) -> None:
    first = register.entries.add(HUB, actor=ME)
    assert served(repository, register) == [0, 1]
    moved = register.entries.edit(first.asset.asset_id, replace(HUB, place=place_at(6500)), base_version=1, actor=ME)
    assert served(repository, register) == [5, 6, 7]
    paused = replace(moved.asset, availability=Availability.PAUSED)
    register.entries.edit(first.asset.asset_id, paused, base_version=moved.version, actor=ME)
    assert served(repository, register) == []


def test_what_is_kept_and_brought_up_to_date_is_what_measuring_it_all_would_give(
    repository: Repository, register: Register
) -> None:
    rng = np.random.default_rng(1)
    for number in range(12):
        east = float(rng.integers(0, 12_000))
        added = register.entries.add(replace(HUB, name=f"Hub {number}", place=place_at(east)), actor=ME)
        if number % 3 == 2:
            register.entries.withdraw(added.asset.asset_id, actor=ME)
        kept = support_values(repository, register)
        origins, population = support.where_people_live(repository.path)
        points = live_table(register).grid
        whole = measure_access(origins=origins, population=population, assets=points).e2sfca
        np.testing.assert_allclose(kept, whole, rtol=1e-12)
        assert ((kept == 0) == (whole == 0)).all()


def test_after_very_many_changes_everything_is_measured_anew(
    repository: Repository, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert served(repository, register) == []
    monkeypatch.setattr(support, "MANY_CHANGES", 1)
    monkeypatch.setattr(support, "renew_access", lambda *_args, **_kwargs: pytest.fail("not for so many"))
    register.entries.bring_in([HUB, replace(HUB, name="Another", place=place_at(9500))], actor=ME)
    assert served(repository, register) == [0, 1, 8, 9, 10]


def test_a_group_is_an_offer_a_kind_or_any(repository: Repository, register: Register) -> None:
    register.entries.add(HUB, actor=ME)
    register.entries.add(
        replace(HUB, name="Pantry", kind="food_bank", offers=("food",), place=place_at(9500)), actor=ME
    )
    assert served(repository, register) == [0, 1]
    assert served(repository, register, group="device_loan") == [0, 1]
    assert served(repository, register, group="food") == [8, 9, 10]
    assert served(repository, register, group="kind_food_bank") == [8, 9, 10]
    assert served(repository, register, group="kind_library") == []
    assert served(repository, register, group=ANY_ASSET) == [0, 1, 8, 9, 10]


def test_groups_to_pick_begin_with_digital_help_and_hold_every_offer_and_kind() -> None:
    groups = support_groups(read_taxonomy())
    assert list(groups)[:2] == [DIGITAL_HELP, ANY_ASSET]
    assert {"food", "device_loan", "kind_library"} <= groups.keys()
    assert groups["kind_library"] == "Any library"


def test_an_entry_without_a_point_serves_nobody_in_particular(repository: Repository, register: Register) -> None:
    register.entries.add(replace(HUB, place=Place(), service_areas=("E07000001",)), actor=ME)
    assert served(repository, register, group=ANY_ASSET) == []
    assert len(live_table(register)) == 1


def test_the_table_knows_when_an_entry_was_confirmed_and_how_people_come(register: Register) -> None:
    trust = Trust(confirmed_on=date(2026, 1, 2), next_check_due=date(2027, 1, 2))
    register.entries.add(replace(HUB, trust=trust), actor=ME)
    register.entries.add(replace(HUB, name="Other", referral=("gp",), opening_hours="24/7"), actor=ME)
    table = live_table(register)
    assert table.confirmed_on.astype(str).tolist() == ["2026-01-02", "NaT"]
    assert table.check_due.astype(str).tolist() == ["2027-01-02", "NaT"]
    assert table.has_any("referral", ("gp",)).tolist() == [False, True]
    assert table.has_any("offers", ("digital_help",)).tolist() == [True, True]
    assert (table.hours_id >= 0).tolist() == [False, True]


def test_a_register_put_back_from_a_backup_is_read_whole_again(tmp_path: Path) -> None:
    register = Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    register.entries.add(HUB, actor=ME)
    number = live_table(register).number
    news = read_placed(register.database, since=number + 5)
    assert news is not None
    assert news.changed_keys is None
    assert [row.kind for row in news.rows] == ["digital_hub"]
    assert read_placed(register.database, since=number) is None


def test_more_changes_than_are_worth_asking_for_one_by_one_are_read_whole(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.register.store.placed.MOST_CHANGES", 1)
    register.entries.bring_in([HUB, replace(HUB, name="Another")], actor=ME)
    news = read_placed(register.database, since=0)
    assert MOST_CHANGES > 1
    assert news is not None
    assert news.changed_keys is None
    assert len(news.rows) == 2


def test_points_that_came_went_and_moved_are_found() -> None:
    old_key, old = np.array([1, 2, 3]), np.array([[0.0, 0], [1, 1], [2, 2]])
    new_key, new = np.array([2, 3, 4]), np.array([[1.0, 1], [2, 5], [9, 9]])
    found = changed_points(old_key, old, new_key, new)
    assert sorted(found.tolist()) == [[0, 0], [2, 2], [2, 5], [9, 9]]


def test_an_empty_register_is_an_empty_table() -> None:
    table: AssetTable = make_table(PlacedRows(number=0, rows=(), changed_keys=None))
    assert len(table) == 0
    assert not table.is_placed.any()
    assert SIZE == 12
