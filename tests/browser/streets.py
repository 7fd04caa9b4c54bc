"""A base map for tests: a server on a port, and so an origin, of its own."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# One green pixel; a browser stretches it over the tile.
TILE = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\xa0\xd0\xa0"))
    + _chunk(b"IEND", b"")
)


class _Streets(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        is_tile = self.path.startswith("/streets/")
        self.send_response(200 if is_tile else 404)
        self.send_header("Content-Type", "image/png")
        self.send_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.end_headers()
        self.wfile.write(TILE if is_tile else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: a browser that no longer wants a tile hangs up."""


@contextmanager
def running_streets() -> Iterator[str]:
    """Serve base map tiles until the block ends; give the address."""
    with _Server(("127.0.0.1", 0), _Streets) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
