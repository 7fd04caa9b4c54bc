"""Whether the service is up, and what it serves, for whoever watches over it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.api.replies import refusal
from etl.errors import NothingLoadedError, StorageError
from etl.publish import current_snapshot
from etl.settings import Settings


def health_route(settings: Settings) -> Route:
    """Return the route /health: 200 with the served snapshot's id, or with an empty one when nothing is loaded.

    503 says that the home cannot be read.
    """
    return Route("/health", _health(settings))


def _health(settings: Settings) -> Callable[[Request], Response]:
    def health(request: Request) -> Response:  # noqa: ARG001
        try:
            build_id = current_snapshot(settings).stem
        except NothingLoadedError:
            build_id = ""
        except StorageError:
            # Anybody may ask, so it does not say where that is.
            return refusal("What is loaded cannot be read.", status_code=503)
        return JSONResponse({"status": "ok", "build_id": build_id}, headers={"Cache-Control": "no-store"})

    return health
