"""Who somebody is by what their provider says, and what Streamlit is told to ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.people.rights_words import rights_in_words
from dashboard.people.signing_in import person_id_of, serving_environ, signed_in_person, streamlit_secrets
from dashboard.register.actor import THE_PUBLIC, Actor, Role
from etl.settings import read_settings
from tests.registers import NORTHTOWN, someone
from tests.shared_mode import SHARED

ISSUER = "https://login.example.org/tenant/v2.0"
PAT: dict[str, Any] = {"is_logged_in": True, "iss": ISSUER, "sub": "pat-1", "name": "Pat Smith", "email": "p@x.org"}


def test_issuer_and_subject_name_a_person_and_nothing_else_does() -> None:
    person = signed_in_person(PAT)
    renamed = signed_in_person({**PAT, "name": "Somebody else", "email": "other@x.org"})
    elsewhere = signed_in_person({**PAT, "iss": "https://other.example.org"})
    assert person is not None
    assert renamed is not None
    assert elsewhere is not None
    assert person.person_id == renamed.person_id == f"{ISSUER}#pat-1"
    assert elsewhere.person_id != person.person_id


@pytest.mark.parametrize(
    "change",
    [{"is_logged_in": False}, {"is_logged_in": "yes"}, {"iss": ""}, {"sub": None}, {"sub": " "}, {"iss": 7}],
)
def test_whoever_is_not_signed_in_whole_is_the_public(change: dict[str, Any]) -> None:
    assert signed_in_person({**PAT, **change}) is None
    assert signed_in_person({}) is None


@pytest.mark.parametrize(
    ("claims", "name", "email"),
    [
        ({}, "Pat Smith", "p@x.org"),
        ({"name": "", "preferred_username": "pat@trust.example"}, "pat@trust.example", "p@x.org"),
        ({"name": None}, "p@x.org", "p@x.org"),
        ({"email_verified": False}, "Pat Smith", ""),
        ({"email": ["a@b.org"], "name": ["x"]}, "", ""),
    ],
)
def test_a_name_and_an_address_are_taken_where_they_can_be(claims: dict[str, Any], name: str, email: str) -> None:
    person = signed_in_person({**PAT, **claims})
    assert person is not None
    assert (person.name, person.email) == (name, email)


def test_a_very_long_subject_still_fits_the_register_and_stays_its_own() -> None:
    long, longer = "s" * 255, "s" * 254 + "t"
    ids = {person_id_of(issuer=ISSUER, subject=subject) for subject in (long, longer)}
    assert len(ids) == 2
    assert all(len(one) <= 200 and one.startswith(f"{ISSUER}#sha256:") for one in ids)


def test_local_mode_tells_streamlit_nothing_of_sign_in(tmp_path: Path) -> None:
    settings = read_settings({}, home=tmp_path)
    assert streamlit_secrets(settings) == {}
    assert serving_environ(settings) == {}


def test_the_provider_sends_people_back_to_our_public_address() -> None:
    auth = streamlit_secrets(read_settings(SHARED))["auth"]
    assert auth["redirect_uri"] == "https://map.example.org/oauth2callback"
    assert auth["server_metadata_url"] == SHARED["COMMONGROUND_OIDC_METADATA_URL"]


def say(actor: Actor) -> str:
    return " ".join(rights_in_words(actor, name_of_area={NORTHTOWN: "Northtown"}.__getitem__))


def test_rights_are_said_in_words_with_where_they_hold() -> None:
    assert say(THE_PUBLIC) == ""
    assert "in Northtown" in say(someone("Nora", Role.REVIEWER, areas=(NORTHTOWN,)))
    assert " in " not in say(someone("Rae", Role.REVIEWER))
    trusted = say(someone("Tess", Role.PARTNER, Role.ADMIN, is_trusted=True))
    assert "Administrator: you can" in trusted
    assert "without waiting" in trusted
    assert "Trusted" not in say(someone("Gill", is_trusted=True))
