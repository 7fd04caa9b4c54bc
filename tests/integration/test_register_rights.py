"""Who may do what, shown by trying what is forbidden: the register refuses, whatever a page would let through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from dashboard.register.actor import THE_PUBLIC, Role, local_actor
from dashboard.register.entry import State, Waiting
from dashboard.register.errors import (
    InvalidEntryError,
    NotAllowedError,
    NotFoundError,
    RegisterError,
    TooManyError,
    WrongStateError,
)
from dashboard.register.model import Asset, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.permissions import Action
from dashboard.register.store.settings import RegisterSettings
from dashboard.register.taxonomy import Term
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
    someone,
)

CONTACTS_OF_THE_PUBLIC = ("Front desk",)


def publish_lunch_club(register: Register, asset: Asset = LUNCH_CLUB) -> str:
    return register.entries.add(asset, actor=REVIEWER).asset.asset_id


def test_the_public_adds_nothing_edits_nothing_and_sees_no_history(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    with pytest.raises(NotAllowedError, match="add an entry"):
        register.entries.add(LUNCH_CLUB, actor=THE_PUBLIC)
    with pytest.raises(NotAllowedError, match="add an entry"):
        register.entries.bring_in([LUNCH_CLUB], actor=THE_PUBLIC)
    with pytest.raises(NotAllowedError, match="edit this entry"):
        register.entries.edit(asset_id, LUNCH_CLUB, base_version=1, actor=THE_PUBLIC)
    with pytest.raises(NotAllowedError, match="history"):
        register.history.read(asset_id, actor=THE_PUBLIC)
    with pytest.raises(NotAllowedError, match="history"):
        register.history.version(asset_id, 1, actor=THE_PUBLIC)
    with pytest.raises(NotAllowedError):
        register.entries.confirm(asset_id, actor=THE_PUBLIC)


def test_the_public_sees_public_contacts_only_and_partners_see_all(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    seen = register.entries.get(asset_id, actor=THE_PUBLIC).asset
    listed = register.finding.find(Query(), actor=THE_PUBLIC).entries[0].asset
    assert tuple(one.name for one in seen.contacts) == CONTACTS_OF_THE_PUBLIC
    assert listed == seen
    assert register.entries.get(asset_id, actor=PARTNER).asset.contacts == LUNCH_CLUB.contacts


def test_words_for_partners_only_find_nothing(register: Register) -> None:
    publish_lunch_club(register)
    assert register.finding.find(Query(text="bright"), actor=THE_PUBLIC).total == 0
    assert register.finding.find(Query(text="wednesdays lun"), actor=THE_PUBLIC).total == 1


def test_a_partners_entry_waits_and_only_its_author_and_reviewers_see_it(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    assert register.entries.get(asset_id, actor=PARTNER).state is State.SUBMITTED
    assert register.entries.get(asset_id, actor=REVIEWER).state is State.SUBMITTED
    for actor in (THE_PUBLIC, OTHER_PARTNER, GROUP):
        with pytest.raises(NotFoundError):
            register.entries.get(asset_id, actor=actor)
        with pytest.raises(NotFoundError):
            register.entries.edit(asset_id, LUNCH_CLUB, base_version=1, actor=actor)
    assert register.finding.find(Query(), actor=REVIEWER).total == 0


@pytest.mark.parametrize("actor", [THE_PUBLIC, PARTNER, TRUSTED, ADMIN, GROUP])
def test_only_reviewers_publish_return_archive_merge_invite_and_see_queues(register: Register, actor: object) -> None:
    waiting = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    other = publish_lunch_club(register)
    forbidden = (
        lambda: register.review.publish(waiting, version=1, actor=actor),
        lambda: register.review.return_with_question(waiting, note="?", actor=actor),
        lambda: register.review.archive(other, actor=actor),
        lambda: register.claims.invite(other, actor=actor, days=7),
        lambda: register.queues.to_review(actor=actor),
        lambda: register.queues.to_check(actor=actor),
        lambda: register.queues.count_to_review(actor=actor),
        lambda: register.queues.count_to_check(actor=actor),
        lambda: register.merging.merge(kept_id=other, other_id=waiting, merged=LUNCH_CLUB, kept_version=1, actor=actor),
    )
    for act in forbidden:
        with pytest.raises(NotAllowedError):
            act()
    assert register.entries.get(other, actor=THE_PUBLIC).version == 1


def test_a_reviewer_of_one_town_reviews_there_and_nowhere_else(register: Register) -> None:
    north = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    south = register.entries.add(replace(LUNCH_CLUB, place=IN_THE_SOUTH), actor=PARTNER).asset.asset_id
    assert [one.asset.asset_id for one in register.queues.to_review(actor=NORTH_REVIEWER)] == [north]
    assert register.review.publish(north, version=1, actor=NORTH_REVIEWER).state is State.PUBLISHED
    with pytest.raises(NotAllowedError, match="publish entries of this area"):
        register.review.publish(south, version=1, actor=NORTH_REVIEWER)


def test_a_reviewer_of_one_town_cannot_move_an_entry_out_of_it_without_review(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    moved = replace(LUNCH_CLUB, place=IN_THE_SOUTH)
    entry = register.entries.edit(asset_id, moved, base_version=1, actor=NORTH_REVIEWER)
    assert entry.waiting is Waiting.SUBMITTED
    assert register.entries.get(asset_id, actor=THE_PUBLIC).asset.place.lat == IN_THE_NORTH.lat


def test_an_entry_cannot_say_it_lies_in_another_town_than_its_point(register: Register) -> None:
    lying = replace(LUNCH_CLUB, place=replace(IN_THE_SOUTH, lsoa21_code="E01000001"))
    entry = register.entries.add(lying, actor=NORTH_REVIEWER)
    assert entry.state is State.SUBMITTED
    assert entry.asset.place.lsoa21_code == "E01000002"


def test_a_trusted_contributor_publishes_without_waiting_but_not_over_an_edit_that_waits(register: Register) -> None:
    entry = register.entries.add(LUNCH_CLUB, actor=TRUSTED)
    assert entry.state is State.PUBLISHED
    asset_id = entry.asset.asset_id
    register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=PARTNER)
    edited = replace(LUNCH_CLUB, cost="£2", is_free=False)
    entry = register.entries.edit(asset_id, edited, base_version=2, actor=TRUSTED)
    assert entry.waiting is Waiting.SUBMITTED
    assert register.entries.get(asset_id, actor=THE_PUBLIC).asset.cost == ""


def test_a_rough_place_is_shown_as_the_middle_of_its_lsoa_to_all_but_those_who_may(register: Register) -> None:
    rough = replace(LUNCH_CLUB, place=replace(IN_THE_NORTH, precision=Precision.ROUGH))
    asset_id = publish_lunch_club(register, rough)
    for actor in (THE_PUBLIC, PARTNER):
        place = register.entries.get(asset_id, actor=actor).asset.place
        assert (place.lon, place.lat) == (-2.2, 53.55)
        assert (place.address, place.postcode) == ((), "")
    assert register.finding.points(Query())[0].lat == 53.55
    assert register.finding.find(Query(text="high street"), actor=PARTNER).total == 0
    assert register.finding.find(Query(bbox=(-2.26, 53.57, -2.24, 53.59)), actor=THE_PUBLIC).total == 0
    assert register.entries.get(asset_id, actor=REVIEWER).asset.place.lat == IN_THE_NORTH.lat


def test_a_partner_who_edits_a_rough_entry_keeps_the_exact_place_they_cannot_see(register: Register) -> None:
    rough = replace(LUNCH_CLUB, place=replace(IN_THE_NORTH, precision=Precision.ROUGH))
    asset_id = publish_lunch_club(register, rough)
    seen = register.entries.get(asset_id, actor=TRUSTED).asset
    register.entries.edit(asset_id, replace(seen, cost="Free"), base_version=1, actor=TRUSTED)
    kept = register.entries.get(asset_id, actor=REVIEWER).asset
    assert kept.cost == "Free"
    assert kept.place.lat == IN_THE_NORTH.lat
    assert kept.place.address == IN_THE_NORTH.address


def test_a_rough_entry_whose_neighbourhood_is_not_known_can_be_edited_by_those_who_see_no_place(
    register_url: str, clock: StoppedClock
) -> None:
    register = Register(register_url, clock=clock)
    hidden = replace(IN_THE_NORTH, precision=Precision.ROUGH)
    asset_id = publish_lunch_club(register, replace(LUNCH_CLUB, place=hidden))
    seen = register.entries.get(asset_id, actor=PARTNER).asset
    assert not seen.place.is_known
    register.entries.edit(asset_id, replace(seen, cost="Free"), base_version=1, actor=TRUSTED)
    kept = register.entries.get(asset_id, actor=REVIEWER).asset
    assert (kept.cost, kept.place.address) == ("Free", hidden.address)
    register.close()


def test_what_somebody_may_do_to_an_entry_can_be_asked_before_they_try(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    assert register.entries.rights(asset_id, actor=THE_PUBLIC) == frozenset()
    assert {Action.EDIT, Action.CONFIRM} <= register.entries.rights(asset_id, actor=PARTNER)
    assert Action.ARCHIVE not in register.entries.rights(asset_id, actor=PARTNER)
    assert {Action.PUBLISH, Action.ARCHIVE, Action.INVITE} <= register.entries.rights(asset_id, actor=NORTH_REVIEWER)
    sent_in = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    assert {Action.EDIT, Action.WITHDRAW} <= register.entries.rights(sent_in, actor=PARTNER)
    with pytest.raises(NotFoundError):
        register.entries.rights(sent_in, actor=OTHER_PARTNER)


def test_undoing_an_edit_is_refused_when_somebody_else_has_edited_since(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    mine = register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£1"), base_version=1, actor=REVIEWER)
    register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=2, actor=TRUSTED)
    with pytest.raises(WrongStateError, match="since"):
        register.history.restore(asset_id, 1, actor=REVIEWER, newest=mine.version)
    assert register.history.restore(asset_id, 1, actor=REVIEWER, newest=3).asset.cost == ""


def test_history_keeps_the_exact_place_from_partners(register: Register) -> None:
    rough = replace(LUNCH_CLUB, place=replace(IN_THE_NORTH, precision=Precision.ROUGH))
    asset_id = publish_lunch_club(register, rough)
    assert "High Street" not in repr(register.history.read(asset_id, actor=PARTNER))
    assert "High Street" in repr(register.history.read(asset_id, actor=REVIEWER))


def test_an_owner_by_claim_edits_sees_and_withdraws_their_entry_and_no_other(register: Register) -> None:
    asset_id, other = publish_lunch_club(register), publish_lunch_club(register)
    token = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    assert register.claims.redeem(token, actor=GROUP).asset.contacts == LUNCH_CLUB.contacts
    entry = register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£1"), base_version=1, actor=GROUP)
    assert entry.waiting is Waiting.SUBMITTED
    for forbidden in (other,):
        with pytest.raises(NotAllowedError):
            register.entries.edit(forbidden, replace(LUNCH_CLUB, cost="£1"), base_version=1, actor=GROUP)
        with pytest.raises(NotAllowedError, match="withdraw this entry"):
            register.entries.withdraw(forbidden, actor=GROUP)
    assert register.entries.withdraw(asset_id, actor=GROUP).state is State.WITHDRAWN
    assert register.finding.find(Query(), actor=THE_PUBLIC).total == 1
    with pytest.raises(NotAllowedError):
        register.review.bring_back(asset_id, actor=REVIEWER)
    assert register.review.bring_back(asset_id, actor=GROUP).state is State.PUBLISHED


def test_a_claim_works_once_and_not_after_it_has_expired(register: Register, clock: StoppedClock) -> None:
    asset_id = publish_lunch_club(register)
    used = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    register.claims.redeem(used, actor=GROUP)
    late = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    clock.wait(days=7)
    for token in (used, late, "made up", ""):
        with pytest.raises(NotFoundError, match="used, has expired, or is not whole"):
            register.claims.redeem(token, actor=OTHER_PARTNER)


def test_a_new_claim_link_ends_the_one_before_and_nobody_claims_unsigned(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    first = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    second = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    with pytest.raises(NotAllowedError, match="Sign in"):
        register.claims.redeem(second, actor=THE_PUBLIC)
    with pytest.raises(NotFoundError):
        register.claims.redeem(first, actor=GROUP)
    register.claims.redeem(second, actor=GROUP)


@pytest.mark.parametrize("actor", [THE_PUBLIC, PARTNER, REVIEWER, GROUP])
def test_only_an_admin_gives_rights_and_changes_settings_and_words(register: Register, actor: object) -> None:
    forbidden = (
        lambda: register.people.set_rights(someone("Eve", Role.ADMIN), actor=actor),
        lambda: register.people.everyone(actor=actor),
        lambda: register.settings.change(RegisterSettings(), actor=actor),
        lambda: register.settings.put_term("kinds", Term(term_id="new", name="New"), actor=actor),
        lambda: register.erasing.forget_person("ada", actor=actor),
    )
    for act in forbidden:
        with pytest.raises(NotAllowedError):
            act()


def test_rights_come_from_the_register_and_not_from_the_sign_in(register: Register) -> None:
    assert register.people.actor("nora", name="Nora").roles == {Role.PUBLIC}
    register.people.set_rights(NORTH_REVIEWER, actor=ADMIN)
    assert register.people.actor("nora") == NORTH_REVIEWER
    assert register.people.actor("") == THE_PUBLIC
    assert [one.name for one in register.people.everyone(actor=ADMIN)] == ["Ada", "Nora"]
    with pytest.raises(InvalidEntryError, match="Only these roles"):
        register.people.set_rights(local_actor(), actor=ADMIN)
    with pytest.raises(InvalidEntryError, match="who the rights are for"):
        register.people.set_rights(THE_PUBLIC, actor=ADMIN)


def test_the_first_admin_is_made_once(register: Register) -> None:
    assert register.people.add_first_admin("ada")
    assert not register.people.add_first_admin("eve")
    assert Role.ADMIN in register.people.actor("ada").roles
    assert register.people.actor("eve").roles == {Role.PUBLIC}


def test_an_admins_own_terms_and_settings_hold(register: Register) -> None:
    register.settings.put_term("kinds", Term(term_id="repair_cafe", name="Repair café"), actor=ADMIN)
    entry = register.entries.add(replace(LUNCH_CLUB, kind="repair_cafe"), actor=REVIEWER)
    assert register.finding.find(Query(text="repair cafe"), actor=THE_PUBLIC).entries[0].asset == replace(
        entry.asset, contacts=entry.asset.contacts[:1]
    )
    register.settings.change(RegisterSettings(check_every_days=30), actor=ADMIN)
    trust = register.entries.confirm(entry.asset.asset_id, actor=PARTNER).asset.trust
    assert (trust.next_check_due - trust.confirmed_on).days == 30
    assert trust.confirmed_by == "Pat's organisation"
    assert register.settings.read().check_every_days == 30
    assert register.settings.taxonomy().name_of("kinds", "repair_cafe") == "Repair café"
    with pytest.raises(InvalidEntryError, match="whole number"):
        register.settings.change(RegisterSettings(claim_days=0), actor=ADMIN)
    with pytest.raises(InvalidEntryError, match="no list of words"):
        register.settings.put_term("nonsense", Term(term_id="No!", name=""), actor=ADMIN)


def test_anyone_says_that_something_is_wrong_but_not_without_end(register: Register, clock: StoppedClock) -> None:
    asset_id = publish_lunch_club(register)
    for _ in range(5):
        register.reports.say(asset_id, words="It has moved.", sender="192.0.2.1")
    with pytest.raises(TooManyError):
        register.reports.say(asset_id, words="It has moved.", sender="192.0.2.1")
    register.reports.say(asset_id, words="It has moved.", sender="192.0.2.2")
    clock.wait(hours=1)
    register.reports.say(asset_id, words="It has moved.", sender="192.0.2.1")
    for number in range(13):
        register.reports.say(asset_id, words="It has moved.", sender=f"198.51.100.{number}")
    with pytest.raises(TooManyError):
        register.reports.say(asset_id, words="It has moved.", sender="203.0.113.9")
    clock.wait(days=1)
    register.reports.say(asset_id, words="It has moved.", sender="203.0.113.9")
    with register.database.reading() as con:
        known = con.scalars(text("SELECT count(*) FROM report WHERE sender_hash <> ''")).one()
    assert known == 1, "a sender is known for as long as they are counted"


def test_what_is_said_to_be_wrong_reaches_the_reviewers_of_the_area(register: Register) -> None:
    asset_id = publish_lunch_club(register)
    south = publish_lunch_club(register, replace(LUNCH_CLUB, place=IN_THE_SOUTH))
    register.reports.say(asset_id, words="It has\u202e moved.", sender="a")
    register.reports.say(south, words="Closed.", sender="a")
    (mine,) = register.reports.open(actor=NORTH_REVIEWER)
    assert (mine.asset_id, mine.words) == (asset_id, "It has moved.")
    assert register.reports.open(actor=PARTNER) == ()
    with pytest.raises(NotAllowedError):
        register.reports.close(mine.report_id, outcome="", actor=PARTNER)
    register.reports.close(mine.report_id, outcome="Moved it.", actor=NORTH_REVIEWER)
    assert register.reports.open(actor=NORTH_REVIEWER) == ()
    assert len(register.reports.open(actor=REVIEWER)) == 1
    with pytest.raises(NotFoundError):
        register.reports.close(999, outcome="", actor=REVIEWER)


def test_nothing_can_be_said_of_an_entry_that_is_not_shown(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    for missing in (asset_id, "nowhere"):
        with pytest.raises(NotFoundError):
            register.reports.say(missing, words="Hello", sender="a")
    with pytest.raises(RegisterError, match="at most"):
        register.reports.say(asset_id, words=" ", sender="a")


def test_local_mode_has_one_person_who_may_do_everything(register: Register) -> None:
    me = local_actor()
    asset_id = register.entries.add(LUNCH_CLUB, actor=me).asset.asset_id
    assert register.entries.get(asset_id, actor=THE_PUBLIC).state is State.PUBLISHED
    assert register.entries.withdraw(asset_id, actor=me).state is State.WITHDRAWN
    assert register.review.bring_back(asset_id, actor=me).state is State.PUBLISHED
    assert register.review.archive(asset_id, actor=me).state is State.ARCHIVED
    register.people.set_rights(someone("Nora", Role.REVIEWER, areas=(NORTHTOWN,)), actor=me)


def test_somebody_new_asks_for_rights_and_is_off_the_list_when_an_admin_has_answered(register: Register) -> None:
    with pytest.raises(NotAllowedError, match="Sign in"):
        register.asking.ask(organisation="Northtown CVS", email="", actor=THE_PUBLIC)
    with pytest.raises(InvalidEntryError, match="organisation"):
        register.asking.ask(organisation=" ", email="", actor=GROUP)
    register.asking.ask(organisation="Northtown CVS", email="gill@example.org", actor=GROUP)
    register.asking.ask(organisation="Northtown CVS", email="not an address", actor=OTHER_PARTNER)
    assert register.asking.has_asked(actor=GROUP)
    with pytest.raises(NotAllowedError):
        register.asking.everyone(actor=REVIEWER)
    with pytest.raises(NotAllowedError):
        register.asking.decline("gill", actor=REVIEWER)
    waiting = register.asking.everyone(actor=ADMIN)
    assert [(one.person_id, one.email) for one in waiting] == [("gill", "gill@example.org"), ("olive", "")]
    register.people.set_rights(replace(GROUP, roles=frozenset({Role.PARTNER})), actor=ADMIN)
    register.asking.decline("olive", actor=ADMIN)
    assert register.asking.everyone(actor=ADMIN) == ()


def test_who_is_forgotten_no_longer_asks(register: Register) -> None:
    register.asking.ask(organisation="Northtown CVS", email="gill@example.org", actor=GROUP)
    register.erasing.forget_person("gill", actor=ADMIN)
    assert not register.asking.has_asked(actor=GROUP)


def test_a_flood_of_askers_is_stopped(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.register.store.asking.MOST_WAITING", 1)
    register.asking.ask(organisation="Northtown CVS", email="", actor=GROUP)
    with pytest.raises(TooManyError):
        register.asking.ask(organisation="Northtown CVS", email="", actor=OTHER_PARTNER)


def test_a_link_can_be_looked_at_before_it_is_used_and_not_after(register: Register, clock: StoppedClock) -> None:
    asset_id = publish_lunch_club(register)
    token = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    invited = register.claims.look_up(token)
    assert invited is not None
    assert (invited.asset_id, invited.name) == (asset_id, LUNCH_CLUB.name)
    register.claims.redeem(token, actor=GROUP)
    assert register.claims.look_up(token) is None
    late = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    clock.wait(days=8)
    assert register.claims.look_up(late) is None
    assert register.claims.look_up("not a token") is None
