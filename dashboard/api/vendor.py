"""The map libraries and our own scripts, from a closed list."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.api.replies import packed_reply, refusal
from dashboard.components.maps.assets import OWN_FILES, VENDOR_FILES, media_type_of, own_address, read_own
from etl.settings import PROJECT

NODE_MODULES = PROJECT / "node_modules"

_VENDOR_BY_ADDRESS = {file.address: file for file in VENDOR_FILES}


def vendor_routes(node_modules: Path = NODE_MODULES) -> list[Route]:
    """Return the routes of the map libraries and of our own scripts."""

    def vendor(request: Request) -> Response:
        file = _VENDOR_BY_ADDRESS.get(request.url.path)
        if file is None:
            return refusal("There is no such file.")
        path = node_modules / file.package / file.path
        if not path.is_file():
            return refusal("The map libraries are not installed. Run “make setup”.", status_code=503)
        return packed_reply(request, _packed_file(path), media_type=file.media_type)

    return [Route("/vendor/{rest:path}", vendor), Route("/assets/{rest:path}", _own)]


def _own(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    if name not in OWN_FILES or request.url.path != own_address(name):
        return refusal("There is no such file.")
    return packed_reply(request, _packed_own(name), media_type=media_type_of(name))


@cache
def _packed_file(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


@cache
def _packed_own(name: str) -> bytes:
    return gzip.compress(read_own(name), mtime=0)
