"""What a brief says under its name, and where it leads."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from dashboard.briefs import texts
from dashboard.briefs.gathering.desk import PLAN_PREFIX, Subject
from etl.addresses import is_loopback


def subtitle_of(subject: Subject) -> str:
    """Return what a brief is about, in a line under its name."""
    if subject.is_plan:
        return f"A plan for {subject.area.name}: what it would change, and how things are there now"
    return texts.SUBTITLE


def link_of(subject: Subject, *, base_url: str) -> str:
    """Return the address of the live view: the page of the area, or that of the plan."""
    if subject.is_plan:
        page, query = "plan", {"plan": subject.code.removeprefix(PLAN_PREFIX)}
    else:
        page, query = "area", {"area": subject.code}
    return f"{base_url.rstrip('/')}/{page}?{urlencode(query)}"


def words_before_link(link: str) -> str:
    """Return what is said before the link: one to this machine's own address leads nowhere from any other."""
    return texts.LIVE_HERE if is_loopback(urlsplit(link).hostname or "") else texts.LIVE
