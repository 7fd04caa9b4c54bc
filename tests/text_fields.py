"""Every place in a record where a person may type, found in the record itself: a new field is among them by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args, get_origin, get_type_hints

Path = tuple[str, ...]


def text_fields(kind: type) -> Iterator[Path]:
    """Give the way to each text of a record, through its parts and the first thing of its lists."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        hint = hints[field.name]
        inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if inner is str:
            yield (field.name,)
        elif isinstance(inner, type) and is_dataclass(inner):
            yield from ((field.name, *rest) for rest in text_fields(inner))


def with_text(record: Any, path: Path, text: str) -> Any:  # noqa: ANN401
    """Return a record with a text in one place."""
    name, *rest = path
    held = getattr(record, name)
    if isinstance(held, tuple):
        first = with_text(held[0], tuple(rest), text) if rest else text
        return replace(record, **{name: (first, *held[1:])})
    return replace(record, **{name: with_text(held, tuple(rest), text) if rest else text})


def text_at(record: Any, path: Path) -> str:  # noqa: ANN401
    """Return the text in one place, or nothing when the list that held it is empty now."""
    for name in path:
        record = getattr(record, name)
        if isinstance(record, tuple):
            if not record:
                return ""
            record = record[0]
    return str(record)
