"""The briefs of a batch, one area after the other, by a few processes that each read the snapshot once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.look_store import read_look
from dashboard.briefs.many.batch import Batch
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.opening import open_register
from dashboard.repository import open_repository
from etl.errors import CommonGroundError

PROCESSES = 2
# Starting a process takes as long as a dozen briefs.
FEWEST_FOR_PROCESSES = 16
AHEAD = 4


@dataclass(frozen=True)
class Made:
    """The files of one area, or why there are none.

    Parameters
    ----------
    banner
        What every page of them says at its head; empty for nothing.
    """

    area_code: str
    name: str
    files: tuple[tuple[str, bytes], ...] = ()
    banner: str = ""
    problem: str = ""


def make_all(batch: Batch, *, is_cancelled: Callable[[], bool]) -> Iterator[Made]:
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
        return Made(area_code, name, problem=str(refusal))
    return Made(area_code, name, files=tuple((one.file_name, one.content) for one in written), banner=brief.banner)


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
