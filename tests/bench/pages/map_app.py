"""The app that bench_map.py measures: both maps in one process, with every byte that leaves it counted."""

from __future__ import annotations

import json
import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.serving import extra_routes, header_middleware, warm_start
from etl.settings import read_settings

LOG = Path(os.environ["BENCH_LOG"])


class CountBytes:
    """Write one line per message that leaves: what was asked for, and how many bytes of body were sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            size = len(message.get("body") or b"") + len(message.get("bytes") or b"")
            if size:
                with LOG.open("a", encoding="utf-8") as log:
                    log.write(json.dumps({"path": scope["path"], "bytes": size}) + "\n")
            await send(message)

        await self._app(scope, receive, counted)


_settings = read_settings(os.environ)

app = st.App(
    Path(__file__).with_name("map_page.py"),
    routes=extra_routes(_settings),
    middleware=[Middleware(CountBytes), *header_middleware(_settings)],
    lifespan=warm_start(_settings),
)
