"""Ask an ASGI app for an address without a server between."""

from __future__ import annotations

import asyncio

import httpx
from starlette.types import ASGIApp


class Client:
    """A browser's part in one request and answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, address: str, *, headers: dict[str, str] | None = None) -> httpx.Response:
        """Return the app's answer."""
        return self.ask("GET", address, headers=headers)

    def ask(self, method: str, address: str, *, headers: dict[str, str] | None = None) -> httpx.Response:
        """Return the app's answer to any method."""
        return asyncio.run(self._ask(method, address, headers or {}))

    async def _ask(self, method: str, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, address, headers=headers)
