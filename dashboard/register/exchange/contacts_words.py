"""Telephone numbers and e-mail addresses as lists have them: several in a cell, a zero lost, an O for a 0."""

from __future__ import annotations

import re

from dashboard.register.model import Audience, Contact
from dashboard.register.rules.reach import is_email, is_phone

_EMAIL = re.compile(r"[^\s@,;<>()/]+@[^\s@,;<>()/]+")
_PHONE = re.compile(r"[+0-9O(][0-9O() .-]{8,18}[0-9](?:\s*(?:ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s,;<>()]+", re.IGNORECASE)
_MOST = 10
_NATIONAL_DIGITS = 10


def contacts_in(text: str, *, name: str, audience: Audience) -> tuple[Contact, ...]:
    """Return the contacts that a text has, each with one telephone number or e-mail address, or the first with both."""
    without_urls = _URL.sub(" ", text)
    emails = [mail for found in _EMAIL.findall(without_urls) if is_email(mail := found.strip(".:;'\""))]
    phones = [phone for found in _PHONE.findall(_EMAIL.sub(" ", without_urls)) if is_phone(phone := tidy_phone(found))]
    emails, phones = list(dict.fromkeys(emails)), list(dict.fromkeys(phones))
    count = max(len(emails), len(phones), 1 if name else 0)
    return tuple(
        Contact(
            name=name if at == 0 else "",
            phone=phones[at] if at < len(phones) else "",
            email=emails[at] if at < len(emails) else "",
            audience=audience,
        )
        for at in range(min(count, _MOST))
    )


def url_in(text: str) -> str:
    """Return the first web address in a text, or nothing."""
    found = _URL.search(text)
    return found[0].rstrip(".") if found else ""


def tidy_phone(text: str) -> str:
    """Return a telephone number with its zero back: spreadsheets drop it, and some people write an O."""
    phone = re.sub(r"(?i)^o(?=\d)", "0", text.strip())
    digits = re.sub(r"\D", "", phone)
    if len(set(digits)) <= 1:
        return ""
    has_lost_zero = len(digits) == _NATIONAL_DIGITS and digits[0] in "12378" and not phone.startswith("+")
    return f"0{phone}" if has_lost_zero else phone
