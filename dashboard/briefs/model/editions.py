"""What a brief rests on, and what has changed since an earlier one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where figures come from; `about` says all but the title in words."""

    number: int
    source_id: str
    title: str
    publisher: str
    edition: str
    licence: str
    attribution: str
    url: str
    retrieved_on: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which snapshot a brief was made from; every date in it comes from here."""

    build_id: str
    built_at: str
    built_on: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs from an earlier edition."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What has changed since an earlier edition."""

    since: str
    sentence: str
    rows: tuple[Change, ...]
