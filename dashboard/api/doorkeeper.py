"""Who is let in at all: from which machine, by which name, over what, before anything else looks at a request."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.addresses import is_loopback
from etl.settings import Settings

# What watches over the server asks it without TLS; the answers say nothing that is private.
HEALTH_PATHS = frozenset({"/health", "/_stcore/health"})
POLICY_VIOLATION = 1008
_YEAR_S = 365 * 24 * 60 * 60


class Doorkeeper:
    """ASGI middleware that turns away what must not come in.

    In local mode, where one person has every role: other machines, and names that only pretend to be this machine
    (DNS rebinding). In shared mode: names that are not ours, and plain HTTP when the public address is https. In both:
    WebSockets opened by pages of other sites (cross-site WebSocket hijacking). Over https, every cookie is marked
    Secure, which Streamlit leaves out.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._is_shared = settings.is_shared
        self._public_url = settings.sharing.public_url
        self._is_https = self._public_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if not refusal:
            await self._app(scope, receive, self._secured(send) if self._is_https else send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": ""})
        else:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        """Return why a request is turned away; empty when it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_shared and not is_loopback(scope["client"][0] if scope["client"] else ""):
            return "Common Ground is in local mode and answers this machine only. To let others in, use shared mode."
        if not self._is_our_name(host):
            return "Common Ground does not answer by this name. Check its public address and the proxy before it."
        if self._is_https and scope["scheme"] in {"http", "ws"} and scope["path"] not in HEALTH_PATHS:
            return (
                f"Common Ground answers over https only: {self._public_url}. If there is a proxy before it, that must "
                "send “X-Forwarded-Proto: https” and be one that is trusted (COMMONGROUND_TRUSTED_PROXIES)."
            )
        if scope["type"] == "websocket" and not self._is_our_page(headers.get("origin", ""), host):
            return "This page is not ours."
        return ""

    def _is_our_name(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return is_loopback(name) or bool(self._public_url and name == urlsplit(self._public_url).hostname)

    def _is_our_page(self, origin: str, host: str) -> bool:
        """Return whether a WebSocket comes from our own page; what is no browser sends no origin, and has no cookie."""
        return not origin or origin.lower() == self._public_url or origin.partition("://")[2] == host

    @staticmethod
    def _secured(send: Send) -> Send:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, _as_secure(value) if name.lower() == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
                MutableHeaders(scope=message)["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
            await send(message)

        return send_secured


def _as_secure(cookie: bytes) -> bytes:
    attributes = {part.strip().lower() for part in cookie.split(b";")[1:]}
    return cookie if b"secure" in attributes else cookie + b"; Secure"
