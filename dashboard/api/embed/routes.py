"""The addresses that another website may show in a frame, and what their map fetches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.routing import Route

from dashboard.api.embed.documents import LIST_PATH, MAP_PATH, POINTS_PATH, Documents
from dashboard.api.embed.points import points_in_view
from dashboard.api.open_data import json_bytes, open_route
from dashboard.api.rates import Rate
from dashboard.opening import open_register
from dashboard.register.errors import NotFoundError
from dashboard.register.exchange.tables_out import MEDIA_TYPES, Format
from etl.settings import Settings

HTML_TYPE = "text/html; charset=utf-8"
# A whole office may share one address.
MOST_A_MINUTE = 1_200


def embed_routes(settings: Settings, *, most_a_minute: int = MOST_A_MINUTE) -> list[Route]:
    """Return the routes of the embedded list and map.

    Parameters
    ----------
    most_a_minute
        How many questions one address may ask.
    """
    documents, rate = Documents(settings), Rate(most=most_a_minute, within_s=60)

    def page(draw: Callable[..., bytes]) -> Callable[[Request], bytes]:
        def drawn(request: Request) -> bytes:
            root = request.scope.get("root_path", "")
            try:
                return draw(_parameters(request), root=root)
            except NotFoundError as error:
                return documents.refusal_page(error, root=root)

        return drawn

    def points(request: Request) -> bytes:
        return json_bytes(points_in_view(open_register(settings), _parameters(request)))

    return [
        open_route(LIST_PATH, page(documents.list_page), rate=rate, media_type=HTML_TYPE),
        open_route(MAP_PATH, page(documents.map_page), rate=rate, media_type=HTML_TYPE),
        open_route(POINTS_PATH, points, rate=rate, media_type=MEDIA_TYPES[Format.GEOJSON]),
    ]


def _parameters(request: Request) -> Mapping[str, str]:
    return dict(request.query_params)
