"""Many briefs in the background: a job goes on when the page that started it is left, and is found again by its id."""

from __future__ import annotations

import logging
import secrets
import shutil
import tempfile
import time
import weakref
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, Thread

from dashboard.briefs.errors import BriefError
from dashboard.briefs.many.batch import Batch
from dashboard.briefs.many.zipping import write_many
from dashboard.opening import open_register
from dashboard.register.actor import Actor
from etl.errors import CommonGroundError

# A batch takes both cores, so one runs at a time; a finished one is kept for an afternoon. Whoever has not signed in
# waits only for others who have not, so that no stranger can keep partners from theirs, and may ask for every ward or
# MSOA of any district (Birmingham's 132 MSOAs are the most) but not for those of a whole ICB.
MOST_AT_ONCE = 1
MOST_FOR_PUBLIC = 150
KEPT_S = 6 * 60 * 60
MOST_KEPT = 20
_log = logging.getLogger(__name__)


class State(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(eq=False)
class Job:
    """One batch on its way; only whoever started it may see it.

    Parameters
    ----------
    taken_out
        What had been taken out of the register when it began, and what consent had run out: numbers that grow.
    """

    job_id: str
    batch: Batch
    target: Path
    taken_out: tuple[int, int] = (0, 0)
    state: State = State.RUNNING
    done: int = 0
    problem: str = ""
    started_at: float = field(default_factory=time.monotonic)
    stop: Event = field(default_factory=Event)

    @property
    def total(self) -> int:
        """How many areas it is about."""
        return len(self.batch.codes)

    def cancel(self) -> None:
        """Have it stop after the area that it is at."""
        self.stop.set()


class Jobs:
    """The jobs of this process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    @cached_property
    def _folder(self) -> Path:
        """A folder that only this account may read; it goes when the process ends."""
        folder = Path(tempfile.mkdtemp(prefix="commonground-briefs-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def start(self, batch: Batch) -> Job:
        """Start a batch and return its job.

        Raises
        ------
        BriefError
            If another is still running, or it is too much for somebody who has not signed in.
        """
        if batch.is_of_the_public and len(batch.codes) > MOST_FOR_PUBLIC:
            raise BriefError(
                f"These are {len(batch.codes):,} briefs; without signing in you may make {MOST_FOR_PUBLIC} at once.",
                todo="Sign in, or choose a smaller area.",
            )
        with self._lock:
            self._forget_old()
            running = [job.batch for job in self._jobs.values() if job.state is State.RUNNING]
            if sum(other.is_of_the_public == batch.is_of_the_public for other in running) >= MOST_AT_ONCE:
                raise BriefError(
                    "Other briefs are being made at this moment.", todo="Wait until they are done, and press again."
                )
            job_id = secrets.token_urlsafe(12)
            target = self._folder / f"{job_id}.zip"
            job = Job(job_id=job_id, batch=batch, target=target, taken_out=_taken_out(batch))
            self._jobs[job_id] = job
        Thread(target=self._run, args=(job,), name=f"briefs-{job_id}", daemon=True).start()
        return job

    def find(self, job_id: str, *, actor: Actor) -> Job | None:
        """Return a job of somebody's own; None when there is none of that id, or they have other rights than then.

        Briefs that were done before an entry or a story was taken back, consent ran out, or words were erased may hold
        them still: they go.
        """
        with self._lock:
            self._forget_old()
            job = self._jobs.get(job_id)
            if job is None or job.batch.actor != actor:
                return None
            if job.state is not State.RUNNING and job.taken_out != _taken_out(job.batch):
                self._forget(job)
                return None
            return job

    def read(self, job: Job) -> bytes:
        """Return the zip of a job that is done, unless it may not be had any more.

        Raises
        ------
        BriefError
            If it is gone.
        """
        if self.find(job.job_id, actor=job.batch.actor) is None:
            raise BriefError("Those briefs are no longer kept here.", todo="Make them again.")
        return job.target.read_bytes()

    def running(self, *, actor: Actor) -> Job | None:
        """Return the job that somebody who is known has under way; None when there is none."""
        mine = [job for job in list(self._jobs.values()) if job.batch.actor.actor_id == actor.actor_id != ""]
        return next((job for job in mine if job.state is State.RUNNING), None)

    def _run(self, job: Job) -> None:
        def tell(done: int) -> None:
            job.done = done

        try:
            is_whole = write_many(job.batch, target=job.target, tell=tell, is_cancelled=job.stop.is_set)
            job.state = State.DONE if is_whole else State.CANCELLED
        except CommonGroundError as refusal:
            job.problem, job.state = str(refusal), State.FAILED
        except Exception:
            _log.exception("briefs %s failed", job.job_id)
            job.problem = "The briefs could not be made. Try again, or make fewer at once."
            job.state = State.FAILED

    def _forget_old(self) -> None:
        ended = [job for job in self._jobs.values() if job.state is not State.RUNNING]
        ended.sort(key=lambda job: job.started_at)
        too_many = ended[: max(0, len(ended) - MOST_KEPT)]
        too_old = [job for job in ended if time.monotonic() - job.started_at > KEPT_S]
        for job in {*too_many, *too_old}:
            self._forget(job)

    def _forget(self, job: Job) -> None:
        job.target.unlink(missing_ok=True)
        self._jobs.pop(job.job_id, None)


def _taken_out(batch: Batch) -> tuple[int, int]:
    return open_register(batch.settings).erasing.number()


JOBS = Jobs()
