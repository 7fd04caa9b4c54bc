"""What is answered for an address of several parts that nothing here has, such as `/nothing/here`.

Streamlit answers it with its first page, which looks for its scripts beside that address and stays blank. Of an address
of one part it says itself that there is no such page.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.components.maps.assets import own_address

NO_SUCH_PAGE = f"""<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>There is no such page · Common Ground</title>
  <link rel="stylesheet" href="{own_address("embed.css")}">
</head>
<body>
  <main>
    <h1>There is no such page</h1>
    <p>Common Ground has nothing at this address. It may be mistyped, or cut off in the middle.</p>
    <p><a href="/">Go to the first page</a></p>
  </main>
</body>
</html>
"""


class NoSuchPage:
    """ASGI middleware that says in words that there is no such page, where Streamlit would show a blank one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or "/" not in scope["path"].strip("/"):
            await self._app(scope, receive, send)
            return
        is_blank = False

        async def send_in_words(message: Message) -> None:
            nonlocal is_blank
            if message["type"] == "http.response.start" and _is_first_page(scope, message):
                is_blank = True
                await HTMLResponse(NO_SUCH_PAGE, status_code=404)(scope, receive, send)
            if not is_blank:
                await send(message)

        await self._app(scope, receive, send_in_words)


def _is_first_page(scope: Scope, answer: Message) -> bool:
    """Return whether Streamlit's files, which hold no other page, have answered with a page."""
    is_html = Headers(raw=answer["headers"]).get("content-type", "").startswith("text/html")
    return is_html and isinstance(scope.get("endpoint"), StaticFiles)
