"""The terms on which what an entry says may be used, when it comes from more than one place."""

from __future__ import annotations

from dashboard.register.rules.limits import LINES

_BETWEEN = "; "


def join_licences(own: str, other: str) -> str:
    """Return two licences as one line, each once; the entry's own alone when both are too long for one line."""
    if not other or other in own.split(_BETWEEN):
        return own
    joined = _BETWEEN.join(filter(None, (own, other)))
    return joined if len(joined) <= LINES["licence"][0] else own
