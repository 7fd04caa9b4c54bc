"""Values of the parameters of an address, each read or refused by name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral.schedules import DAYS
from dashboard.register.rules.reach import is_postcode, tidy_postcode
from dashboard.register.rules.text import clean_line

LONGEST = 4_000
_CLOCK = re.compile(r"((?:[01]\d|2[0-3]):[0-5]\d|24:00)(?::[0-5]\d(?:\.\d{1,6})?)?Z?")
_WHOLE = re.compile(r"[0-9]{1,7}")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]{1,6})?")
_PLUS_LOST = re.compile(r" (?=\d\d:?\d\d$)")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
Given = Mapping[str, str]


def given_parameters(parameters: Mapping[str, str], *, known: Collection[str]) -> dict[str, str]:
    """Return the parameters that say something.

    Raises
    ------
    UploadError
        If one is not known, so that nobody takes everything for what they asked, or is far too long.
    """
    given = {name: clean_line(value) for name, value in parameters.items() if value.strip()}
    for name, value in given.items():
        if name not in known:
            what = f"There is no parameter “{clean_line(name)[:40]}” here."
            raise UploadError(what, todo=f"Use these: {', '.join(sorted(known))}.")
        if len(value) > LONGEST:
            raise UploadError(f"The parameter {name} is longer than {LONGEST:,} characters.", todo="Make it shorter.")
    return given


def ids(given: Given, name: str) -> frozenset[str] | None:
    """Return the ids that are listed with commas between; None when the parameter is not given."""
    return frozenset(part.strip() for part in given[name].split(",") if part.strip()) if name in given else None


def whole(given: Given, name: str, *, default: int) -> int:
    """Return a whole number."""
    text = given.get(name, str(default))
    if not _WHOLE.fullmatch(text):
        raise unreadable(name, text, "a whole number from 0 to 9,999,999")
    return int(text)


def number(given: Given, name: str) -> float | None:
    """Return a number that is not negative, or None."""
    text = given.get(name, "")
    if text and not _NUMBER.fullmatch(text):
        raise unreadable(name, text, "a number from 0 to 9,999,999")
    return float(text) if text else None


def truth(given: Given, name: str) -> bool:
    """Return whether something is wanted; it is not unless the address says so."""
    text = given.get(name, "false").casefold()
    if text not in _TRUTHS:
        raise unreadable(name, text, "true or false")
    return _TRUTHS[text]


def clock(given: Given, name: str) -> str:
    """Return a time of day as HH:MM, or nothing."""
    text = given.get(name, "")
    found = _CLOCK.fullmatch(text)
    if text and not found:
        raise unreadable(name, text, "a time such as 09:30")
    return found[1] if found else ""


def day(given: Given, name: str) -> int | None:
    """Return a day of the week, 0 for Monday, from MO, Mon or Monday; None when it is not given."""
    text = given.get(name, "").casefold()
    if not text:
        return None
    for at, (short, long) in enumerate(zip(DAYS, _DAY_NAMES, strict=True)):
        if text in {short.casefold(), long[:3], long}:
            return at
    raise unreadable(name, text, "a day such as MO or Monday")


def postcode(given: Given, name: str) -> str:
    """Return a postcode as `M1 1AA`, or nothing."""
    text = tidy_postcode(given.get(name, "").upper())
    if text and not is_postcode(text):
        raise unreadable(name, text, "a whole postcode such as M1 1AA")
    return text


def moment(given: Given, name: str) -> datetime | None:
    """Return a moment in UTC; one without a time zone is in UTC, and a day begins at midnight."""
    text = given.get(name, "")
    if not text:
        return None
    try:
        # In an address a plus stands for a space, unless it is written %2B.
        found = datetime.fromisoformat(_PLUS_LOST.sub("+", text))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise unreadable(name, text, "a moment such as 2026-03-04T12:00:00Z") from None


def unreadable(name: str, text: str, wanted: str) -> UploadError:
    """Return the refusal of a value."""
    return UploadError(f"The parameter {name} is “{text[:40]}”, not {wanted}.", todo="Correct it or leave it out.")
