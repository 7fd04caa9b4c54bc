"""Text as people type it, made safe to keep: one normal form, and nothing that hides or turns round what it says."""

from __future__ import annotations

import re
import unicodedata

# Marks that change the order in which text is shown, and characters without any width.
_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d"
    "\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
_JOINERS = frozenset("\u200c\u200d")
# Letters without case (Arabic, Devanagari …), marks and pictures: the joiners have a meaning only after these.
_JOINABLE = frozenset({"Lo", "Mn", "Mc", "So", "Sk"})
_UNWANTED = frozenset({"Cc", "Cs", "Co"})
_TAGS = range(0xE0000, 0xE0080)
_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_PLANE_ENDS = (0xFFFE, 0xFFFF)
# More marks than this on one letter are no language's spelling; they paint over the lines above.
_MAX_MARKS = 4
_MANY_MARKS = re.compile(
    rf"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{{{_MAX_MARKS}}})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_WORD = re.compile(r"[^\W_]+")
_MAX_WORD = 40


def clean_line(text: str) -> str:
    """Return text for one line: NFC, nothing invisible, single spaces."""
    return " ".join(_clean(text).split())


def clean_words(text: str) -> str:
    """Return text that may have several lines: NFC, nothing invisible, no more than one empty line in a row."""
    lines = [" ".join(line.split()) for line in _clean(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def search_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are searched: small letters, no accents, each once."""
    small = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(one for one in unicodedata.normalize("NFKD", small) if not unicodedata.combining(one))
    joined = bare.replace("'", "").replace("\u2019", "")
    return tuple(dict.fromkeys(word[:_MAX_WORD] for word in _WORD.findall(joined)))


def sort_key(text: str) -> str:
    """Return what a name is sorted by."""
    return " ".join(search_words(text)) or text


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    for one in unicodedata.normalize("NFC", text):
        if _is_wanted(one, after=kept[-1] if kept else ""):
            kept.append(one)
        elif one in "\t\x0b\x0c\u2028\u2029\x85":
            kept.append(" ")
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(r"\1", "".join(kept)))


def _is_wanted(one: str, *, after: str) -> bool:
    if one == "\n":
        return True
    if one in _JOINERS:
        return bool(after) and (unicodedata.category(after) in _JOINABLE or after == "\ufe0f")
    point = ord(one)
    is_hidden = one in _INVISIBLE or point in _TAGS or point in _NONCHARACTERS or (point & 0xFFFF) in _PLANE_ENDS
    return not is_hidden and unicodedata.category(one) not in _UNWANTED
