"""What a brief passes on of what people have told: stories, notes, and the results of their plans."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StoryText:
    """A story that may be shown here; `shown` is as much of its words as fits in a brief."""

    title: str
    words: str
    shown: str
    credit: str
    about: str
    is_partners_only: bool


@dataclass(frozen=True, kw_only=True)
class Note:
    """A heading with a paragraph and a list: what partners have tried, or a result of a plan."""

    heading: str
    words: str
    points: tuple[str, ...] = ()
