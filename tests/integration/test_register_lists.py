"""Entries that look like one thing are told apart or merged, and undone; the register as a whole is looked after."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.register.errors import NotAllowedError, RegisterError
from dashboard.register.listed import Listed, Reference
from dashboard.register.register import Register
from dashboard.register.store import kept_pairs
from tests.registers import (
    ADMIN,
    GROUP,
    IN_THE_SOUTH,
    LUNCH_CLUB,
    NORTH_REVIEWER,
    PARTNER,
    REVIEWER,
    TRUSTED,
    StoppedClock,
    TwoTowns,
)

NEARLY = replace(LUNCH_CLUB, name="Northtown Lunch Club (North)", description="Soup.")
SOUTHERN = replace(LUNCH_CLUB, name="Chess at the Cricket Pavilion", contacts=(), place=IN_THE_SOUTH)


def test_a_pair_is_offered_until_it_is_told_apart(register: Register) -> None:
    ids = [register.entries.add(one, actor=TRUSTED).asset.asset_id for one in (LUNCH_CLUB, NEARLY, SOUTHERN)]
    (pair,) = register.pairs.likely(actor=REVIEWER)
    assert [pair.one.asset.asset_id, pair.other.asset.asset_id] == ids[:2]
    assert "Same postcode." in pair.reasons
    with pytest.raises(NotAllowedError):
        register.pairs.tell_apart(*ids[:2], actor=PARTNER)
    register.pairs.tell_apart(*reversed(ids[:2]), actor=REVIEWER)
    register.pairs.tell_apart(*ids[:2], actor=REVIEWER)
    assert register.pairs.likely(actor=REVIEWER) == ()


def pairs_of(register: Register) -> list[tuple[str, str, float]]:
    found = register.pairs.likely(actor=REVIEWER)
    return sorted((one.one.asset.asset_id, one.other.asset.asset_id, round(one.probability, 9)) for one in found)


def test_pairs_that_follow_each_act_are_those_that_are_found_anew(register: Register, register_url: str) -> None:
    def assert_as_found_anew(pairs: int) -> None:
        fresh = Register(register_url, geography=TwoTowns())
        try:
            assert pairs_of(register) == pairs_of(fresh)
        finally:
            fresh.close()
        assert len(pairs_of(register)) == pairs

    one, other, south = (register.entries.add(each, actor=TRUSTED).asset for each in (LUNCH_CLUB, NEARLY, SOUTHERN))
    assert_as_found_anew(1)
    renamed = register.entries.edit(other.asset_id, replace(other, name="Zumba"), base_version=1, actor=TRUSTED)
    assert_as_found_anew(0)
    register.entries.edit(other.asset_id, replace(renamed.asset, name=NEARLY.name), base_version=2, actor=TRUSTED)
    twins = [replace(SOUTHERN, source="list", source_ref=str(at)) for at in range(2)]
    adds = [(one, Reference("list", one.source_ref, "x")) for one in twins]
    done = register.imports.bring_in(Listed(source="list", adds=adds), actor=TRUSTED)
    assert_as_found_anew(4)
    register.review.archive(south.asset_id, actor=REVIEWER)
    assert_as_found_anew(2)
    register.review.bring_back(south.asset_id, actor=REVIEWER)
    assert_as_found_anew(4)
    register.imports.undo(done.import_id, actor=REVIEWER)
    register.merging.merge(
        kept_id=one.asset_id, other_id=other.asset_id, merged=one, kept_version=1, actor=REVIEWER
    )  # fmt: skip
    assert_as_found_anew(0)


def test_with_very_many_changes_all_pairs_are_looked_for_anew(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.entries.add(LUNCH_CLUB, actor=TRUSTED)
    assert pairs_of(register) == []
    monkeypatch.setattr(kept_pairs, "MOST_CHANGED", 0)
    register.entries.add(NEARLY, actor=TRUSTED)
    assert len(pairs_of(register)) == 1


class AtOnce:
    """Does what it is given at once, where a thread would do it beside everything else."""

    def submit(self, work: Callable[..., object], *arguments: object) -> Future[object]:
        future: Future[object] = Future()
        try:
            future.set_result(work(*arguments))
        except RegisterError as refusal:
            future.set_exception(refusal)
        return future


def test_what_takes_long_is_done_beside_the_pages_and_a_refusal_of_it_is_said_once(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pairs, "_COMPARER", AtOnce())
    monkeypatch.setattr(kept_pairs, "FEW", 0)
    with pytest.raises(NotAllowedError):
        register.pairs.compare_beside(actor=PARTNER)
    register.entries.add(LUNCH_CLUB, actor=TRUSTED)
    assert not register.pairs.is_quick()
    with monkeypatch.context() as away:
        away.setattr(kept_pairs, "read_compared", _refuse)
        with pytest.raises(RegisterError, match="is away"):
            register.pairs.compare_beside(actor=REVIEWER)
    assert not register.pairs.is_quick()
    assert register.pairs.compare_beside(actor=REVIEWER) == 1.0
    register.entries.add(NEARLY, actor=TRUSTED)
    assert register.pairs.is_quick()
    monkeypatch.setattr(kept_pairs, "MOST_CHANGED", 0)
    assert not register.pairs.is_quick()
    assert register.pairs.compare_beside(actor=REVIEWER) == 1.0
    assert len(pairs_of(register)) == 1
    assert register.pairs.is_quick()


def _refuse(*_: object, **__: object) -> object:
    raise RegisterError("The register is away.", todo="Wait.")


def test_a_pair_and_its_merge_are_for_reviewers_of_both(register: Register, clock: StoppedClock) -> None:
    south = replace(NEARLY, place=replace(LUNCH_CLUB.place, lat=53.4999), service_areas=())
    north = replace(LUNCH_CLUB, place=replace(LUNCH_CLUB.place, lat=53.5001))
    one, other = (register.entries.add(each, actor=TRUSTED) for each in (north, south))
    assert len(register.pairs.likely(actor=REVIEWER)) == 1
    assert register.pairs.likely(actor=NORTH_REVIEWER) == ()
    for nobody in (PARTNER, GROUP):
        with pytest.raises(NotAllowedError):
            register.pairs.likely(actor=nobody)
    clock.wait(minutes=1)
    merged = register.merging.merge(
        kept_id=one.asset.asset_id, other_id=other.asset.asset_id, merged=one.asset, kept_version=1, actor=REVIEWER
    )
    assert register.pairs.likely(actor=REVIEWER) == ()
    (past,) = register.pairs.merges(actor=REVIEWER)
    assert (past.merge_id, past.kept_name, past.other_name) == (merged.merge_id, north.name, south.name)
    assert register.pairs.merges(actor=NORTH_REVIEWER) == ()
    register.merging.undo(past.merge_id, actor=REVIEWER)
    assert register.pairs.merges(actor=REVIEWER) == ()


def test_only_an_administrator_looks_after_the_register_as_a_whole(register: Register, tmp_path: Path) -> None:
    for nobody in (PARTNER, REVIEWER):
        with pytest.raises(NotAllowedError):
            register.upkeep.faults(actor=nobody)
        with pytest.raises(NotAllowedError):
            register.upkeep.back_up(tmp_path / "kept", actor=nobody)
        with pytest.raises(NotAllowedError):
            register.upkeep.restore(tmp_path / "kept", actor=nobody)
    assert register.upkeep.faults(actor=ADMIN) == ()
    assert not (tmp_path / "kept").exists()
