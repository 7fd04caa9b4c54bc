"""Names brought to one form before they are compared: “St. Mary's Comm Ctr” and “Saint Marys Community Centre”."""

from __future__ import annotations

import re

from dashboard.register.rules.text import search_words

# Each word on the left is written as the one on the right. Saint and Street both become “st”: no list says which.
_SHORT = {
    "saint": "st", "street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "drive": "dr", "square": "sq",
    "ctr": "centre", "cntr": "centre", "cen": "centre", "center": "centre", "comm": "community", "cmty": "community",
    "lib": "library", "libry": "library", "assoc": "association", "assn": "association", "ch": "church",
    "chem": "chemist", "pharm": "pharmacy", "mem": "memorial", "hosp": "hospital", "meth": "methodist",
    "bapt": "baptist", "rc": "catholic", "hse": "house", "bldg": "building", "prac": "practice", "surg": "surgery",
    "dept": "department", "gp": "group", "grp": "group", "svc": "service", "svcs": "service", "services": "service",
    "sch": "school", "pk": "park", "gdns": "gardens", "nr": "near", "jcp": "jobcentre", "chemists": "chemist",
    "mount": "mt", "upr": "upper", "lwr": "lower", "gt": "great", "lt": "little", "ltl": "little",
}  # fmt: skip
_JOINED = (
    (re.compile(r"\bfood bank\b"), "foodbank"),
    (re.compile(r"\bjob centre\b"), "jobcentre"),
    (re.compile(r"\bpost office\b"), "postoffice"),
    (re.compile(r"\broman catholic\b"), "catholic"),
    (re.compile(r"\bc of e\b|\bcofe\b"), "church of england"),
)
# Few names have any of them, and looking once is quicker than five times.
_MAY_JOIN = re.compile(r"food bank|job centre|post office|roman|c of e|cofe")
_SILENT = frozenset({"the", "and", "of", "at", "in", "for", "ltd", "limited", "plc", "cic", "cio", "a", "an", "by"})
# Words that say what a thing is rather than which one it is.
_GENERIC = frozenset(
    [
        "library",
        "church",
        "chapel",
        "mosque",
        "temple",
        "hall",
        "centre",
        "community",
        "pharmacy",
        "chemist",
        "dental",
        "dentist",
        "practice",
        "surgery",
        "clinic",
        "health",
        "care",
        "hub",
        "foodbank",
        "jobcentre",
        "postoffice",
        "plus",
        "school",
        "primary",
        "academy",
        "college",
        "club",
        "group",
        "service",
        "sports",
        "park",
        "leisure",
        "house",
        "building",
        "local",
        "public",
        "branch",
        "mobile",
    ]
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+")


def normal_name(name: str) -> str:
    """Return a name in the form in which it is compared: small letters, no accents, short forms, no small words."""
    words = " ".join(_SHORT.get(word, word) for word in _words(name.replace("&", " and ")))
    if _MAY_JOIN.search(words):
        for pattern, joined in _JOINED:
            words = pattern.sub(joined, words)
    kept = [word for word in words.split() if word not in _SILENT or len(name.split()) == 1]
    return " ".join(kept) or words


def outside_brackets(name: str) -> str:
    """Return a name without what stands in brackets, or the whole of it when nothing else is left."""
    if "(" not in name and "[" not in name:
        return name
    outside = _BRACKETS.sub(" ", name)
    return outside if search_words(outside) else name


def telling_words(normal: str) -> str:
    """Return the words of a normal name that say which one it is; all of them when none does."""
    kept = [word for word in normal.split() if word not in _GENERIC]
    return " ".join(kept) or normal


def sort_words(normal: str) -> str:
    """Return the words of a normal name in the order of the alphabet."""
    return " ".join(sorted(normal.split()))


def numbers_of(name: str) -> frozenset[str]:
    """Return the numbers and single letters of a name: Mobile Library A is not Mobile Library B."""
    words = name.split()
    found = {word.casefold() for word in words if word[0].isdigit() or (len(word) == 1 and "B" <= word <= "Z")}
    return frozenset(found | {"a"} if words[1:] and words[-1] == "A" else found)


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name; most names are plain ASCII, and for these there is a short way."""
    if not name.isascii():
        return search_words(name)
    return tuple(dict.fromkeys(_WORD.findall(name.casefold().replace("'", ""))))
