"""HEAD wherever there is a GET (RFC 9110, 9.3.2). Pages and their files answer it by themselves."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ROUTES = ("/api/", "/media/", "/metrics")


class HeadAsGet:
    """Lets the routes answer as to a GET and keeps the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "HEAD" or not scope["path"].startswith(_ROUTES):
            await self.app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        scope["method"] = "GET"
        await self.app(scope, receive, send_head)
