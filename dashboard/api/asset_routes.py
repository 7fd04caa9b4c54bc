"""What a map fetches of the register: numbers to draw, and the words of the entries that somebody points at.

Only what is published and public is here, whoever asks. Nothing is kept by the browser without asking again, so an
asset that was published a second ago is there the next time the map moves or the page changes.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.api.replies import ASK_EACH_TIME, packed_reply, refusal
from dashboard.assets.card import card_of
from dashboard.assets.live import live_table
from dashboard.assets.live_map import MOST_NAMED, draw_assets
from dashboard.assets.view import read_asset_view
from dashboard.components.maps.places import Bounds
from dashboard.opening import open_register
from dashboard.register.errors import NotFoundError
from dashboard.register.register import Register
from etl.settings import Settings

JSON_TYPE = "application/json"
BAD_REQUEST = 400
_LONGEST_NUMBER = 18
# No view of a map has larger numbers, however often it has gone round the world.
_LARGEST = 10_000.0

Answer = Callable[[Request, Register], Response]


def asset_routes(settings: Settings) -> list[Route]:
    """Return the routes of the asset layer."""

    def of_register(answer: Answer) -> Callable[[Request], Response]:
        return lambda request: answer(request, open_register(settings))

    return [
        Route("/map-assets/view.json", of_register(_view)),
        Route("/map-assets/cards.json", of_register(_cards)),
    ]


def _view(request: Request, register: Register) -> Response:
    box = _numbers(request.query_params.get("bbox", ""))
    zoom = _numbers(request.query_params.get("zoom", ""))
    if len(box) != len(("west", "south", "east", "north")) or len(zoom) != 1:
        return refusal("Give bbox as west,south,east,north in degrees, and zoom.", status_code=BAD_REQUEST)
    view = read_asset_view(request.query_params)
    drawn = draw_assets(register, live_table(register), view=view, bounds=Bounds(*box), zoom=zoom[0])
    return _reply(request, drawn)


def _cards(request: Request, register: Register) -> Response:
    asked = request.query_params.get("keys", "").split(",")[:MOST_NAMED]
    keys = [int(key) for key in asked if key.isascii() and key.isdecimal() and len(key) <= _LONGEST_NUMBER]
    table, cards = live_table(register), []
    for row in filter(lambda row: row is not None, map(table.row_of, keys)):
        try:
            cards.append(card_of(register, asset_id=str(table.asset_id[row])))
        except NotFoundError:  # taken back since the table was read
            continue
    return _reply(request, cards)


def _numbers(text: str) -> list[float]:
    """Return numbers with commas between them, or none when any of them is no number or far too large."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return []
    return numbers if all(abs(number) <= _LARGEST for number in numbers) else []


def _reply(request: Request, content: object) -> Response:
    packed = gzip.compress(json.dumps(content, separators=(",", ":")).encode(), mtime=0)
    return packed_reply(request, packed, media_type=JSON_TYPE, cache_control=ASK_EACH_TIME)
