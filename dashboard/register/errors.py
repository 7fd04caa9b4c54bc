"""What the register refuses, and why, in words for the person who asked."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.register.model import Asset
from dashboard.register.piece import Piece
from etl.errors import CommonGroundError, StorageError


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a field.

    Parameters
    ----------
    field
        The field of the record, for example `website` or `contacts[0].phone`.
    message
        A sentence that names the field in plain English and says what to do.
    """

    field: str
    message: str


class RegisterError(CommonGroundError):
    """Anything that the register refuses."""


class InvalidEntryError(RegisterError):
    """A record that breaks the rules of its fields."""

    exit_code = 7

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.message for problem in problems))


class NotAllowedError(RegisterError):
    """Somebody who may not do this."""

    exit_code = 8


class NotFoundError(RegisterError):
    """An entry, story or link that is not there, or not for this person to see."""

    exit_code = 9


class WrongStateError(RegisterError):
    """Something that cannot be done to an entry in its present state."""

    exit_code = 10


class TooManyError(RegisterError):
    """More requests than the register takes from one place."""

    exit_code = 11


class StoppedError(RegisterError):
    """Work that was asked to stop before its end; what is done stays done, and the rest is done the next time."""


class UnavailableError(StorageError):
    """A register that cannot be reached now, or whose file cannot be read or written."""


class ConflictError(RegisterError):
    """Two people changed one entry; nothing of either is lost.

    Parameters
    ----------
    mine
        What this person wanted to save.
    theirs
        The newest version in the register, and `version` its number: save again with it to overrule.
    base
        What both started from.
    differing
        Fields that differ between mine and theirs.
    """

    exit_code = 12

    def __init__(self, *, mine: Asset, theirs: Asset, base: Asset, version: int, differing: tuple[str, ...]) -> None:
        self.mine = mine
        self.theirs = theirs
        self.base = base
        self.version = version
        self.differing = differing
        super().__init__(
            "Somebody else changed this entry while you were editing it.",
            todo="Look at both, choose what to keep, and save again. Nothing of yours is lost.",
        )


class PieceConflictError(RegisterError):
    """Two people changed one piece of work; nothing of either is lost.

    Parameters
    ----------
    theirs
        What the register holds; save again with its version to overrule it.
    """

    exit_code = 12

    def __init__(self, *, theirs: Piece) -> None:
        self.theirs = theirs
        super().__init__(
            f"Somebody else changed “{theirs.title}” while you were working on it.",
            todo="Look at theirs, then save again, or save yours under another name.",
        )
