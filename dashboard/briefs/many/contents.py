"""The contents page of many briefs: what is in the zip, and what could not be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.briefs.html import environment, read_style
from dashboard.briefs.model.look import PLAIN_LOOK
from dashboard.questions.asking import Build
from dashboard.words import NOT_FOR, date


@dataclass(frozen=True)
class Line:
    """One area of the contents page: its files, or why there are none."""

    area_code: str
    name: str
    files: tuple[str, ...]
    problem: str = ""


def write_contents(title: str, *, lines: Sequence[Line], build: Build, banner: str) -> bytes:
    """Return the contents page.

    Parameters
    ----------
    banner
        What is to be said at its head, as at that of every brief; empty for nothing.
    """
    page = environment().get_template("contents.html")
    written = page.render(
        title=title, lines=lines, build=build, built_on=date(build.built_at), look=PLAIN_LOOK, style=read_style(),
        not_for=NOT_FOR, banner=banner,
    )  # fmt: skip
    return written.encode("utf-8")
