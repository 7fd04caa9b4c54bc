"""What a database says when it cannot do something, in words for the person who asked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DataError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from dashboard.register.errors import InvalidEntryError, Problem, UnavailableError

_log = logging.getLogger(__name__)
_ASK = "Try again in a minute; if you were saving something, look first whether it is there."
_RUNS = (
    "Whoever runs it: see that the database answers, and that COMMONGROUND_REGISTER_URL names it and somebody who may "
    "write there."
)
_NOT_TEXT = "The register can neither keep nor look for this: it has characters that are no text, or is far too long."
_DAMAGED = "The register's file cannot be read: it is damaged, or no register."
# What SQLite says, and what that means.
_SQLITE_SAYS = {
    "locked": "The register is busy: somebody else is writing a great deal.",
    "disk is full": "There is no room left on the disk of the register.",
    "readonly": "The register's file, or its folder, may not be written.",
    "unable to open": "The register's file cannot be opened.",
}
# PostgreSQL's numbers for somebody without the rights, and for a server that only reads.
_MAY_NOT = frozenset({"42501", "25006"})


@contextmanager
def refusals_said() -> Iterator[None]:
    """Turn what a database refuses into words; its own go into the log, for whoever runs it.

    Raises
    ------
    UnavailableError
        If it cannot be reached, went away, is full or is damaged.
    InvalidEntryError
        If a text is none.
    """
    try:
        yield
    except (DataError, UnicodeEncodeError) as error:
        raise InvalidEntryError((Problem("text", f"{_NOT_TEXT} Type it anew."),)) from error
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise _unavailable(error) from error
    except DatabaseError as error:
        if getattr(error.orig, "sqlstate", "") in _MAY_NOT:
            raise _unavailable(error) from error
        # What follows from a broken rule (two rows with one key) or a wrong statement is a fault of ours.
        if type(error) is not DatabaseError:
            raise
        _log.error("the register's file is damaged: %s", error.orig)
        raise UnavailableError(_DAMAGED, todo="Whoever runs it: put a backup back into a new register.") from error


def _unavailable(error: SQLAlchemyError) -> UnavailableError:
    said = str(getattr(error, "orig", "") or error)
    _log.warning("the register's database: %s", " ".join(said.split()))
    what = next((words for sign, words in _SQLITE_SAYS.items() if sign in said), "")
    if what:
        return UnavailableError(what, todo=_ASK)
    return UnavailableError("The register of community assets cannot be reached.", todo=f"{_ASK} {_RUNS}")
