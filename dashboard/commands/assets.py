"""`commonground assets`: lists in, files out, and the care of the register, for whoever runs this machine."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from dashboard.assets.import_asked import AskedFor
from dashboard.assets.import_words import import_words, taken_back_lines
from dashboard.assets.importing import ImportRun, write_file
from dashboard.assets.progress import progress_bar
from dashboard.geography import SnapshotGeography
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, Actor, local_actor
from dashboard.register.errors import RegisterError
from dashboard.register.exchange.files_out import FileForm, write_entries
from dashboard.register.query import Query
from dashboard.register.rules.freshness import Freshness
from dashboard.snapshot_check import snapshot_faults
from dashboard.words import rows_words
from etl.settings import Settings, read_settings

assets_app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="The register: lists in, files out, backups, checks."
)
Home = Annotated[
    Path | None, typer.Option("--home", help="Folder where data lives (otherwise COMMONGROUND_HOME, otherwise data/).")
]
# What is damaged has an exit code of its own, so that a nightly check can tell.
FAULTY = 14


@assets_app.command("import")
def import_command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL",
            help="CSV, XLSX, GeoJSON, Open Referral (a file or the address of a feed) or OpenStreetMap (.osm.pbf).",
        ),
    ],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    source: Annotated[str, typer.Option(help="Name of the list, the same each time (otherwise the file's name).")] = "",
    kind: Annotated[str, typer.Option(help="Kind of the rows that do not say, for example library.")] = "",
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="What a column holds: “Column=field”; “Column=” leaves it out.")
    ] = None,
    refused: Annotated[
        Path | None,
        typer.Option(help="File for the rows that stay out (otherwise LIST-refused.csv in the folder you are in)."),
    ] = None,
    home: Home = None,
) -> None:
    """Bring in a list: first said in words, then done in one go; rows with errors come back as a file."""
    settings = _settings(home)
    run = ImportRun(
        register=open_register(settings),
        actor=_administrator(settings),
        gazetteer=SnapshotGeography(settings),
        console=_console(),
        say=typer.echo,
    )
    asked = AskedFor(what=what, source=source, kind=kind, columns=tuple(columns or ()), refused=refused)
    planned = run.plan(asked)
    if dry_run:
        typer.echo("Nothing was changed: this was a dry run.")
    elif yes or not planned.plan.writes or typer.confirm(f"Bring in {rows_words(planned.plan.writes)}?"):
        run.carry_out(planned)
    else:
        typer.echo("Nothing was changed.")


@assets_app.command("export")
def export_command(
    *,
    form: Annotated[FileForm, typer.Option("--format", help="What kind of file.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    text: Annotated[str, typer.Option(help="Words that an entry holds.")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="Kinds, for example library.")] = None,
    offer: Annotated[list[str] | None, typer.Option(help="Offers, for example free_wifi.")] = None,
    area: Annotated[list[str] | None, typer.Option(help="Codes of areas.")] = None,
    freshness: Annotated[list[Freshness] | None, typer.Option(help="How fresh.")] = None,
    everything: Annotated[
        bool, typer.Option("--for-partners", help="With what is for partners only; otherwise only what is public.")
    ] = False,
    home: Home = None,
) -> None:
    """Write what is published to a file."""
    settings = _settings(home)
    register = open_register(settings)
    query = Query(
        text=text, kinds=tuple(kind or ()), offers=tuple(offer or ()), areas=tuple(area or ()),
        freshness=tuple(freshness or ()),
    )  # fmt: skip
    entries = register.finding.find_all(query, actor=_administrator(settings) if everything else THE_PUBLIC)
    content = write_entries(entries, form=form, taxonomy=register.settings.taxonomy())
    write_file(out, content)
    typer.echo(f"Wrote {len(entries):,} entries to {out}.")


@assets_app.command()
def check(*, home: Home = None) -> None:
    """Look the register over, and whether what is loaded can be read; leave with 14 when something is wrong."""
    settings = _settings(home)
    faults = open_register(settings).upkeep.faults(actor=_administrator(settings))
    broken = (*faults, *snapshot_faults(settings))
    for fault in broken:
        typer.echo(f"✖ {fault}")
    if broken:
        raise typer.Exit(FAULTY)
    typer.echo("✔ The register is whole, and what is loaded keeps its rules.")


@assets_app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")], *, home: Home = None) -> None:
    """Write everything in the register to one file, while it goes on serving."""
    settings = _settings(home)
    try:
        open_register(settings).upkeep.back_up(file, actor=_administrator(settings))
    except OSError as error:
        what = f"“{file}” cannot be written: {error.strerror}."
        raise RegisterError(what, todo="Choose another place, or make room there.") from error
    typer.echo(f"Wrote the whole register to {file}. It holds contacts for partners too: keep it safe.")


@assets_app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")], *, home: Home = None) -> None:
    """Put a backup into a register that holds nothing yet."""
    settings = _settings(home)
    rows = open_register(settings).upkeep.restore(file, actor=_administrator(settings))
    typer.echo(f"Put {rows:,} rows back.")


@assets_app.command()
def imports(
    *,
    most: Annotated[int, typer.Option(help="How many, the latest first.", min=1)] = 20,
    home: Home = None,
) -> None:
    """List the lists that were brought in: their numbers, when, by whom, and what became of them."""
    settings = _settings(home)
    past = open_register(settings).imports.past(actor=_administrator(settings), most=most)
    for one in past:
        typer.echo(f"{one.import_id}: {import_words(one)}")
    if not past:
        typer.echo("No list has been brought in yet.")


@assets_app.command("undo-import")
def undo_import(
    number: Annotated[int, typer.Argument(help="As `commonground assets imports` says it.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Take a whole import back: what it added goes, what it changed is as before, what somebody changed since stays."""
    settings = _settings(home)
    if not yes and not typer.confirm(f"Undo import {number}?"):
        typer.echo("Nothing was changed.")
        return
    imports_desk, actor = open_register(settings).imports, _administrator(settings)
    with progress_bar(_console(), "Undoing") as progress:
        undone = imports_desk.undo(number, actor=actor, why="The import was undone.", progress=progress)
    for line in taken_back_lines(undone):
        typer.echo(line)


def _console() -> Console:
    return Console(stderr=True, highlight=False)


def _administrator(settings: Settings) -> Actor:
    """Return whoever runs this machine: in local mode its one person, in shared mode under a name of their own."""
    person = local_actor()
    if not settings.is_shared:
        return person
    return replace(person, actor_id="command-line", name="Whoever runs the server")


def _settings(home: Path | None) -> Settings:
    return read_settings(os.environ, home=home)
