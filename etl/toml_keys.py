"""Read a TOML table key by key, so that every refusal can name the key it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from etl.methods.recipe import RecipeError

ID_PATTERN = re.compile(r"[a-z][a-z0-9_]*")

_KIND_WORDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list of tables",
}


class Keys:
    """A table of the file, read key by key, so that what is left over can be refused."""

    def __init__(self, entries: Mapping[str, Any], *, prefix: str = "") -> None:
        self._entries = dict(entries)
        self._prefix = prefix

    def name(self, key: str) -> str:
        """Return the key as a person finds it in the file."""
        return f"{self._prefix}{key}"

    def take(self, key: str, kind: type, *, default: Any = None) -> Any:  # noqa: ANN401
        """Return a value of the wanted kind; a key without a default must be there."""
        if key not in self._entries:
            if default is None:
                raise RecipeError(f"“{key}” is missing.", key=self.name(key), todo="Add it.")
            return default
        value = self._entries.pop(key)
        if not _is_kind(value, kind):
            what = f"{value!r} is not {_KIND_WORDS[kind]}."
            raise RecipeError(what, key=self.name(key), todo=f"Write {_KIND_WORDS[kind]}.")
        return value

    def take_id(self, key: str) -> str:
        """Return an id: small letters, digits and underscores."""
        value = cast("str", self.take(key, str))
        if not ID_PATTERN.fullmatch(value):
            todo = "Use small letters, digits and underscores, a letter first."
            raise RecipeError(f"“{value}” is not an id.", key=self.name(key), todo=todo)
        return value

    def take_choice(self, key: str, choices: Sequence[str], *, default: str) -> str:
        """Return one of a few words."""
        value = cast("str", self.take(key, str, default=default))
        if value not in choices:
            raise RecipeError(f"“{value}” is not known.", key=self.name(key), todo=f"Use one of {', '.join(choices)}.")
        return value

    def take_tables(self, key: str, *, is_required: bool = False) -> list[Keys]:
        """Return the tables of a list, each with its number in the names of its keys."""
        tables = self.take(key, list, default=None if is_required else [])
        for number, table in enumerate(tables, start=1):
            if not isinstance(table, dict):
                what = f"{table!r} is not a table."
                raise RecipeError(what, key=self.name(f"{key}[{number}]"), todo=f"Begin it with [[{key}]].")
        return [Keys(table, prefix=self.name(f"{key}[{number}].")) for number, table in enumerate(tables, start=1)]

    def finish(self) -> None:
        """Refuse what was not asked for: most often a slip of the pen."""
        for key in self._entries:
            raise RecipeError(f"“{key}” is not known.", key=self.name(key), todo="Correct its spelling, or remove it.")


def _is_kind(value: object, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)
