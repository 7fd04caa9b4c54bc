"""What somebody tries who wants more than they may have, or does two things at once; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import State, Waiting
from dashboard.register.errors import ConflictError, NotAllowedError, NotFoundError, RegisterError, TooManyError
from dashboard.register.integrity import find_faults
from dashboard.register.model import Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.store.settings import RegisterSettings
from tests.registers import (
    ADMIN,
    GROUP,
    IN_THE_NORTH,
    IN_THE_SOUTH,
    LUNCH_CLUB,
    NORTH_REVIEWER,
    NORTHTOWN,
    OTHER_PARTNER,
    PARTNER,
    REVIEWER,
    TRUSTED,
    StoppedClock,
)

SOUTHERN = replace(LUNCH_CLUB, name="Southern club", place=replace(IN_THE_SOUTH, precision=Precision.ROUGH))


def outcomes(acts: list[Callable[[], object]]) -> list[object]:
    """Return what came of acts that are done at once."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except RegisterError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_reviewer_does_not_get_at_another_area_by_writing_their_own_into_its_entry(register: Register) -> None:
    asset_id = register.entries.add(SOUTHERN, actor=REVIEWER).asset.asset_id
    seen = register.entries.get(asset_id, actor=NORTH_REVIEWER).asset
    claimed = replace(seen, service_areas=(NORTHTOWN,))
    entry = register.entries.edit(asset_id, claimed, base_version=1, actor=NORTH_REVIEWER)
    assert entry.waiting is Waiting.SUBMITTED
    assert "High Street" not in repr(entry)
    assert "High Street" not in repr(register.entries.get(asset_id, actor=NORTH_REVIEWER, newest=True))
    assert "High Street" not in repr(register.history.read(asset_id, actor=NORTH_REVIEWER))
    assert "High Street" not in repr(register.history.version(asset_id, 2, actor=NORTH_REVIEWER))
    assert "High Street" not in repr(register.holdings(actor=NORTH_REVIEWER).known([1]))
    other = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset
    forbidden: tuple[Callable[[], object], ...] = (
        lambda: register.review.publish(asset_id, version=2, actor=NORTH_REVIEWER),
        lambda: register.review.return_with_question(asset_id, note="?", actor=NORTH_REVIEWER),
        lambda: register.review.archive(asset_id, actor=NORTH_REVIEWER),
        lambda: register.claims.invite(asset_id, actor=NORTH_REVIEWER, days=1),
        lambda: register.erasing.erase(asset_id, words=["Southern"], actor=NORTH_REVIEWER),
        lambda: register.pairs.tell_apart(asset_id, other.asset_id, actor=NORTH_REVIEWER),
        lambda: register.merging.merge(
            kept_id=other.asset_id, other_id=asset_id, merged=other, kept_version=1, actor=NORTH_REVIEWER
        ),
    )
    for act in forbidden:
        with pytest.raises(NotAllowedError):
            act()
    register.reports.say(asset_id, words="Wrong", sender="a")
    assert register.reports.open(actor=NORTH_REVIEWER) == ()
    assert register.pairs.likely(actor=NORTH_REVIEWER) == ()
    assert register.queues.to_review(actor=NORTH_REVIEWER) == ()
    assert register.review.publish(asset_id, version=2, actor=REVIEWER).state is State.PUBLISHED
    assert register.review.archive(asset_id, actor=NORTH_REVIEWER).state is State.ARCHIVED


def test_a_reviewer_does_not_send_an_entry_elsewhere_by_publishing_or_merging(register: Register) -> None:
    one, other = (register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset for _ in range(2))
    moved = replace(LUNCH_CLUB, place=IN_THE_SOUTH)
    register.entries.edit(one.asset_id, moved, base_version=1, actor=PARTNER)
    with pytest.raises(NotAllowedError):
        register.review.publish(one.asset_id, version=2, actor=NORTH_REVIEWER)
    with pytest.raises(NotAllowedError):
        register.merging.merge(
            kept_id=other.asset_id, other_id=one.asset_id, merged=moved, kept_version=1, actor=NORTH_REVIEWER
        )
    assert register.entries.get(one.asset_id, actor=PARTNER).asset.place.lat == IN_THE_NORTH.lat


def test_of_two_who_save_at_once_one_is_shown_the_others_words(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id

    def save(cost: str) -> Callable[[], object]:
        edited = replace(LUNCH_CLUB, cost=cost)
        return lambda: register.entries.edit(asset_id, edited, base_version=1, actor=TRUSTED)

    done = outcomes([save(f"£{number}") for number in range(4)])
    refused = [one for one in done if isinstance(one, ConflictError)]
    assert len(refused) == 3
    kept = register.entries.get(asset_id, actor=PARTNER).asset.cost
    assert {one.theirs.cost for one in refused} == {kept}
    assert len({one.mine.cost for one in refused} | {kept}) == 4
    assert register.entries.get(asset_id, actor=PARTNER).version == 2


def test_of_many_who_open_one_link_at_once_one_looks_after_the_entry(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    token = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    people = [replace(GROUP, actor_id=f"person {number}") for number in range(4)]
    done = outcomes([lambda one=one: register.claims.redeem(token, actor=one) for one in people])  # type: ignore[misc]
    assert sum(isinstance(one, NotFoundError) for one in done) == 3
    owners = [one for one in people if register.queues.looked_after(actor=one)]
    assert len(owners) == 1


def test_a_flood_at_once_does_not_pass_the_limit_of_an_entry(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    settings = replace(register.settings.read(), reports_per_entry_per_day=3)
    register.settings.change(settings, actor=ADMIN)
    done = outcomes([
        lambda number=number: register.reports.say(asset_id, words="Wrong", sender=str(number))  # type: ignore[misc]
        for number in range(8)
    ])  # fmt: skip
    assert sum(isinstance(one, TooManyError) for one in done) == 5
    assert len(register.reports.open(actor=REVIEWER)) == 3


def test_two_reviewers_who_merge_the_same_two_both_ways_leave_one_entry(register: Register) -> None:
    one, other = (register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset for _ in range(2))

    def merge(kept: str, away: str) -> Callable[[], object]:
        return lambda: register.merging.merge(
            kept_id=kept, other_id=away, merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER
        )

    done = outcomes([merge(one.asset_id, other.asset_id), merge(other.asset_id, one.asset_id)])
    assert sum(isinstance(each, RegisterError) for each in done) == 1
    assert len(register.finding.changed_since(0).shown) == 1
    assert find_faults(register.database) == ()


def test_a_draft_is_nobody_elses_to_send_in_confirm_or_restore(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER, submit=False).asset.asset_id
    forbidden: tuple[Callable[[], object], ...] = (
        lambda: register.entries.submit(asset_id, actor=OTHER_PARTNER),
        lambda: register.entries.confirm(asset_id, actor=OTHER_PARTNER),
        lambda: register.history.restore(asset_id, 1, actor=OTHER_PARTNER),
        lambda: register.entries.withdraw(asset_id, actor=OTHER_PARTNER),
        lambda: register.claims.redeem("guess", actor=OTHER_PARTNER),
        lambda: register.reports.say(asset_id, words="?", sender="x"),
    )
    for act in forbidden:
        with pytest.raises((NotFoundError, NotAllowedError)):
            act()
    assert register.queues.to_review(actor=REVIEWER) == ()


def test_what_is_not_shown_has_no_history_for_others_either(register: Register) -> None:
    draft = register.entries.add(LUNCH_CLUB, actor=PARTNER, submit=False).asset.asset_id
    withdrawn = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    register.claims.redeem(register.claims.invite(withdrawn, actor=REVIEWER).token, actor=GROUP)
    register.entries.withdraw(withdrawn, actor=GROUP)
    for asset_id, insider in ((draft, PARTNER), (withdrawn, GROUP)):
        for act in (
            lambda: register.history.read(asset_id, actor=OTHER_PARTNER),  # noqa: B023
            lambda: register.history.version(asset_id, 1, actor=OTHER_PARTNER),  # noqa: B023
        ):
            with pytest.raises(NotFoundError):
                act()
        assert register.history.read(asset_id, actor=insider)
    for number in (0, -1, 2, 10**30):
        with pytest.raises(NotFoundError, match="no version"):
            register.history.version(draft, number, actor=PARTNER)


def test_a_place_that_is_rough_now_is_not_found_in_earlier_versions(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    hidden = replace(LUNCH_CLUB, place=replace(LUNCH_CLUB.place, precision=Precision.ROUGH))
    register.entries.edit(asset_id, hidden, base_version=1, actor=REVIEWER)
    with pytest.raises(ConflictError) as conflict:
        register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£1"), base_version=1, actor=TRUSTED)
    told = [
        register.history.read(asset_id, actor=TRUSTED),
        register.history.version(asset_id, 1, actor=TRUSTED),
        (conflict.value.base, conflict.value.theirs),
        register.history.restore(asset_id, 1, actor=TRUSTED),
        register.entries.get(asset_id, actor=THE_PUBLIC),
        register.history.read(asset_id, actor=OTHER_PARTNER),
    ]
    assert [one for one in told if "High Street" in repr(one) or "M1 1AA" in repr(one)] == []
    assert "High Street" in repr(register.history.version(asset_id, 1, actor=NORTH_REVIEWER))
    kept = register.entries.get(asset_id, actor=REVIEWER).asset.place
    assert (kept.precision, kept.address) == (Precision.ROUGH, IN_THE_NORTH.address)


def test_an_owner_does_not_undo_what_a_reviewer_has_archived_by_withdrawing_it(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    register.claims.redeem(register.claims.invite(asset_id, actor=REVIEWER).token, actor=GROUP)
    register.review.archive(asset_id, actor=REVIEWER)
    for _ in range(2):
        assert register.entries.withdraw(asset_id, actor=GROUP).state is State.WITHDRAWN
        assert register.review.bring_back(asset_id, actor=GROUP).state is State.ARCHIVED
        assert register.finding.find(Query(), actor=THE_PUBLIC).total == 0
    assert register.review.bring_back(asset_id, actor=REVIEWER).state is State.PUBLISHED
    register.entries.withdraw(asset_id, actor=GROUP)
    assert register.review.bring_back(asset_id, actor=GROUP).state is State.PUBLISHED


def test_what_its_owner_withdrew_stays_away_when_its_merge_is_undone(register: Register) -> None:
    kept, other = (register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id for _ in range(2))
    register.claims.redeem(register.claims.invite(other, actor=REVIEWER).token, actor=GROUP)
    merged = register.merging.merge(kept_id=kept, other_id=other, merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER)
    register.entries.withdraw(other, actor=GROUP)
    register.merging.undo(merged.merge_id, actor=REVIEWER)
    assert register.entries.get(other, actor=GROUP).state is State.WITHDRAWN
    assert register.finding.find(Query(), actor=THE_PUBLIC).total == 1
    assert register.review.bring_back(other, actor=GROUP).state is State.PUBLISHED
    assert find_faults(register.database) == ()


def test_an_invitation_works_no_longer_than_an_admin_has_set(register: Register, clock: StoppedClock) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    register.settings.change(RegisterSettings(claim_days=3), actor=ADMIN)
    for days in (None, 3_650):
        invitation = register.claims.invite(asset_id, actor=REVIEWER, days=days)
        assert (invitation.expires_at - clock.now).days == 3
    clock.wait(days=3)
    with pytest.raises(NotFoundError, match="expired"):
        register.claims.redeem(invitation.token, actor=GROUP)


def test_a_link_is_of_use_for_no_entry_but_its_own(register: Register) -> None:
    mine, other = (register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id for _ in range(2))
    invitation = register.claims.invite(mine, actor=REVIEWER)
    assert register.claims.redeem(invitation.token, actor=GROUP).asset.asset_id == mine
    assert register.entries.rights(other, actor=GROUP) == frozenset()
    with pytest.raises(NotAllowedError):
        register.claims.invite(other, actor=GROUP)
