"""Many briefs at once: one zip with a contents page, made by a few processes that each read the snapshot once."""

from __future__ import annotations

import multiprocessing
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboard.briefs.archive import add_file
from dashboard.briefs.contents import Line, write_contents
from dashboard.briefs.errors import BriefError
from dashboard.briefs.gathering import Desk
from dashboard.briefs.look_store import read_look
from dashboard.briefs.options import BriefOptions
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.opening import open_register
from dashboard.questions.places import ENGLAND
from dashboard.register.actor import Actor
from dashboard.repository import Repository, open_repository
from etl.errors import CommonGroundError
from etl.settings import Settings

PROCESSES = 2
# Starting a process takes as long as a dozen briefs.
FEWEST_FOR_PROCESSES = 16
AHEAD = 4
# Levels that hold others, and the column of the area table that says which holds an area.
HOLDERS = {"lad": "lad_code", "sicbl": "sicbl_code", "icb": "icb_code"}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Many briefs that are asked for together.

    Parameters
    ----------
    snapshot
        The file that all of them are made from, though another be published meanwhile.
    codes, kinds
        Areas in the order of the contents page, and formats.
    """

    settings: Settings
    snapshot: Path
    title: str
    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    options: BriefOptions
    actor: Actor


@dataclass(frozen=True)
class Made:
    """The files of one area, or why there are none."""

    area_code: str
    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    problem: str = ""


def codes_within(repository: Repository, *, within: str, level: str) -> tuple[str, ...]:
    """Return the areas of a level that lie mostly in an area, by name.

    Raises
    ------
    BriefError
        If there is no such area, or none of that level in it.
    """
    area = repository.area(within)
    if area is None:
        raise BriefError(f"There is no area {within[:40]} in what is loaded.", todo="Check the code.")
    places = repository.areas_of_level(level)
    if within == ENGLAND:
        chosen = places
    elif area.area_type in HOLDERS:
        chosen = places[(places[HOLDERS[area.area_type]] == within).to_numpy()]
    else:
        chosen = places[repository.areas_within(area_code=within, level=level)]
    if chosen.empty:
        raise BriefError(
            f"There is no {level} in {area.name}.", todo="Choose a smaller kind of area, or a larger area."
        )
    return tuple(str(code) for code in chosen.sort_values(["name", "area_code"])["area_code"])


def write_many(
    batch: Batch,
    *,
    target: Path,
    tell: Callable[[int], None] = lambda _done: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Write a zip of all briefs of a batch, with a contents page; an area that fails is named there with the reason.

    Parameters
    ----------
    target
        The file to write; it appears when it is whole.
    tell
        Called with how many areas are done.
    is_cancelled
        Asked after each area; when it says so, nothing is left behind.

    Returns
    -------
    is_whole
        False when it was cancelled.
    """
    unfinished = target.with_name(f"{target.name}.part")
    lines: list[Line] = []
    try:
        with zipfile.ZipFile(unfinished, "w") as packed:
            for done, made in enumerate(_make_all(batch, is_cancelled=is_cancelled), start=1):
                for name, content in made.files:
                    add_file(packed, name=name, content=content)
                names = tuple(name for name, _ in made.files)
                lines.append(Line(area_code=made.area_code, name=made.name, files=names, problem=made.problem))
                tell(done)
            if len(lines) < len(batch.codes):
                return False
            build = open_repository(batch.snapshot).build
            add_file(packed, name="contents.html", content=write_contents(batch.title, lines=lines, build=build))
        unfinished.replace(target)
        return True
    finally:
        unfinished.unlink(missing_ok=True)


def _make_all(batch: Batch, *, is_cancelled: Callable[[], bool]) -> Iterator[Made]:
    """Give the briefs of a batch in order, until all are made or it is cancelled."""
    if len(batch.codes) < FEWEST_FOR_PROCESSES:
        for code in batch.codes:
            if is_cancelled():
                return
            yield make_one(batch, code)
        return
    # A process that is forked from a server would take over its threads' locks; one that is spawned starts clean.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(PROCESSES, os.cpu_count() or 1), mp_context=context) as pool:
        yield from _in_order(pool, batch, is_cancelled=is_cancelled)


def _in_order(pool: ProcessPoolExecutor, batch: Batch, *, is_cancelled: Callable[[], bool]) -> Iterator[Made]:
    waiting: list[Future[Made]] = []
    codes: Sequence[str] = batch.codes
    asked = 0
    while (asked < len(codes) or waiting) and not is_cancelled():
        # Only a few ahead, so that a cancelled batch stops at once and finished ones do not pile up.
        while asked < len(codes) and len(waiting) < PROCESSES * AHEAD:
            waiting.append(pool.submit(make_one, batch, codes[asked]))
            asked += 1
        yield waiting.pop(0).result()
    pool.shutdown(wait=True, cancel_futures=True)


def make_one(batch: Batch, area_code: str) -> Made:
    """Return the files of one area."""
    desk = _open_desk(batch)
    area = desk.repository.area(area_code)
    name = area.name if area else area_code
    try:
        brief = make_brief(desk, area_code)
        templates = batch.settings.brief_templates
        written = [
            write_brief(brief, kind=kind, repository=desk.repository, templates=templates) for kind in batch.kinds
        ]
    except CommonGroundError as refusal:
        return Made(area_code=area_code, name=name, problem=str(refusal))
    return Made(area_code=area_code, name=name, files=tuple((one.file_name, one.content) for one in written))


@lru_cache(maxsize=2)
def _open_desk(batch: Batch) -> Desk:
    register = open_register(batch.settings)
    return Desk(
        repository=open_repository(batch.snapshot),
        register=register,
        actor=batch.actor,
        options=batch.options,
        look=read_look(register),
    )
