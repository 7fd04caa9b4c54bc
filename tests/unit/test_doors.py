"""Who is let in at all, and how a person who has signed in comes back to their page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from uvicorn import Config

from dashboard.api.coming_back import COOKIE, ComingBack
from dashboard.api.doorkeeper import POLICY_VIOLATION, Doorkeeper
from dashboard.api.rates import asker
from dashboard.api.serving import door_middleware, header_middleware
from dashboard.people.signing_in import serving_environ
from etl.settings import Settings, read_settings
from tests.shared_mode import SHARED
from tests.web import Client, run_apart

HERE, ELSEWHERE = "127.0.0.1", "192.0.2.7"


def page(_request: Request) -> Response:
    response = PlainTextResponse("in")
    response.set_cookie("plain", "1")
    response.headers.append("Set-Cookie", "already=1; Secure")
    return response


def leave(_request: Request) -> Response:
    return RedirectResponse("https://login.example.org/")


def callback(_request: Request) -> Response:
    return RedirectResponse("/", status_code=302)


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


ROUTES = [
    Route("/", page),
    Route("/claim", page),
    Route("/health", page),
    Route("/auth/login", leave),
    Route("/oauth2callback", callback),
    WebSocketRoute("/_stcore/stream", stream),
]


def app_of(environ: Mapping[str, str]) -> Starlette:
    settings = read_settings(environ)
    return Starlette(routes=ROUTES, middleware=[*header_middleware(settings), *door_middleware(settings)])


def ask(
    app: Callable[..., Any],
    path: str = "/",
    *,
    host: str,
    client: str = HERE,
    scheme: str = "http",
    headers: Mapping[str, str] | None = None,
) -> list[Message]:
    """Return everything that an app answers to one request of any kind."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect" if scheme.startswith("ws") else "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    named = {"host": host, **(headers or {})}
    scope = {
        "type": "websocket" if scheme.startswith("ws") else "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "scheme": scheme,
        "client": (client, 1) if client else None,
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "subprotocols": [],
    }
    run_apart(app(scope, receive, send))
    return sent


def is_in(sent: list[Message]) -> bool:
    return sent[0].get("status") == 200 or sent[0]["type"] == "websocket.accept"


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501"])
def test_local_mode_lets_this_machine_in(host: str) -> None:
    assert is_in(ask(app_of({}), host=host))
    assert is_in(ask(app_of({}), "/_stcore/stream", host=host, scheme="ws", headers={"origin": f"http://{host}"}))


@pytest.mark.parametrize("host", ["evil.example:8501", "127.0.0.1.nip.io", "localhost.evil.example", "", "[::1", "a@b"])
def test_a_name_that_only_leads_to_this_machine_is_turned_away(host: str) -> None:
    answer = ask(app_of({}), host=host)
    assert answer[0]["status"] == 403
    assert b"nosniff" in dict(answer[0]["headers"]).values(), "refusals carry the security headers too"


@pytest.mark.parametrize("client", [ELSEWHERE, ""])
def test_local_mode_turns_other_machines_away_whatever_name_they_use(client: str) -> None:
    answer = ask(app_of({}), host="localhost:8501", client=client)
    assert answer[0]["status"] == 403
    assert b"shared mode" in answer[1]["body"]


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:3000", "null"])
def test_a_page_of_another_site_opens_no_connection(origin: str) -> None:
    sent = ask(app_of({}), "/_stcore/stream", host="localhost:8501", scheme="ws", headers={"origin": origin})
    assert sent == [{"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""}]


def test_shared_mode_lets_everybody_in_over_https_by_its_own_name() -> None:
    app = app_of(SHARED)
    assert is_in(ask(app, host="map.example.org", client=ELSEWHERE, scheme="https"))
    assert is_in(ask(app, host="map.example.org:443", client=ELSEWHERE, scheme="https"))
    assert ask(app, host="other.example.org", client=ELSEWHERE, scheme="https")[0]["status"] == 403


def test_shared_mode_says_over_plain_http_only_that_it_is_well() -> None:
    app = app_of(SHARED)
    answer = ask(app, host="map.example.org", client=ELSEWHERE)
    assert answer[0]["status"] == 403
    assert b"X-Forwarded-Proto" in answer[1]["body"]
    assert not is_in(ask(app, "/_stcore/stream", host="map.example.org", client=ELSEWHERE, scheme="ws"))
    assert is_in(ask(app, "/health", host="127.0.0.1:8501"))


@pytest.mark.parametrize(
    ("origin", "enters"),
    [("https://map.example.org", True), ("https://evil.example", False), ("http://map.example.org", False)],
)
def test_behind_a_proxy_that_changes_the_host_our_own_pages_still_connect(origin: str, enters: bool) -> None:  # noqa: FBT001
    headers = {"origin": origin}
    sent = ask(app_of(SHARED), "/_stcore/stream", host="127.0.0.1:8501", scheme="wss", headers=headers)
    assert is_in(sent) is enters


def test_over_https_every_cookie_is_for_https_only_and_the_browser_remembers_it() -> None:
    headers = ask(app_of(SHARED), host="map.example.org", scheme="https")[0]["headers"]
    cookies = [value for name, value in headers if name == b"set-cookie"]
    assert all(cookie.lower().count(b"secure") == 1 for cookie in cookies)
    assert len(cookies) == 2
    assert b"max-age" in dict(headers)[b"strict-transport-security"]
    local = ask(app_of({**SHARED, "COMMONGROUND_PUBLIC_URL": "http://localhost:8501"}), host="localhost:8501")
    assert b"strict-transport-security" not in dict(local[0]["headers"])


@pytest.mark.parametrize(
    ("peer", "says", "is_"),
    [
        (ELSEWHERE, "198.51.100.1", ELSEWHERE),
        (HERE, f"198.51.100.1, {ELSEWHERE}", ELSEWHERE),
        (HERE, f"127.0.0.1, {ELSEWHERE}", ELSEWHERE),
        (HERE, ELSEWHERE, ELSEWHERE),
    ],
    ids=["without a proxy", "before what the proxy adds", "as the proxy itself", "through the proxy"],
)
def test_nobody_is_another_sender_by_saying_so(peer: str, says: str, is_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server that Streamlit runs is told by its environment whose word on the sender is taken."""
    for name, value in serving_environ(read_settings(SHARED)).items():
        monkeypatch.setenv(name, value)
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse(asker(request)))])
    served = Config(app)
    served.load()
    sent = ask(served.loaded_app, host="map.example.org", client=peer, headers={"x-forwarded-for": says})
    assert sent[1]["body"].decode() == is_


def test_what_is_no_request_passes_by_the_doorkeeper(tmp_path: Path) -> None:
    seen: list[str] = []

    async def inner(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope["type"])

    run_apart(Doorkeeper(inner, settings=Settings(home=tmp_path))({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == ["lifespan"]


def test_the_address_of_an_invitation_is_told_to_no_other_site_and_kept_in_no_cache() -> None:
    headers = dict(ask(app_of(SHARED), "/claim", host="map.example.org", scheme="https")[0]["headers"])
    assert headers[b"referrer-policy"] == b"same-origin"
    assert headers[b"cache-control"] == b"no-store"


SIGN_IN = Client(Starlette(routes=ROUTES, middleware=[Middleware(ComingBack)]))


def come_back(referer: str) -> str:
    """Return where somebody who signs in from a page is led."""
    left = SIGN_IN.get("/auth/login", headers={"Referer": referer} if referer else {})
    name, _, value = left.headers["set-cookie"].partition(";")[0].partition("=")
    assert name == COOKIE
    assert "HttpOnly" in left.headers["set-cookie"]
    assert "Path=/oauth2callback" in left.headers["set-cookie"]
    back = SIGN_IN.get("/oauth2callback", headers={"Cookie": f"{COOKIE}={value}"})
    assert "Max-Age=0" in back.headers["set-cookie"]
    return back.headers["location"]


@pytest.mark.parametrize("path", ["/claim?token=a_B-c", "/area?area=E08000006&level=lad", "/data", "/"])
def test_after_signing_in_a_person_is_back_on_their_page(path: str) -> None:
    assert come_back(f"http://here{path}") == path


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "http://evil.example/claim",
        "http://here//evil.example",
        "http://here/\\evil.example",
        f"http://here/{'a' * 2000}",
    ],
)
def test_nobody_is_led_to_another_site(referer: str) -> None:
    assert come_back(referer) == "/"


@pytest.mark.parametrize(
    "kept", ["//evil.example", "https://evil.example", "/\\evil.example", "/a b", "/%0d%0aX: y", "/%C3%A9"]
)
def test_a_cookie_that_somebody_made_up_leads_to_the_first_page(kept: str) -> None:
    cookie = f"{COOKIE}={kept}"
    assert SIGN_IN.get("/oauth2callback", headers={"Cookie": cookie}).headers["location"] == "/"


def test_without_a_remembered_page_the_first_one_is_shown_and_other_pages_are_left_alone() -> None:
    assert SIGN_IN.get("/oauth2callback").headers["location"] == "/"
    assert COOKIE not in SIGN_IN.get("/claim").headers["set-cookie"]
