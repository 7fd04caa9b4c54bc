"""The feed client asks page by page, waits when asked to, and goes nowhere it must not."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral.addresses import check_address
from dashboard.register.exchange.open_referral.feed import FeedClient, FeedLimits

BASE = "https://feed.example.org/v3"
Answer = Callable[[httpx.Request], httpx.Response]


def _public(_host: str, _port: int) -> list[str]:
    return ["93.184.215.14"]


def _client(answer: Answer, *, waits: list[float] | None = None, **limits: int) -> FeedClient:
    return FeedClient(
        BASE,
        limits=FeedLimits(**limits),
        sleep=(waits if waits is not None else []).append,
        resolve=_public,
        transport=httpx.MockTransport(answer),
    )


def _json(body: object, *, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(json.dumps(body).encode()), headers=headers)


def test_every_page_and_every_service_is_asked_for_by_name_at_the_number_that_was_checked() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.url.path.endswith("/services"):
            page = int(request.url.params["page"])
            contents = [{"id": f"{page}", "name": "x"}, {"id": f"{page}/b", "name": "y", "contacts": [{"id": "c"}]}]
            return _json({"contents": contents, "last_page": page == 2, "total_pages": 2})
        return _json({"id": request.url.path.rpartition("/")[2], "name": "whole"})

    waits: list[float] = []
    told: list[tuple[int, int]] = []
    found = _client(answer, waits=waits).services(progress=lambda done, of: told.append((done, of)))
    assert [one["name"] for one in found] == ["whole", "y", "whole", "y"]
    assert {request.url.host for request in asked} == {"93.184.215.14"}
    assert {request.headers["host"] for request in asked} == {"feed.example.org"}
    assert {request.extensions["sni_hostname"] for request in asked} == {"feed.example.org"}
    assert waits == [0.2] * 4
    assert told[-1] == (4, 4)


def test_a_feed_of_version_1_ends_at_its_last_page() -> None:
    page = {"totalPages": 1, "last": True, "content": [{"id": "1", "name": "x", "contacts": [{"id": "c"}]}]}
    assert len(_client(lambda _: _json(page)).services()) == 1


def test_a_feed_that_is_busy_is_asked_again_after_the_time_it_names() -> None:
    answers = iter([httpx.Response(429, headers={"Retry-After": "7"}), _json({"contents": []})])
    waits: list[float] = []
    assert _client(lambda _: next(answers), waits=waits).services() == []
    assert waits[0] == 7.0


def _redirect_to(address: str) -> Answer:
    return lambda _: httpx.Response(302, headers={"Location": address})


def _never_ending(_: httpx.Request) -> httpx.Response:
    return _json({"contents": [{"id": "1", "name": "x", "contacts": [{"id": "c"}]}]})


def _broken(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda _: httpx.Response(500), "number 500"),
        (lambda _: httpx.Response(429), "number 429"),
        (lambda _: httpx.Response(200, stream=httpx.ByteStream(b"<html>")), "not JSON"),
        (lambda _: _json([1]), "not an object"),
        (lambda _: _json({}, headers={"content-encoding": "gzip"}), "packs"),
        (lambda _: httpx.Response(200, stream=httpx.ByteStream(b"x" * 2_000)), "bigger than"),
        (_redirect_to("https://feed.example.org/v3/services"), "round in circles"),
        (_redirect_to("file:///etc/passwd"), "must begin with https"),
        (_broken, "does not answer"),
        (_never_ending, "more than 5 services"),
    ],
)
def test_what_a_feed_may_not_do_is_refused_in_words(answer: Answer, says: str) -> None:
    with pytest.raises(UploadError, match=says):
        _client(answer, max_page_bytes=1_000, max_services=5, max_pages=10).services()


def test_a_redirection_into_the_house_is_not_followed() -> None:
    def resolve(host: str, _port: int) -> list[str]:
        return ["10.0.0.5"] if host == "inside.example.org" else ["93.184.215.14"]

    moved = httpx.MockTransport(_redirect_to("http://inside.example.org/admin"))
    client = FeedClient(BASE, sleep=lambda _: None, resolve=resolve, transport=moved)
    with pytest.raises(UploadError, match="private network"):
        client.services()


@pytest.mark.parametrize(
    ("url", "numbers", "says"),
    [
        ("ftp://feed.example.org", ["93.184.215.14"], "must begin"),
        ("javascript:alert(1)", ["93.184.215.14"], "must begin"),
        ("https://", ["93.184.215.14"], "must begin"),
        ("https://me:secret@feed.example.org", ["93.184.215.14"], "sign-in"),
        ("https://[broken", [], "cannot be read"),
        ("https://feed.example.org:99999", [], "cannot be read"),
        ("http://localhost", ["127.0.0.1"], "private"),
        ("http://x.example.org", ["93.184.215.14", "192.168.0.1"], "private"),
        ("http://x.example.org", ["169.254.169.254"], "private"),
        ("http://x.example.org", ["::1"], "private"),
        ("http://x.example.org", ["::ffff:10.0.0.1"], "private"),
        ("http://x.example.org", ["0.0.0.0"], "private"),  # noqa: S104
        ("http://x.example.org", ["224.0.0.1"], "private"),
        ("http://x.example.org", [], "private"),
    ],
)
def test_an_address_that_must_not_be_asked_is_refused(url: str, numbers: list[str], says: str) -> None:
    with pytest.raises(UploadError, match=says):
        check_address(url, resolve=lambda _host, _port: numbers)


def test_a_name_that_cannot_be_found_is_refused_and_a_private_one_allowed_on_request() -> None:
    def lost(_host: str, _port: int) -> list[str]:
        raise OSError

    with pytest.raises(UploadError, match="cannot be found"):
        check_address("https://feed.example.org", resolve=lost)
    target = check_address("http://127.0.0.1:8000/x", allow_private=True, resolve=lambda host, _port: [host])
    assert (target.address, target.port) == ("127.0.0.1", 8000)
