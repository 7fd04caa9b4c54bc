"""What the server hands out beside the pages, and what it tells browsers; no snapshot is needed for any of it."""

from __future__ import annotations

import errno
import gzip
import json
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from dashboard.api.no_such_page import NoSuchPage
from dashboard.api.replies import packed_reply
from dashboard.api.security_headers import (
    SecurityHeaders,
    basemap_origin,
    content_security_policy,
    page_script_hashes,
)
from dashboard.api.serving import extra_routes, warm_start
from dashboard.api.vendor import NODE_MODULES, vendor_routes
from dashboard.components.maps.assets import OWN_FILES, VENDOR_FILES, content_hash, own_address, read_own
from etl.settings import PROJECT, read_settings
from tests.unit.small_snapshot import make_home
from tests.web import Client, run_apart

# Fonts are read from their folder by briefs and are sent to nobody.
PACKAGES = {
    name: version
    for name, version in json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"].items()
    if not name.startswith("@expo-google-fonts/")
}
LOCKED = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(Starlette(routes=extra_routes(read_settings({}, home=tmp_path))))


@pytest.fixture
def library(tmp_path: Path) -> Client:
    """Return a server of map libraries that are there, whatever is installed here."""
    for file in VENDOR_FILES:
        path = tmp_path / file.package / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/* {file.address} */" * 50, encoding="utf-8")
    (tmp_path / "leaflet" / "package.json").write_text("{}", encoding="utf-8")
    return Client(Starlette(routes=vendor_routes(tmp_path)))


@pytest.mark.parametrize("package", PACKAGES)
def test_addresses_carry_the_version_that_is_pinned_and_locked(package: str) -> None:
    versions = {file.version for file in VENDOR_FILES if file.package == package}
    assert versions == {PACKAGES[package]} == {LOCKED[f"node_modules/{package}"]["version"]}


def test_the_lock_file_names_no_registry() -> None:
    assert not any("resolved" in package for package in LOCKED.values())
    assert "registry" not in (PROJECT / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", VENDOR_FILES, ids=lambda file: file.path)
def test_a_library_is_served_packed_and_may_be_kept_for_ever(library: Client, file: object) -> None:
    answer = library.get(file.address)  # type: ignore[attr-defined]
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"] == file.media_type  # type: ignore[attr-defined]
    assert answer.text.startswith(f"/* {file.address}")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    [
        "/vendor/leaflet@1.9.4/package.json",
        "/vendor/leaflet@1.9.3/dist/leaflet.js",
        "/vendor/leaflet@1.9.4/dist/../package.json",
        "/vendor/leaflet@1.9.4/dist/%2e%2e/package.json",
        "/vendor/../../etc/passwd",
        "/vendor/",
        "/assets/0000000000000000/neighbourhoods.js",
        "/assets/x/layers.py",
    ],
)
def test_nothing_but_the_closed_list_is_served(library: Client, address: str) -> None:
    assert library.get(address).status_code == 404


def test_libraries_that_are_not_installed_are_refused_with_what_to_do(tmp_path: Path) -> None:
    answer = Client(Starlette(routes=vendor_routes(tmp_path))).get(VENDOR_FILES[0].address)
    assert answer.status_code == 503
    assert "make setup" in answer.json()["error"]


def test_libraries_are_looked_for_where_npm_puts_them() -> None:
    assert NODE_MODULES == PROJECT / "node_modules"


@pytest.mark.parametrize("name", OWN_FILES)
def test_our_own_files_are_served_under_a_hash_of_what_they_hold(client: Client, name: str) -> None:
    answer = client.get(own_address(name))
    assert answer.content == read_own(name)
    assert content_hash(name) in own_address(name)
    assert "immutable" in answer.headers["cache-control"]


def test_a_file_that_is_not_ours_is_not_read() -> None:
    with pytest.raises(KeyError):
        read_own("../layers.py")


def reply_of(headers: dict[str, str]) -> Response:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "headers": raw, "path": "/", "method": "GET"})
    return packed_reply(request, gzip.compress(b"figures", mtime=0), media_type="text/plain")


def test_a_browser_that_cannot_unpack_gets_it_unpacked() -> None:
    plain = reply_of({"accept-encoding": "identity"})
    assert plain.body == b"figures"
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("wrap", ["{}", "W/{}", '"other", {}'])
def test_a_browser_that_has_it_already_is_told_so(wrap: str) -> None:
    tag = reply_of({}).headers["etag"]
    again = reply_of({"if-none-match": wrap.format(tag)})
    assert (again.status_code, again.body) == (304, b"")


def test_a_browser_that_has_another_one_gets_it() -> None:
    assert reply_of({"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/tiles/none/lsoa/5/15/10.mvt",
        "/values/none/lsoa/imd_2025.bin",
        "/members/none/lsoa/E08000003.bin",
        "/areas/none/lsoa/1.json",
        "/tiles/..etc/lsoa/5/15/10.mvt",
        "/tiles/current/lsoa/5/15/10.mvt",
    ],
)
def test_a_snapshot_that_is_not_there_is_refused_in_json(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {"error": "There is no such snapshot."}


def test_a_rank_on_a_card_is_out_of_those_that_have_one(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    small = Client(Starlette(routes=extra_routes(settings)))
    card = small.get("/areas/small/lsoa/4.json?indicators=imd_2025,imd_2019").json()
    # Neighbourhood 3 of the twelve has no figure of 2019.
    assert [value["rank"] for value in card["values"]] == [f"rank 5 of {n}, where 1 is worst" for n in (12, 11)]


def test_health_says_that_the_home_cannot_be_read(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    pointer = tmp_path / "snapshots" / "current"
    pointer.parent.mkdir()
    pointer.write_text("any.duckdb", encoding="utf-8")
    monkeypatch.setattr(Path, "read_text", refuse)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"error": "What is loaded cannot be read."}


def test_health_answers_when_nothing_is_loaded(client: Client) -> None:
    answer = client.get("/health")
    assert answer.json() == {"status": "ok", "build_id": ""}
    assert answer.headers["cache-control"] == "no-store"


def test_the_service_starts_when_nothing_is_loaded(tmp_path: Path) -> None:
    settings = read_settings({}, home=tmp_path)
    start_and_stop(warm_start(settings))


def start_and_stop(lifespan: Callable[[object], AbstractAsyncContextManager[None]]) -> None:
    async def run() -> None:
        async with lifespan(None):
            pass

    run_apart(run())


def answer_with_headers(path: str, basemap_url: str = "") -> httpx.Response:
    routes = [Route("/{rest:path}", lambda _: PlainTextResponse("here"))]
    app = Starlette(routes=routes, middleware=[Middleware(SecurityHeaders, basemap_url=basemap_url)])
    return Client(app).get(path)


def rules_of(answer: httpx.Response) -> dict[str, str]:
    rules = answer.headers["content-security-policy"].split("; ")
    return {name: rest for name, _, rest in (rule.partition(" ") for rule in rules)}


def test_a_page_runs_no_script_but_ours_and_streamlits_own() -> None:
    rules = rules_of(answer_with_headers("/"))
    assert rules["script-src"] == " ".join(("'self'", *page_script_hashes()))
    assert len(page_script_hashes()) == 1
    assert "unsafe" not in rules["script-src"]
    assert rules["object-src"] == "'none'"
    assert rules["frame-ancestors"] == "'self'"
    assert rules["connect-src"] == "'self'"


def test_only_a_component_frame_may_evaluate() -> None:
    rules = rules_of(answer_with_headers("/component/streamlit_folium.st_folium/index.html"))
    assert rules["script-src"] == "'self' 'unsafe-inline' 'unsafe-eval'"
    assert rules["connect-src"] == "'self'"


def test_an_address_that_only_mentions_components_is_a_page() -> None:
    for path in ("/find/component/x", "/component/dashboard.components.share.copy_link/index.html"):
        assert "unsafe" not in rules_of(answer_with_headers(path))["script-src"]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://tile.example/{z}/{x}/{y}.png", "https://tile.example"),
        ("https://{s}.tile.example:8443/{z}/{x}/{y}.png", "https://*.tile.example:8443"),
        ("/streets/{z}/{x}/{y}.png", ""),
        ("", ""),
    ],
)
def test_images_may_come_from_the_base_map_and_from_no_other_host(url: str, origin: str) -> None:
    assert basemap_origin(url) == origin
    expected = f"'self' data: blob: {origin}".strip()
    assert rules_of(answer_with_headers("/", basemap_url=url))["img-src"] == expected


def test_a_policy_names_each_rule_once() -> None:
    names = [rule.split(" ")[0] for rule in content_security_policy(script_sources=(), basemap="").split("; ")]
    assert len(names) == len(set(names))


def test_every_answer_carries_the_other_headers_too() -> None:
    headers = answer_with_headers("/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_a_web_socket_passes_through_untouched() -> None:
    seen: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    async def nothing() -> Message:
        return {}

    async def nowhere(_message: Message) -> None:
        return

    run_apart(SecurityHeaders(inner)({"type": "websocket", "path": "/"}, nothing, nowhere))
    assert seen == ["websocket"]


@pytest.mark.parametrize("query", ["", "?level=ward&at=E01000001"])
def test_the_first_page_is_found_by_its_name_too(client: Client, query: str) -> None:
    answer = client.get(f"/find{query}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/{query}")


@pytest.fixture(scope="module")
def pages() -> Client:
    """Return Streamlit's own files, with a page of ours beside them."""
    ours = Route("/embed/list", lambda _: HTMLResponse("a list"))
    routes = [ours, *create_streamlit_static_assets_routes(None)]
    return Client(Starlette(routes=routes, middleware=[Middleware(NoSuchPage)]))


@pytest.mark.parametrize("path", ["/nothing/here", "/area/E01005123", "/static/js/of-last-year.js"])
def test_an_address_that_would_be_a_blank_page_says_that_there_is_none(pages: Client, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'href="/"' in answer.text
    assert "streamlit" not in answer.text.lower()


@pytest.mark.parametrize("path", ["/", "/area"])
def test_a_page_is_left_as_it_is(pages: Client, path: str) -> None:
    answer = pages.get(path)
    assert answer.status_code == 200
    assert "<title>Streamlit</title>" in answer.text


def test_pages_of_ours_and_scripts_in_folders_are_left_as_they_are(pages: Client) -> None:
    assert pages.get("/embed/list").text == "a list"
    script = re.search(r'src="\./(static/js/[^"]+)"', pages.get("/").text)
    assert script is not None
    assert pages.get(f"/{script[1]}").headers["content-type"].startswith("text/javascript")
