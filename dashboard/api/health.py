"""Whether the service is up, and what it serves, for whoever watches over it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings


def health_route(settings: Settings) -> Route:
    """Return the route /health: 200 with the served snapshot's id, or with an empty one when nothing is loaded."""
    return Route("/health", _health(settings))


def _health(settings: Settings) -> Callable[[Request], Response]:
    def health(request: Request) -> Response:  # noqa: ARG001
        try:
            build_id = current_snapshot(settings).stem
        except NothingLoadedError:
            build_id = ""
        return JSONResponse({"status": "ok", "build_id": build_id}, headers={"Cache-Control": "no-store"})

    return health
