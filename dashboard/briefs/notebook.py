"""Briefs in a notebook, in three lines; public words only, unless a register's actor is given elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.briefs.errors import UnknownFormatError
from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.look_store import read_look
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.options import FORMATS
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.opening import open_register
from dashboard.repository import Repository, open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings


@dataclass(frozen=True)
class NotebookBrief:
    """A brief to look into (`content`) or to save."""

    content: Brief
    repository: Repository

    def save(self, path: str | Path) -> Path:
        """Write it in the format that the file's ending names: pdf, docx, html or zip.

        Raises
        ------
        UnknownFormatError
            If the ending names none of these.
        """
        target = Path(path)
        kind = target.suffix.removeprefix(".")
        if kind not in FORMATS:
            raise UnknownFormatError(f"“{target.name}” names no format.", todo=f"End it in {', '.join(FORMATS)}.")
        target.write_bytes(write_brief(self.content, kind=kind, repository=self.repository).content)
        return target


@dataclass(frozen=True)
class Home:
    """A home with something loaded in it."""

    desk: Desk

    def brief(self, area_code: str) -> NotebookBrief:
        """Return the public brief of an area."""
        return NotebookBrief(content=make_brief(self.desk, area_code), repository=self.desk.repository)


def open_home(folder: str | Path) -> Home:
    """Return what is loaded in a folder.

    Raises
    ------
    NothingLoadedError
        If nothing is.
    """
    settings = read_settings({}, home=Path(folder))
    register = open_register(settings)
    repository = open_repository(current_snapshot(settings))
    return Home(Desk(repository, register, look=read_look(register)))
