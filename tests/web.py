"""Ask an ASGI app for an address without a server between."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
from starlette.types import ASGIApp

Answer = TypeVar("Answer")


def run_apart(asked: Coroutine[Any, Any, Answer]) -> Answer:
    """Return what a coroutine gives, on a thread of its own: a browser's tests may hold this thread's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked).result()


class Client:
    """A browser's part in one request and answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, address: str, *, headers: dict[str, str] | None = None) -> httpx.Response:
        """Return the app's answer."""
        return self.ask("GET", address, headers=headers)

    def ask(self, method: str, address: str, *, headers: dict[str, str] | None = None) -> httpx.Response:
        """Return the app's answer to any method."""
        return run_apart(self._ask(method, address, headers or {}))

    async def _ask(self, method: str, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, address, headers=headers)
