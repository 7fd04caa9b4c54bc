"""Commands that are imported when they are asked for, so that none waits for what only another needs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group


@dataclass(frozen=True)
class LateCommand:
    """A command that is not imported yet.

    Parameters
    ----------
    module, attribute
        Where it is: a function, or a Typer app with commands of its own.
    line
        What the list of commands says of it: the first line of its own help.
    """

    module: str
    attribute: str
    line: str


LATE = {
    "assets": LateCommand(
        "dashboard.commands.assets", "assets_app", "The register: lists in, files out, backups, checks."
    ),
    "people": LateCommand(
        "dashboard.commands.people", "people_app", "People: the first administrator, and who is who."
    ),
    "brief": LateCommand(
        "dashboard.commands.brief", "brief_command", "Write briefs of areas: PDF, Word, web page, or a data pack."
    ),
}


class LateCommands(TyperGroup):
    """A group that lists some of its commands from a table, and imports the one that is asked for."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - whatever Typer gives its groups
        super().__init__(**given)
        for name, late in LATE.items():
            self.add_command(TyperCommand(name, help=late.line))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:  # noqa: ANN401 - Typer's own
        """Return the name of the command asked for, the command itself, and the arguments left for it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, import_command(name) if name in LATE else command, rest


def import_command(name: str) -> TyperCommand | TyperGroup:
    """Return a command of the table, imported now."""
    late = LATE[name]
    found = getattr(import_module(late.module), late.attribute)
    holder = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    if isinstance(found, typer.Typer):
        holder.add_typer(found, name=name)
    else:
        holder.command(name)(found)
    return cast("TyperCommand | TyperGroup", get_group(holder).commands[name])
