"""`commonground brief`: briefs as files, one or many, for whoever runs this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from dashboard.briefs.errors import BriefError, UnknownFormatError
from dashboard.briefs.gathering.desk import Desk, find_subject, read_subject
from dashboard.briefs.look_store import read_look
from dashboard.briefs.many.batch import Batch, codes_within
from dashboard.briefs.many.zipping import write_many
from dashboard.briefs.options import FORMATS, SECTIONS, BriefOptions, base_url
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.repository import open_repository
from dashboard.state import LEVELS, read_code
from etl.errors import StorageError
from etl.publish import current_snapshot
from etl.settings import Settings, read_settings

ALL = "all"


def brief_command(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE…", help="Codes of areas, for example E05011372, or of saved plans: plan-ID."),
    ] = None,
    *,
    kinds: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}: one, or several with commas.")] = "pdf",
    out: Annotated[Path, typer.Option("--out", help="Folder for the files; it is made if need be.")] = Path(),
    every: Annotated[str, typer.Option(help="Every area of this kind instead, in one zip: ward, msoa, lad …")] = "",
    within: Annotated[str, typer.Option("--in", help="The area that --every is about, for example E54000057.")] = "",
    sections: Annotated[str, typer.Option(help=f"Sections, with commas: {', '.join(SECTIONS)}.")] = ALL,
    since: Annotated[
        Path | None, typer.Option(help="An earlier data pack (or its brief.json): says what has changed.")
    ] = None,
    plan: Annotated[str, typer.Option(help="Id of a saved plan whose results are to be in the brief.")] = "",
    for_partners: Annotated[
        bool, typer.Option("--for-partners", help="With what is for partners only; every page then says so.")
    ] = False,
    home: Annotated[
        Path | None,
        typer.Option("--home", help="Folder where data lives (otherwise COMMONGROUND_HOME, otherwise data/)."),
    ] = None,
) -> None:
    """Write briefs of areas: PDF, Word, web page, or a data pack."""
    settings = read_settings(os.environ, home=home)
    chosen = _read_choices(kinds, known=FORMATS, what="format")
    options = BriefOptions(
        sections=tuple(SECTIONS) if sections == ALL else _read_choices(sections, known=SECTIONS, what="section"),
        wants_partners_only=for_partners,
        plan_id=plan,
        base_url=base_url(settings),
    )
    _make_folder(out)
    if every or within:
        if codes or since:
            raise BriefError("--every makes many briefs by itself.", todo="Leave the codes and --since out.")
        _write_every(settings, level=every, within=within, kinds=chosen, options=options, out=out)
        return
    if not codes:
        raise BriefError("No area was named.", todo="Give the code of an area, or --every ward --in CODE.")
    _write_each(settings, [read_subject(code) for code in codes], kinds=chosen, options=options, out=out, since=since)


def _write_each(
    settings: Settings,
    codes: list[str],
    *,
    kinds: tuple[str, ...],
    options: BriefOptions,
    out: Path,
    since: Path | None,
) -> None:
    register = open_register(settings)
    repository = open_repository(current_snapshot(settings))
    desk = Desk(repository, register, local_actor(), options, read_look(register))
    for code in codes:
        find_subject(desk, code)
    earlier = _read_file(since) if since else None
    with _bar() as bar:
        task = bar.add_task("Briefs", total=len(codes) * len(kinds))
        for code in codes:
            brief = make_brief(desk, code, since=earlier)
            for kind in kinds:
                written = write_brief(brief, kind=kind, repository=repository, templates=settings.brief_templates)
                _write_file(out / written.file_name, written.content)
                bar.advance(task)
    typer.echo(f"Wrote {len(codes) * len(kinds):,} files to {out.resolve()}.")


def _write_every(
    settings: Settings, *, level: str, within: str, kinds: tuple[str, ...], options: BriefOptions, out: Path
) -> None:
    if level not in LEVELS or not within:
        raise BriefError(
            "--every and --in go together.",
            todo=f"Say --every {'|'.join(LEVELS)} --in CODE, the code of a larger area.",
        )
    snapshot, code = current_snapshot(settings), read_code(within)
    desk = Desk(open_repository(snapshot), open_register(settings), local_actor())
    codes = codes_within(desk, within=code, level=level)
    batch = Batch(
        settings=settings,
        snapshot=snapshot,
        title=f"Every {level} of {find_subject(desk, code).area.name}",
        codes=codes,
        kinds=kinds,
        options=options,
        actor=local_actor(),
    )
    target = out / f"{code}-every-{level}-briefs.zip"
    with _bar() as bar:
        task = bar.add_task("Briefs", total=len(codes))
        write_many(batch, target=target, tell=lambda done: bar.update(task, completed=done))
    typer.echo(f"Wrote briefs of {len(codes):,} areas to {target.resolve()}.")


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, disable=not console.is_terminal)


def _read_choices(text: str, *, known: dict[str, str], what: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    unknown = [part for part in chosen if part not in known]
    if unknown or not chosen:
        named = f"“{unknown[0][:20]}”" if unknown else "nothing"
        raise UnknownFormatError(f"{named} is not a {what}.", todo=f"Choose from {', '.join(known)}.")
    return chosen


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be made ({error.strerror}).", todo="Choose another.") from error


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}).", todo="Choose another folder.") from error


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BriefError(f"{path} cannot be read ({error.strerror}).", todo="Check the name of the file.") from error
