"""Lists go into a real register and out again: one transaction, once, by those who may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboard.register.actor import THE_PUBLIC, Actor, Role, local_actor
from dashboard.register.database import Database
from dashboard.register.errors import NotAllowedError, RegisterError
from dashboard.register.exchange.applying import ImportResult, apply_plan
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.placing import NoGazetteer
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import make_plan
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.geography import NoGeography
from dashboard.register.holdings import Holdings
from dashboard.register.model import Asset, Audience, Contact, Place, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register, utc_now
from dashboard.register.store.desk import Desk
from dashboard.register.taxonomy import read_taxonomy

TAXONOMY = read_taxonomy()
LIST = "id,name,type,postcode,email\n1,Sale Library,library,M33 7ZF,a@example.org\n2,Urmston Hub,library,M41 0TZ,\n"
PARTNER = Actor(actor_id="p", roles=frozenset({Role.PARTNER}))


class OneLsoa(NoGeography):
    """A country of one LSOA."""

    def lsoa_of(self, place: Place) -> str:
        return "E01000001" if place.is_known else ""

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:
        return (-2.31, 53.41) if lsoa21_code else None


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    opened = Register(register_url, geography=OneLsoa())
    yield opened
    opened.close()


def _holdings(register: Register, *, actor: Actor) -> Holdings:
    database: Database = register.database
    return Holdings(Desk(database, utc_now, OneLsoa(), TAXONOMY), actor=actor)


def _drafts(text: str) -> list[Draft]:
    sheet = read_upload(text.encode(), file_name="list.csv")
    choices = propose_choices(sheet, taxonomy=TAXONOMY)
    return read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=NoGazetteer())


def _plan(text: str, register: Register, *, actor: Actor) -> ImportPlan:
    return make_plan(_drafts(text), holdings=_holdings(register, actor=actor))


def _apply(plan: ImportPlan, register: Register, *, actor: Actor) -> ImportResult:
    return apply_plan(plan, writer=register.imports, actor=actor, why="list.csv")


def _published(register: Register) -> list[Asset]:
    return [entry.asset for entry in register.finding.find(Query(), actor=local_actor()).entries]


@pytest.mark.parametrize("actor", [local_actor(), PARTNER])
def test_the_same_list_twice_changes_nothing(register: Register, actor: Actor) -> None:
    first = _apply(_plan(LIST, register, actor=actor), register, actor=actor)
    assert len(first.added_ids) == 2
    again = _plan(LIST, register, actor=actor)
    assert (again.additions, again.updates, again.duplicates, len(again.unchanged)) == ((), (), (), 2)
    assert _apply(again, register, actor=actor) == ImportResult((), ())


def test_a_changed_row_is_an_edit_with_its_history(register: Register) -> None:
    me = local_actor()
    _apply(_plan(LIST, register, actor=me), register, actor=me)
    changed = _plan(LIST.replace("Urmston Hub", "Urmston Library Hub"), register, actor=me)
    result = _apply(changed, register, actor=me)
    assert len(result.changed_ids) == 1
    assert {asset.name for asset in _published(register)} == {"Sale Library", "Urmston Library Hub"}


def test_one_bad_addition_among_good_ones_writes_nothing(register: Register) -> None:
    me = local_actor()
    plan = _plan(LIST, register, actor=me)
    bad = replace(plan.additions[1], asset=replace(plan.additions[1].asset, kind="no such kind"))
    with pytest.raises(RegisterError):
        _apply(replace(plan, additions=(plan.additions[0], bad)), register, actor=me)
    assert _published(register) == []


def test_the_public_may_not_bring_anything_in(register: Register) -> None:
    with pytest.raises(NotAllowedError):
        _apply(_plan(LIST, register, actor=local_actor()), register, actor=THE_PUBLIC)


def test_a_list_does_not_bring_back_what_was_withdrawn(register: Register) -> None:
    me = local_actor()
    first = _apply(_plan(LIST, register, actor=me), register, actor=me)
    register.entries.withdraw(first.added_ids[0], actor=me)
    again = _plan(LIST.replace("Sale Library", "Sale Library New"), register, actor=me)
    assert (again.additions, again.updates, again.unchanged) == ((), (), (2, 3))
    assert "withdrawn" in again.notes[0].reason


def test_what_waits_for_review_is_neither_shown_to_another_partner_nor_added_twice(register: Register) -> None:
    _apply(_plan(LIST, register, actor=PARTNER), register, actor=PARTNER)
    other = replace(PARTNER, actor_id="q")
    assert _holdings(register, actor=other).compared().keys == []
    assert len(_holdings(register, actor=PARTNER).compared().keys) == 2
    again = _plan(LIST, register, actor=other)
    assert (again.additions, len(again.unchanged)) == ((), 2)


def test_an_update_by_somebody_who_cannot_see_the_exact_place_keeps_it(register: Register) -> None:
    home = Place(precision=Precision.ROUGH, postcode="M33 7ZF", lon=-2.3, lat=53.4, address=("12 Private Street",))
    hidden = Contact(phone="0161 496 0009", audience=Audience.PARTNERS)
    aid = Asset(name="Aid", kind="mutual_aid", place=home, contacts=(hidden,), source="list", source_ref="9")
    added = register.entries.add(aid, actor=local_actor())
    known = _holdings(register, actor=PARTNER).of_source("list")["9"]
    assert "12 Private Street" not in str(known.asset)
    trusted = replace(PARTNER, is_trusted=True)
    text = "id,name,type,cost,area name\n9,Aid,Mutual-aid group,free,Sale\n"
    plan = _plan(text, register, actor=trusted)
    assert [one.changed for one in plan.updates] == [("cost", "service_area_words")]
    _apply(plan, register, actor=trusted)
    kept = register.entries.get(added.asset.asset_id, actor=local_actor()).asset
    assert (kept.cost, kept.place.address) == ("free", ("12 Private Street",))
    assert kept.contacts == (hidden,)
