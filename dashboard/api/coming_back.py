"""After signing in, a person comes back to the page on which they asked to; Streamlit itself leads to the first one.

The page is remembered in a cookie that only the provider's answer carries, because the sign-in leaves our pages.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN_PATH, CALLBACK_PATH = "/auth/login", "/oauth2callback"
COOKIE = "commonground_back"
LONGEST_SIGN_IN_S = 15 * 60
_LONGEST_PAGE = 1_500
_FIRST_PAGE = "/"


class ComingBack:
    """ASGI middleware that remembers the page before a sign-in and leads back to it afterwards."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] not in {LOGIN_PATH, CALLBACK_PATH}:
            await self._app(scope, receive, send)
            return
        request = Headers(scope=scope)

        async def send_with_page(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"] == LOGIN_PATH:
                    headers.append("Set-Cookie", _cookie(page_before(request), seconds=LONGEST_SIGN_IN_S))
                elif headers.get("location") == _FIRST_PAGE:
                    headers["Location"] = page_remembered(request)
                    headers.append("Set-Cookie", _cookie("", seconds=0))
            await send(message)

        await self._app(scope, receive, send_with_page)


def page_before(request: Headers) -> str:
    """Return the path and query of the page of ours that a request comes from; the first page for any other."""
    referer = urlsplit(request.get("referer", ""))
    if referer.netloc != request.get("host"):
        return _FIRST_PAGE
    return _page_of_ours(f"{referer.path}?{referer.query}" if referer.query else referer.path)


def page_remembered(request: Headers) -> str:
    """Return the page that the cookie of a request names, or the first page."""
    return _page_of_ours(unquote(cookie_parser(request.get("cookie", "")).get(COOKIE, _FIRST_PAGE)))


def _page_of_ours(page: str) -> str:
    """Return a page if it is a path on this server, else the first page: nobody is ever led to another site."""
    is_ours = page.startswith("/") and not page.startswith(("//", "/\\")) and page.isascii() and page.isprintable()
    return page if is_ours and " " not in page and len(page) <= _LONGEST_PAGE else _FIRST_PAGE


def _cookie(page: str, *, seconds: int) -> str:
    value = quote(page, safe="/")
    return f"{COOKIE}={value}; Path={CALLBACK_PATH}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
