"""A publisher's web site on this machine: files with ranges and validators, a feature service, and faults on demand."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fault = Callable[["Asked"], None]


@dataclass
class PublishedFile:
    """A file as a web server gives it."""

    content: bytes
    content_type: str = "text/csv"
    etag: str = '"edition-1"'
    last_modified: str = ""
    honours_ranges: bool = True


@dataclass
class FeatureService:
    """A layer of an ArcGIS feature service; rows come as its REST API gives them."""

    rows: list[dict[str, Any]]
    geometries: list[dict[str, Any]] | None = None
    page_rows: int = 3
    edition: int | None = 1_700_000_000_000
    says_count: int | None = None
    overlap: int = 0
    says_cut: bool = True
    code: str = "CODE"

    def about(self) -> dict[str, Any]:
        said = {"fields": [{"name": name} for name in self.rows[0]], "objectIdField": "FID"}
        said["maxRecordCount"] = self.page_rows
        return said | ({"editingInfo": {"dataLastEditDate": self.edition}} if self.edition else {})

    def query(self, given: dict[str, str]) -> dict[str, Any]:
        chosen = [n for n, row in enumerate(self.rows) if given["where"] == "1=1" or row[self.code].startswith("E")]
        if given.get("returnCountOnly") == "true":
            return {"count": len(chosen) if self.says_count is None else self.says_count}
        start = max(0, int(given["resultOffset"]) - (self.overlap if given["resultOffset"] != "0" else 0))
        end = start + min(int(given["resultRecordCount"]), self.page_rows)
        names = self.rows[0] if given["outFields"] == "*" else given["outFields"].split(",")
        is_cut = self.says_cut and end < len(chosen)
        page = [(n, {name: self.rows[n][name] for name in names}) for n in chosen[start:end]]
        if given["f"] == "geojson":
            assert self.geometries is not None
            features = [
                {"type": "Feature", "id": n, "geometry": self.geometries[n], "properties": row} for n, row in page
            ]
            return {"type": "FeatureCollection", "properties": {"exceededTransferLimit": is_cut}, "features": features}
        assert given["returnGeometry"] == "false"
        return {"features": [{"attributes": row} for _, row in page], "exceededTransferLimit": is_cut}


class Asked(BaseHTTPRequestHandler):
    """One request."""

    site: Publisher

    def do_GET(self) -> None:
        self.site.asked.append(self)
        if self.site.faults:
            fault = self.site.faults.popleft()
            if fault is not None:
                fault(self)
                return
        path = urlsplit(self.path).path
        published = self.site.published.get(path.removesuffix("/query"))
        if isinstance(published, FeatureService):
            given = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            answer = published.query(given) if path.endswith("/query") else published.about()
            self.give(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})
        elif isinstance(published, PublishedFile):
            self.give_file(published)
        else:
            self.give(404, b"<html>moved</html>", {"Content-Type": "text/html"})

    def give_file(self, file: PublishedFile) -> None:
        facts = {"Content-Type": file.content_type, "ETag": file.etag, "Last-Modified": file.last_modified}
        facts = {name: value for name, value in facts.items() if value}
        validators = {file.etag, file.last_modified} - {""}
        if self.headers.get("If-None-Match") in validators or self.headers.get("If-Modified-Since") in validators:
            self.give(304, b"", facts)
            return
        wanted = self.headers.get("Range", "")
        if wanted and file.honours_ranges and self.headers.get("If-Range") in validators:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(file.content):
                self.give(416, b"", {"Content-Range": f"bytes */{len(file.content)}"})
                return
            rest = file.content[start:]
            facts["Content-Range"] = f"bytes {start}-{len(file.content) - 1}/{len(file.content)}"
            self.give(206, rest, facts)
            return
        self.give(200, file.content, facts)

    def give(self, status: int, content: bytes, facts: dict[str, str], *, promised: int | None = None) -> None:
        self.send_response(status)
        for name, value in facts.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if promised is None else promised))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@dataclass
class Publisher:
    """The site: what is published, what goes wrong with the next requests, and what was asked."""

    address: str = ""
    published: dict[str, PublishedFile | FeatureService] = field(default_factory=dict)
    faults: deque[Fault | None] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)

    def publish(self, path: str, what: PublishedFile | FeatureService) -> str:
        self.published[path] = what
        return self.address + path


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    """Serve a site until the block ends."""
    site = Publisher()
    handler = type("AskedOfSite", (Asked,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def cut_after(count: int) -> Fault:
    """Return the fault of a connection that closes in the middle of a file."""

    def fault(asked: Asked) -> None:
        file = asked.site.published[urlsplit(asked.path).path]
        assert isinstance(file, PublishedFile)
        facts = {"ETag": file.etag, "Last-Modified": file.last_modified}
        facts = {name: value for name, value in facts.items() if value}
        asked.give(200, file.content[:count], facts, promised=len(file.content))

    return fault


def answer(status: int, content: bytes = b"", **facts: str) -> Fault:
    """Return the fault of an answer that is not the file."""
    return lambda asked: asked.give(status, content, {name.replace("_", "-"): text for name, text in facts.items()})
