"""Ways to reach an asset: web address, e-mail, telephone, postcode."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?")
_UNSAFE_IN_URL = re.compile(r"[\s<>\"'`\\{}|^]")
_PHONE = re.compile(r"[+0-9][0-9 ()./-]{1,30}(?:(?:x|ext\.?|extension) ?[0-9]{1,7})?", re.IGNORECASE)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_COUNTRY = "GB"
_MAX_PORT = 65_535
MAX_EMAIL = 254
MAX_URL = 500


def tidy_website(text: str) -> str:
    """Return an address with its scheme; one without gets https."""
    return f"https://{text}" if text and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) else text


@lru_cache(maxsize=20_000)
def website_problem(url: str) -> str:
    """Return what is wrong with a web address, or nothing."""
    fault = _fault_in_text(url) or _fault_in_parts(url)
    return f"The website address {fault}. Write it like https://www.example.org, or leave it empty." if fault else ""


def _fault_in_text(url: str) -> str:
    if len(url) > MAX_URL:
        return f"is longer than {MAX_URL} characters"
    return "has a space, a quote or a bracket in it" if _UNSAFE_IN_URL.search(url) else ""


def _fault_in_parts(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "cannot be read"
    if parts.scheme not in ("http", "https"):
        return "must begin with https:// or http://"
    if "@" in parts.netloc:
        return "has a sign-in in it"
    names_a_host = _HOST.fullmatch(parts.hostname or "") and (port is None or 0 < port <= _MAX_PORT)
    return "" if names_a_host else "does not name a website"


def is_email(text: str) -> bool:
    """Return whether a text is one e-mail address."""
    local = text.partition("@")[0]
    has_stray_dot = local.startswith(".") or local.endswith(".") or ".." in local
    return len(text) <= MAX_EMAIL and bool(_EMAIL.fullmatch(text)) and not has_stray_dot


@lru_cache(maxsize=20_000)
def is_phone(text: str) -> bool:
    """Return whether a text can be a telephone number, as dialled in the United Kingdom.

    Numbers that are possible but not in use pass (Ofcom's numbers for drama are such), and so do short ones like 111.
    """
    if not _PHONE.fullmatch(text):
        return False
    try:
        number = phonenumbers.parse(text, _COUNTRY)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number) or phonenumbers.is_possible_short_number_for_region(number, _COUNTRY)


@lru_cache(maxsize=20_000)
def tidy_postcode(text: str) -> str:
    """Return a postcode as it is written, `M1 1AA`; a text that is none comes back as it was."""
    found = _POSTCODE.fullmatch(re.sub(r"\s", "", text).upper())
    return f"{found[1]} {found[2]}" if found else text


def is_postcode(text: str) -> bool:
    """Return whether a text is a whole postcode, tidied."""
    return tidy_postcode(text) == text and _POSTCODE.fullmatch(text.replace(" ", "")) is not None
