"""What a browser is told it may do with our pages: nothing that the pages do not need.

See docs/decisions for what was tried, and why the frame of the map needs more than the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The frame of the map; other components need no more than a page does.
MAP_FRAME_PREFIX = "/component/streamlit_folium.st_folium/"
# Its address holds the token of an invitation: told to no other site, kept in no cache.
CLAIM_PATH = "/claim"
# Pages of ours that another website may show in a frame; no other page may be.
EMBED_PREFIX = "/embed/"
# Open data, which the scripts of any website may read.
OPEN_PREFIXES = (EMBED_PREFIX, "/openreferral/", "/open-data/")

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

FIXED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLAIM_HEADERS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer.

    Parameters
    ----------
    basemap_url
        Address of the base map; its host is the only other one that images may come from. Empty when none is offered.
    """

    def __init__(self, app: ASGIApp, *, basemap_url: str = "") -> None:
        self._app = app
        basemap = basemap_origin(basemap_url)
        self._page_policy = content_security_policy(script_sources=page_script_hashes(), basemap=basemap)
        self._embed_policy = embed_policy(basemap=basemap)
        # streamlit-folium writes the map's script into its frame and evaluates each restyling message.
        self._frame_policy = content_security_policy(
            script_sources=("'unsafe-inline'", "'unsafe-eval'"), basemap=basemap
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        policy = self._policy_for(path)
        is_open = f"{path}/".startswith(OPEN_PREFIXES)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                for name, value in (FIXED_HEADERS | (CLAIM_HEADERS if path == CLAIM_PATH else {})).items():
                    headers[name] = value
                if is_open:
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _policy_for(self, path: str) -> str:
        if path.startswith(MAP_FRAME_PREFIX):
            return self._frame_policy
        return self._embed_policy if f"{path}/".startswith(EMBED_PREFIX) else self._page_policy


def content_security_policy(*, script_sources: tuple[str, ...], basemap: str) -> str:
    """Return a Content-Security-Policy.

    Parameters
    ----------
    script_sources
        What may run besides scripts from this server.
    basemap
        Origin that map images may come from; empty for none.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_sources)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(filter(None, ("'self'", "data:", "blob:", basemap))),
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def embed_policy(*, basemap: str) -> str:
    """Return the policy of what other websites may show: nothing inline, nothing but what such a page needs."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": " ".join(filter(None, ("'self'", "data:", basemap))),
        "connect-src": "'self'",
        "frame-ancestors": "*",
        "form-action": "'self'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def basemap_origin(url: str) -> str:
    """Return the origin of an XYZ address as a policy names it; empty for none or for one on this server."""
    if not url or url.startswith("/"):
        return ""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def page_script_hashes() -> tuple[str, ...]:
    """Return the hashes of the inline scripts in Streamlit's own page, so that no other inline script runs."""
    html = (files("streamlit") / "static" / "index.html").read_text(encoding="utf-8")
    return tuple(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(html)
    )
