"""What a piece of work may be, and which right it takes to see or change it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from dashboard.register.errors import Problem
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.rules.permissions import Action
from dashboard.register.rules.text import clean_line, clean_words
from dashboard.register.taxonomy import ID_PATTERN

# They belong to the whole house, and so an admin keeps them.
HOUSE_SORTS = frozenset({Sort.SEGMENT_NOTE, Sort.BRIEF_LOOK})
LONGEST_TITLE = 200
# Every neighbourhood of England with a figure each takes about one megabyte.
_MOST_BYTES = {Sort.CUSTOM_AREA: 4_000_000, Sort.OWN_DATA: 4_000_000}
_MOST_BYTES_OF_OTHERS = 500_000
# A crowd of pieces is a mistake or mischief; it would fill the disk.
MOST_PIECES = 1_000
_SEEN_BY = {
    Sharing.PRIVATE: Action.SEE_PRIVATE_WORK,
    Sharing.PARTNERS: Action.SEE_PARTNER_WORK,
    Sharing.PUBLIC: None,
}


def action_to_see(audience: Sharing) -> Action | None:
    """Return the right it takes to see a piece of work; none for one that everyone may see."""
    return _SEEN_BY[audience]


def action_to_change(sort: Sort) -> Action:
    """Return the right it takes to change or remove a piece of work."""
    return Action.CHANGE_HOUSE_WORK if sort in HOUSE_SORTS else Action.CHANGE_WORK


def action_to_keep(sort: Sort) -> Action:
    """Return the right it takes to keep a new piece of work."""
    return Action.CHANGE_HOUSE_WORK if sort in HOUSE_SORTS else Action.KEEP_WORK


def tidy_piece(draft: PieceDraft) -> PieceDraft:
    """Return a piece of work with clean text in its title and everywhere in its body."""
    return replace(draft, title=clean_line(draft.title), body=_tidy(draft.body))


def piece_problems(draft: PieceDraft) -> tuple[Problem, ...]:
    """Return what is wrong with a tidied piece of work."""
    problems = []
    if not 0 < len(draft.title) <= LONGEST_TITLE:
        problems.append(Problem("title", f"Give it a name of at most {LONGEST_TITLE} characters."))
    if draft.piece_id and not ID_PATTERN.fullmatch(draft.piece_id):
        problems.append(Problem("piece_id", "An id has small letters, digits and underscores, 64 at most."))
    if problem := _body_problem(draft):
        problems.append(Problem("body", problem))
    return tuple(problems)


def _body_problem(draft: PieceDraft) -> str:
    most = _MOST_BYTES.get(draft.sort, _MOST_BYTES_OF_OTHERS)
    try:
        size = len(json.dumps(draft.body, allow_nan=False, ensure_ascii=False).encode())
    except (TypeError, ValueError, RecursionError):
        return "It holds something that cannot be kept: use text, numbers and lists, and no endless numbers."
    return f"It is too large to keep: {size:,} bytes, and {most:,} is the most. Make it smaller." if size > most else ""


def _tidy(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return clean_words(value)
    if isinstance(value, dict):
        return {clean_line(name): _tidy(one) for name, one in value.items()}
    return [_tidy(one) for one in value] if isinstance(value, list | tuple) else value
