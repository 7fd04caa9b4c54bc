"""How the routes answer: packed once, kept by the browser, refused in JSON."""

from __future__ import annotations

import gzip
import hashlib

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"


def packed_reply(request: Request, packed: bytes, *, media_type: str, cache_control: str = FOR_EVER) -> Response:
    """Return content that is kept gzip-packed; a browser that has it already is told so.

    Parameters
    ----------
    packed
        The content, gzip.
    """
    tag = f'"{hashlib.sha256(packed).hexdigest()[:24]}"'
    headers = {"Cache-Control": cache_control, "ETag": tag, "Vary": "Accept-Encoding"}
    if tag in (part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(packed), media_type=media_type, headers=headers)
    return Response(packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})


def refusal(what: str, *, status_code: int = 404) -> JSONResponse:
    """Return a refusal that says what was not found."""
    return JSONResponse({"error": what}, status_code=status_code, headers={"Cache-Control": "no-store"})
