"""What is answered while the register cannot be reached: 503, in words, instead of an error of the database's."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.api.replies import refusal
from dashboard.register.errors import UnavailableError

NOT_NOW = 503
TRY_AGAIN_S = 30


class Unavailable:
    """ASGI middleware that answers for every route whose register cannot be reached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; an answer that has begun already is broken off instead."""
        has_begun = False

        async def watch(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except UnavailableError as error:
            if has_begun or scope["type"] != "http":
                raise
            reply = refusal(str(error), status_code=NOT_NOW)
            reply.headers["Retry-After"] = str(TRY_AGAIN_S)
            reply.headers["Access-Control-Allow-Origin"] = "*"
            await reply(scope, receive, send)
