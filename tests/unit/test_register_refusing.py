"""A database that cannot be reached, is full or is damaged is said in one sentence, never in its own words."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError

from dashboard.register.errors import InvalidEntryError, UnavailableError
from dashboard.register.refusing import refusals_said
from dashboard.register.register import Register

NOBODY_LISTENS = "postgresql://register:secret@127.0.0.1:1/register"


def refused(error: Exception) -> UnavailableError:
    with pytest.raises(UnavailableError) as refusal, refusals_said():
        raise error
    return refusal.value


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database is locked", "busy"),
        ("database or disk is full", "no room left"),
        ("attempt to write a readonly database", "may not be written"),
        ("unable to open database file", "cannot be opened"),
        ("server closed the connection unexpectedly", "cannot be reached"),
    ],
)
def test_what_a_database_says_becomes_a_sentence_and_its_own_words_are_logged(
    said: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        refusal = refused(OperationalError("SELECT 1", {}, sqlite3.OperationalError(said)))
    assert words in refusal.what
    assert "SELECT" not in str(refusal)
    assert said in caplog.text
    assert refusal.exit_code == 5


def test_a_connection_that_is_gone_and_rights_that_are_missing_are_said_too() -> None:
    assert "cannot be reached" in str(refused(InterfaceError("x", {}, Exception("connection already closed"))))

    class Forbidden(Exception):  # noqa: N818 - as the driver names it
        sqlstate = "42501"

    assert "COMMONGROUND_REGISTER_URL" in str(refused(DatabaseError("x", {}, Forbidden("permission denied"))))


def test_text_that_no_database_takes_is_the_askers_to_mend_and_our_own_faults_stay_faults() -> None:
    for error in (DataError("x", {}, Exception("NUL")), UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates")):
        with pytest.raises(InvalidEntryError, match="no text"), refusals_said():
            raise error
    with pytest.raises(IntegrityError), refusals_said():
        raise IntegrityError("x", {}, Exception("UNIQUE"))


def test_a_server_that_nobody_listens_at_is_said_without_its_password() -> None:
    with pytest.raises(UnavailableError, match="cannot be reached") as refusal:
        Register(NOBODY_LISTENS)
    assert "secret" not in str(refusal.value)


def test_a_file_that_is_no_register_or_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"not a database at all" * 200)
    with pytest.raises(UnavailableError, match="damaged, or no register"):
        Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    with pytest.raises(UnavailableError, match="folder of the register cannot be made"):
        Register(f"sqlite:///{tmp_path / 'register.sqlite' / 'below' / 'x.sqlite'}")
