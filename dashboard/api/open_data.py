"""How open data is answered: to anyone, from any website, at a rate, unchanged only once, refused in JSON."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.api.rates import Rate
from dashboard.api.replies import ASK_EACH_TIME, packed_reply, refusal
from dashboard.register.errors import NotFoundError
from dashboard.register.exchange.errors import UploadError

# What other websites' scripts may do; there is nothing to sign in to, so every one of them may.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "X-Robots-Tag": "noindex",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_READS = ("GET", "HEAD")
_ALL_METHODS = [*_READS, "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
JSON_TYPE = "application/json"
_PACKING = 5

Body = Callable[[Request], bytes]


def open_route(path: str, body: Body, *, rate: Rate, media_type: str = JSON_TYPE, file_name: str = "") -> Route:
    """Return a route of open data.

    Parameters
    ----------
    body
        Makes the content; a `UploadError` of its is the asker's mistake (400), a `NotFoundError` is a 404.
    file_name
        Of a download; none for what is read by programs.
    """

    def endpoint(request: Request) -> Response:
        reply = _answer(request, body, rate=rate, media_type=media_type)
        reply.headers.update(OPEN_TO_ALL)
        if file_name and reply.status_code < 300:  # noqa: PLR2004
            reply.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return reply

    return Route(path, endpoint, methods=_ALL_METHODS)


def json_bytes(body: Any) -> bytes:  # noqa: ANN401
    """Return JSON."""
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _answer(request: Request, body: Body, *, rate: Rate, media_type: str) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**_PREFLIGHT, "Allow": _PREFLIGHT["Access-Control-Allow-Methods"]})
    if request.method not in _READS:
        reply: Response = refusal("This is read only. Ask with GET.", status_code=405)
        reply.headers["Allow"] = _PREFLIGHT["Access-Control-Allow-Methods"]
        return reply
    wait_s = rate.seconds_to_wait(request)
    if wait_s:
        reply = refusal(f"Too many questions from your address. Ask again in {wait_s} seconds.", status_code=429)
        reply.headers["Retry-After"] = str(wait_s)
        return reply
    try:
        packed = gzip.compress(body(request), compresslevel=_PACKING, mtime=0)
    except UploadError as error:
        return refusal(str(error), status_code=400)
    except NotFoundError as error:
        return refusal(str(error), status_code=404)
    return packed_reply(request, packed, media_type=media_type, cache_control=ASK_EACH_TIME)
