"""The address of the first page: Streamlit answers at `/` only, and people who know the others type `/find`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

PATH = "/find"


def front_door_route() -> Route:
    """Return the route that leads on to the first page, with whatever the address asks for."""
    return Route(PATH, _lead_on)


def _lead_on(request: Request) -> RedirectResponse:
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")
