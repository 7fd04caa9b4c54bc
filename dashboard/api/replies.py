"""How the routes answer: packed once, kept by the browser, refused in JSON."""

from __future__ import annotations

import gzip
import hashlib
import re

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
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    if not _takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(gzip.decompress(packed), media_type=media_type, headers=headers)
    return Response(packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})


def _takes_gzip(accepted: str) -> bool:
    """Return whether a header names gzip, and not only to refuse it with a quality of nought (RFC 9110, 12.5.3)."""
    qualities = dict(re.findall(r"([\w*-]+)\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?", accepted.lower()))
    return "gzip" in qualities and float(qualities["gzip"] or 1) > 0


def refusal(what: str, *, status_code: int = 404) -> JSONResponse:
    """Return a refusal that says what was not found."""
    return JSONResponse({"error": what}, status_code=status_code, headers={"Cache-Control": "no-store"})
