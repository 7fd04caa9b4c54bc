"""One brief in one format: what pages, the command line, the API and a notebook call."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.briefs.changes import compare_briefs, read_edition
from dashboard.briefs.errors import UnknownFormatError
from dashboard.briefs.gathering.brief import gather_brief
from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.html import write_html
from dashboard.briefs.model.brief import Brief
from dashboard.briefs.options import FORMATS
from dashboard.briefs.pack.data import gather_pack_data
from dashboard.briefs.pack.file import write_pack
from dashboard.briefs.pdf import write_pdf
from dashboard.briefs.word.file import write_docx
from dashboard.repository import Repository


@dataclass(frozen=True, kw_only=True)
class WrittenBrief:
    """A brief in one format, with the name that its file should have."""

    file_name: str
    content: bytes


def make_brief(desk: Desk, code: str, *, since: bytes | None = None) -> Brief:
    """Return the brief of an area or of a saved plan, with what has changed since an edition that is given.

    Parameters
    ----------
    since
        An earlier edition: its data pack, or the brief.json from it.

    Raises
    ------
    BriefError
        If there is no such area or plan, or the earlier edition cannot be read or is of another area.
    """
    brief = gather_brief(desk, code)
    return compare_briefs(brief, before=read_edition(since)) if since is not None else brief


def require_format(kind: str) -> None:
    """Refuse a format that briefs are not written in.

    Raises
    ------
    UnknownFormatError
        If there is no such format.
    """
    if kind not in FORMATS:
        raise UnknownFormatError(f"Briefs are not written as “{kind[:20]}”.", todo=f"Choose from {', '.join(FORMATS)}.")


def write_brief(brief: Brief, *, kind: str, repository: Repository, templates: Path | None = None) -> WrittenBrief:
    """Return a brief in a format: pdf, docx, html or zip.

    Raises
    ------
    UnknownFormatError
        If there is no such format.
    """
    require_format(kind)
    if kind == "pdf":
        content = write_pdf(brief, templates=templates)
    elif kind == "docx":
        content = write_docx(brief, templates=templates)
    elif kind == "html":
        content = write_html(brief)
    else:
        content = write_pack(brief, gather_pack_data(repository, brief.place.area_code))
    return WrittenBrief(file_name=f"{brief.code}-brief.{kind}", content=content)
