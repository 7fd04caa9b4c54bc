"""What an address of open data asks of the register: as on the Assets page, by somebody who has not signed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.assets.view import AssetView
from dashboard.own.areas import codes_to_ask, read_own_area
from dashboard.questions.own_areas import OwnArea, is_own_code
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.errors import NotFoundError
from dashboard.register.query import Query
from dashboard.register.register import Register


@dataclass(frozen=True)
class Asked:
    """What is asked.

    Parameters
    ----------
    own
        The area of somebody's own in which it is asked, which everyone may see; none for any other.
    """

    query: Query
    own: OwnArea | None = None


def read_asked(register: Register, view: AssetView, *, now: datetime) -> Asked:
    """Return what the filters of an address ask.

    Raises
    ------
    NotFoundError
        If they name an area of somebody's own that is not there, or not shared with everyone: both sound the same.
    """
    query = view.query(now=now)
    if not is_own_code(view.area):
        return Asked(query)
    try:
        own = read_own_area(register, area_code=view.area, actor=THE_PUBLIC)
    except NotFoundError as error:
        what = "This is about an area of somebody's own that is not there any more, or is not shared with everyone."
        raise NotFoundError(what, todo="Ask whoever made it to choose “Everyone” under “Who may open it”.") from error
    return Asked(replace(query, areas=codes_to_ask(own)), own)
