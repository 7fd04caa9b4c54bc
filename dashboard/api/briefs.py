"""One brief at an address, with the rights of whoever asks: /briefs/E05011372.pdf, /briefs/plan-w1a2.pdf."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.api.rates import Rate
from dashboard.api.replies import refusal
from dashboard.briefs.errors import UnknownAreaError, UnknownFormatError, UnknownPlanError
from dashboard.briefs.gathering.desk import Desk, read_subject
from dashboard.briefs.look_store import read_look
from dashboard.briefs.options import MEDIA_TYPES, SECTIONS, BriefOptions, base_url
from dashboard.briefs.rendering import make_brief, require_format, write_brief
from dashboard.components.request_visitor import actor_of_request
from dashboard.opening import open_register
from dashboard.register.errors import UnavailableError
from dashboard.repository import open_repository
from etl.errors import CommonGroundError, NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings

# A brief takes a core for a good part of a second.
MOST_A_MINUTE = 30
NOT_FOUND, BAD_REQUEST, TOO_MANY, NOT_READY = 404, 400, 429, 503
_STATUS: dict[type[CommonGroundError], int] = {
    UnknownAreaError: NOT_FOUND,
    UnknownPlanError: NOT_FOUND,
    UnknownFormatError: NOT_FOUND,
    NothingLoadedError: NOT_READY,
    UnavailableError: NOT_READY,
}


def brief_routes(settings: Settings, *, most_a_minute: int = MOST_A_MINUTE) -> list[Route]:
    """Return the route of briefs.

    Parameters
    ----------
    most_a_minute
        How many briefs one address may take.
    """
    rate = Rate(most=most_a_minute, within_s=60)
    return [Route("/briefs/{subject}.{kind}", _answer(settings, rate))]


def _answer(settings: Settings, rate: Rate) -> Callable[[Request], Response]:
    def brief(request: Request) -> Response:
        wait_s = rate.seconds_to_wait(request)
        if wait_s:
            reply = refusal(f"Too many briefs for your address. Ask again in {wait_s} seconds.", status_code=TOO_MANY)
            reply.headers["Retry-After"] = str(wait_s)
            return reply
        try:
            return _write(request, settings)
        except CommonGroundError as error:
            return refusal(str(error), status_code=_STATUS.get(type(error), BAD_REQUEST))

    return brief


def _write(request: Request, settings: Settings) -> Response:
    kind = request.path_params["kind"]
    require_format(kind)
    register = open_register(settings)
    repository = open_repository(current_snapshot(settings))
    desk = Desk(
        repository,
        register,
        actor_of_request(request, settings),
        read_options(request, settings),
        read_look(register),
    )
    brief = make_brief(desk, read_subject(request.path_params["subject"]))
    written = write_brief(brief, kind=kind, repository=repository, templates=settings.brief_templates)
    headers = {
        # What a partner may see must not be kept by anything between us.
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{written.file_name}"',
    }
    return Response(written.content, media_type=MEDIA_TYPES[kind], headers=headers)


def read_options(request: Request, settings: Settings) -> BriefOptions:
    """Return what the address asks for: `sections`, `partners` and `plan`."""
    asked = [part for part in request.query_params.get("sections", "").split(",") if part in SECTIONS]
    return BriefOptions(
        sections=tuple(asked) or tuple(SECTIONS),
        wants_partners_only=request.query_params.get("partners") == "1",
        plan_id=request.query_params.get("plan", "")[:80],
        base_url=base_url(settings),
    )
