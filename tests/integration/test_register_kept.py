"""Pieces of work: kept, shared with those who may see them, not overwritten unseen, and gone when removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from dashboard.register.actor import THE_PUBLIC, Actor, local_actor
from dashboard.register.backup import back_up
from dashboard.register.errors import InvalidEntryError, NotAllowedError, NotFoundError, PieceConflictError
from dashboard.register.integrity import find_faults
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.register import Register
from dashboard.register.restoring import restore
from dashboard.register.tables import event
from tests.registers import ADMIN, OTHER_PARTNER, PARTNER, REVIEWER, StoppedClock

PATCH = PieceDraft(sort=Sort.CUSTOM_AREA, title="Our patch", body={"lsoa21_codes": ["E01000001", "E01000002"]})
NOTE = PieceDraft(sort=Sort.SEGMENT_NOTE, piece_id="segment_note_high_high", title="High, high", body={"note": "Ask."})


def keep(register: Register, draft: PieceDraft = PATCH, *, audience: Sharing, actor: Actor = PARTNER) -> str:
    return register.kept.save(replace(draft, audience=audience), actor=actor).piece_id


def test_a_piece_is_kept_changed_listed_and_removed(register: Register, clock: StoppedClock) -> None:
    first = register.kept.save(PATCH, actor=PARTNER)
    assert (first.body, first.version, first.owner, first.owner_name) == (PATCH.body, 1, "pat", "Pat")
    assert first.organisation == "Pat's organisation"
    clock.wait(hours=1)
    draft = replace(PATCH, piece_id=first.piece_id, title="Our new patch", body={"lsoa21_codes": []})
    changed = register.kept.save(draft, actor=PARTNER, base_version=1)
    assert register.kept.get(first.piece_id, actor=PARTNER) == changed
    assert (changed.title, changed.body, changed.version) == ("Our new patch", {"lsoa21_codes": []}, 2)
    assert (changed.created_at, changed.changed_at) == (first.created_at, clock.now)
    other = register.kept.save(replace(PATCH, sort=Sort.PLAN), actor=PARTNER)
    assert {one.piece_id for one in register.kept.list(actor=PARTNER)} == {first.piece_id, other.piece_id}
    assert register.kept.read_all(actor=PARTNER, sort=Sort.CUSTOM_AREA) == (changed,)
    register.kept.remove(first.piece_id, actor=PARTNER)
    assert [one.title for one in register.kept.list(actor=PARTNER)] == ["Our patch"]
    with pytest.raises(NotFoundError):
        register.kept.get(first.piece_id, actor=PARTNER)
    with pytest.raises(NotFoundError):
        register.kept.remove(first.piece_id, actor=PARTNER)
    with pytest.raises(NotFoundError):
        register.kept.save(draft, actor=PARTNER, base_version=2)


def test_the_newest_piece_is_listed_first(register: Register, clock: StoppedClock) -> None:
    for title in ("First", "Second", "Third"):
        register.kept.save(replace(PATCH, title=title), actor=PARTNER)
        clock.wait(minutes=1)
    titles = [one.title for one in register.kept.list(actor=PARTNER, sort=Sort.CUSTOM_AREA)]
    assert titles == ["Third", "Second", "First"]
    assert register.kept.list(actor=PARTNER, sort=Sort.PLAN) == ()


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Sharing.PRIVATE, {"pat", "ada", "local"}),
        (Sharing.PARTNERS, {"pat", "olive", "rae", "ada", "local"}),
        (Sharing.PUBLIC, {"", "pat", "olive", "rae", "ada", "local"}),
    ],
)
def test_a_piece_is_seen_by_its_audience_its_owner_and_admins(
    register: Register, audience: Sharing, seen_by: set[str]
) -> None:
    piece_id = keep(register, audience=audience)
    for actor in (THE_PUBLIC, PARTNER, OTHER_PARTNER, REVIEWER, ADMIN, local_actor()):
        if actor.actor_id in seen_by:
            assert register.kept.get(piece_id, actor=actor).title == "Our patch"
            assert len(register.kept.list(actor=actor)) == 1
            continue
        with pytest.raises(NotFoundError):
            register.kept.get(piece_id, actor=actor)
        with pytest.raises(NotFoundError):
            register.kept.remove(piece_id, actor=actor)
        assert register.kept.list(actor=actor) == ()
        assert register.kept.read_all(actor=actor, sort=Sort.CUSTOM_AREA) == ()


def test_only_its_owner_and_an_admin_change_or_remove_a_piece(register: Register) -> None:
    piece_id = keep(register, audience=Sharing.PUBLIC)
    mine = replace(PATCH, piece_id=piece_id, title="Mine now", audience=Sharing.PUBLIC)
    for actor in (THE_PUBLIC, OTHER_PARTNER, REVIEWER):
        assert not register.kept.get(piece_id, actor=actor).may_change
        with pytest.raises(NotAllowedError, match="change this piece of work"):
            register.kept.save(mine, actor=actor, base_version=1)
        with pytest.raises(NotAllowedError, match="change this piece of work"):
            register.kept.remove(piece_id, actor=actor)
    saved = register.kept.save(mine, actor=ADMIN, base_version=1)
    assert (saved.title, saved.owner, saved.may_change) == ("Mine now", "pat", True)
    register.kept.remove(piece_id, actor=ADMIN)


def test_the_public_keeps_nothing_and_only_an_admin_keeps_what_belongs_to_all(register: Register) -> None:
    with pytest.raises(NotAllowedError, match="keep work"):
        register.kept.save(PATCH, actor=THE_PUBLIC)
    for actor in (THE_PUBLIC, PARTNER, REVIEWER):
        with pytest.raises(NotAllowedError, match="whole partnership"):
            register.kept.save(NOTE, actor=actor)
    note = register.kept.save(NOTE, actor=ADMIN)
    assert note.piece_id == NOTE.piece_id
    with pytest.raises(NotAllowedError, match="whole partnership"):
        register.kept.save(replace(NOTE, title="x"), actor=PARTNER, base_version=1)
    assert register.kept.save(replace(NOTE, title="x"), actor=ADMIN, base_version=1).version == 2


def test_a_piece_that_somebody_else_changed_is_not_overwritten_unseen(register: Register) -> None:
    piece_id = keep(register, audience=Sharing.PARTNERS)
    draft = replace(PATCH, piece_id=piece_id)
    register.kept.save(replace(draft, title="The admin's"), actor=ADMIN, base_version=1)
    with pytest.raises(PieceConflictError, match="The admin's") as caught:
        register.kept.save(replace(draft, title="Pat's"), actor=PARTNER, base_version=1)
    assert caught.value.theirs.version == 2
    assert register.kept.save(replace(draft, title="Pat's"), actor=PARTNER, base_version=2).version == 3
    register.kept.save(NOTE, actor=ADMIN)
    with pytest.raises(PieceConflictError):
        register.kept.save(NOTE, actor=ADMIN)


def test_a_piece_does_not_turn_into_another_sort(register: Register) -> None:
    piece_id = keep(register, audience=Sharing.PARTNERS)
    with pytest.raises(NotFoundError):
        register.kept.save(replace(PATCH, piece_id=piece_id, sort=Sort.PLAN), actor=PARTNER, base_version=1)
    with pytest.raises(NotFoundError):
        register.kept.save(replace(NOTE, piece_id=piece_id), actor=ADMIN, base_version=1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " \u200b "}, "Give it a name"),
        ({"title": "x" * 201}, "at most 200"),
        ({"piece_id": "../x"}, "small letters"),
        ({"body": {"x": float("nan")}}, "cannot be kept"),
        ({"body": {"x": object()}}, "cannot be kept"),
        ({"body": {"x": "x" * 4_000_001}}, "too large"),
        ({"body": {"x": "x" * 500_001}, "sort": Sort.PLAN}, "500,000 is the most"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(
    register: Register, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(InvalidEntryError, match=message):
        register.kept.save(replace(PATCH, **changes), actor=PARTNER)
    assert register.kept.list(actor=PARTNER) == ()


def test_nobody_fills_the_register_with_pieces(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.register.store.kept.MOST_PIECES", 2)
    keep(register, audience=Sharing.PRIVATE)
    keep(register, audience=Sharing.PRIVATE)
    with pytest.raises(InvalidEntryError, match="2 is the most"):
        keep(register, audience=Sharing.PRIVATE)
    keep(register, audience=Sharing.PRIVATE, actor=OTHER_PARTNER)


def test_text_in_a_piece_stays_text_without_what_hides_in_it(register: Register) -> None:
    body = {"na\u202eme": ["<b>a\u0000\u200bb</b>", {"deep": "x\u2066y"}], "number": 1, "none": None}
    piece = register.kept.save(replace(PATCH, title="A\u202eB", body=body), actor=PARTNER)
    assert piece.title == "AB"
    assert piece.body == {"name": ["<b>ab</b>", {"deep": "xy"}], "number": 1, "none": None}


def test_what_was_done_is_on_record_but_not_what_was_in_it(register: Register) -> None:
    piece_id = keep(register, audience=Sharing.PRIVATE)
    register.kept.remove(piece_id, actor=PARTNER)
    with register.database.reading() as con:
        rows = con.execute(select(event).order_by(event.c.event_id)).all()
    assert [(row.action, row.who) for row in rows] == [("work kept", "pat"), ("work removed", "pat")]
    assert "patch" not in repr(rows)


def test_a_removed_piece_does_not_linger_in_the_file(tmp_path: Path) -> None:
    register = Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    words = "unmistakable-7341"
    piece_id = register.kept.save(replace(PATCH, body={"x": words}), actor=PARTNER).piece_id
    register.kept.remove(piece_id, actor=PARTNER)
    register.close()
    assert all(words.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_forgetting_a_person_removes_what_they_kept_for_themselves_and_their_name_from_the_rest(
    register: Register,
) -> None:
    private, shared = (keep(register, audience=one) for one in (Sharing.PRIVATE, Sharing.PARTNERS))
    others = keep(register, audience=Sharing.PRIVATE, actor=OTHER_PARTNER)
    register.erasing.forget_person(PARTNER.actor_id, actor=ADMIN)
    with pytest.raises(NotFoundError):
        register.kept.get(private, actor=ADMIN)
    left = register.kept.get(shared, actor=OTHER_PARTNER)
    assert (left.owner, left.owner_name, left.may_change) == ("", "", False)
    assert register.kept.get(others, actor=OTHER_PARTNER).owner == "olive"
    public = replace(PATCH, piece_id=shared, audience=Sharing.PUBLIC)
    register.kept.save(public, actor=ADMIN, base_version=1)
    with pytest.raises(NotAllowedError):
        register.kept.save(public, actor=THE_PUBLIC, base_version=2)


def test_a_backup_holds_the_pieces_and_a_register_with_pieces_only_is_not_empty(
    register: Register, tmp_path: Path
) -> None:
    keep(register, audience=Sharing.PRIVATE)
    file = back_up(register.database, file=tmp_path / "register.jsonl.gz")
    restored = Register(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    restore(restored.database, file=file)
    assert restored.kept.list(actor=PARTNER) == register.kept.list(actor=PARTNER) != ()
    assert find_faults(restored.database) == ()
    restored.close()


def test_pieces_that_nobody_can_open_are_found(register: Register) -> None:
    keep(register, audience=Sharing.PRIVATE)
    with register.database.writing() as con:
        con.execute(text("UPDATE kept SET sort = 'nonsense'"))
    assert find_faults(register.database) == ("1 pieces of work that nobody can open.",)
