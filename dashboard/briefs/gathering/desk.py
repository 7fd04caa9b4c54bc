"""Where a brief is gathered, and what it is about: a published area, one of somebody's own, or a saved plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.briefs.errors import UnknownAreaError, UnknownPlanError
from dashboard.briefs.model.look import PLAIN_LOOK, Look
from dashboard.briefs.options import EVERYTHING, BriefOptions
from dashboard.own.areas import learn_own_area
from dashboard.planning.state import plan_of_body
from dashboard.questions.own_areas import is_own_code
from dashboard.questions.places import ENGLAND, Area
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.errors import RegisterError
from dashboard.register.piece import Piece, Sharing, Sort
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.state import read_code
from etl.errors import CommonGroundError

PLAN_PREFIX = "plan-"


@dataclass(frozen=True)
class Desk:
    """What is asked, by whom, and whom to ask.

    Parameters
    ----------
    register
        None where there is none, as in a notebook: then the brief says that no story may be shown.
    """

    repository: Repository
    register: Register | None = None
    actor: Actor = THE_PUBLIC
    options: BriefOptions = EVERYTHING
    look: Look = PLAIN_LOOK


@dataclass(frozen=True)
class Subject:
    """What a brief is about.

    Parameters
    ----------
    code
        What it was asked for under: the code of an area, or `plan-` and the id of a saved plan.
    own_area
        The piece of work that an area of somebody's own is kept as; None for a published area.
    plan
        The saved plan whose results are asked for; None for none.
    """

    code: str
    area: Area
    own_area: Piece | None = None
    plan: Piece | None = None

    @property
    def is_plan(self) -> bool:
        """Whether the brief is about the plan itself, and not only holds its results."""
        return self.code.startswith(PLAN_PREFIX)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.plan.title if self.plan and self.is_plan else self.area.name

    @property
    def is_for_everyone(self) -> bool:
        """Whether everyone may see what it rests on; if not, the brief is for partners only."""
        return all(piece is None or piece.audience is Sharing.PUBLIC for piece in (self.own_area, self.plan))


def read_subject(text: str) -> str:
    """Return what somebody wrote as the code of an area or of a saved plan."""
    given = text.strip()
    return given.lower() if given.lower().startswith(PLAN_PREFIX) else read_code(given)


def find_subject(desk: Desk, code: str) -> Subject:
    """Return what a code names; areas and plans of somebody's own only for those who may see them.

    Raises
    ------
    UnknownAreaError
        If there is no such area, or not for this person: both sound the same.
    UnknownPlanError
        If there is no such plan, or not for this person.
    """
    if code.startswith(PLAN_PREFIX):
        plan = _find_plan(desk, code.removeprefix(PLAN_PREFIX))
        within = plan_of_body(plan.body).within or ENGLAND
        return replace(_find_area(desk, within), code=code, plan=plan)
    asked = desk.options.plan_id if desk.options.has("plan") else ""
    return replace(_find_area(desk, code), plan=_find_plan(desk, asked) if asked else None)


def _find_area(desk: Desk, area_code: str) -> Subject:
    own_area = _own_piece(desk, area_code) if is_own_code(area_code) else None
    area = desk.repository.area(area_code)
    if area is None:
        raise UnknownAreaError(area_code)
    return Subject(area_code, area, own_area)


def _own_piece(desk: Desk, area_code: str) -> Piece:
    if desk.register is None:
        raise UnknownAreaError(area_code)
    try:
        return learn_own_area(desk.repository, desk.register, area_code=area_code, actor=desk.actor)
    except CommonGroundError as error:
        raise UnknownAreaError(area_code) from error


def _find_plan(desk: Desk, plan_id: str) -> Piece:
    if desk.register is None:
        raise UnknownPlanError
    try:
        piece = desk.register.kept.get(plan_id, actor=desk.actor)
    except RegisterError as error:
        raise UnknownPlanError from error
    if piece.sort is not Sort.PLAN:
        raise UnknownPlanError
    return piece
