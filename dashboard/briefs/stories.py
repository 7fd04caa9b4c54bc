"""How much of a story fits in a brief. Pure."""

from __future__ import annotations

import re

from dashboard.words import count

MOST_CHARACTERS = 600
MOST_STORIES = 3
CUT = " […] The whole story is in the data pack."


def shorten_story(words: str) -> str:
    """Return a story whole, or as many of its whole sentences as fit, with the cut said; its words stay as they are."""
    if len(words) <= MOST_CHARACTERS:
        return words
    head = words[:MOST_CHARACTERS]
    ends = [match.end() for match in re.finditer(r"[.!?।؟。](?=\s)", head)]
    return head[: ends[-1] if ends else head.rfind(" ") if " " in head else MOST_CHARACTERS].rstrip() + CUT


def say_how_many(stories: int) -> str:
    """Return that not all stories are on paper; empty when they are."""
    if stories <= MOST_STORIES:
        return ""
    return f"{MOST_STORIES} of {count(stories)} stories are shown; all of them are in the data pack."
