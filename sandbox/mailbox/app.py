"""The mailbox's pages and its JSON for tests, next to the SMTP server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.frame import STYLESHEET_ROUTE, Pages
from sandbox.mailbox.messages import Messages
from sandbox.mailbox.smtp import smtp_server

MESSAGE_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src * data:; font-src * data:; "
    "frame-src 'self'; form-action 'none'; base-uri 'self'; frame-ancestors 'none'"
)
"""Styles and pictures of a message are allowed, scripts are not; its srcdoc frame inherits this policy."""


class Mailbox:
    """Routes over the kept messages."""

    def __init__(self, messages: Messages, pages: Pages) -> None:
        self._messages, self._pages = messages, pages

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/", self.inbox),
            Route("/messages/{id:int}", self.message),
            Route("/messages/{id:int}/source", self.source),
            Route("/messages/{id:int}/attachments/{number:int}", self.attachment),
            Route("/api/messages", self.list_messages),
            Route("/api/messages", self.clear, methods=["DELETE"]),
            Route("/api/messages/{id:int}", self.show_message),
        ]

    async def inbox(self, request: Request) -> Response:
        """All messages, newest first, or those to one address."""
        to = request.query_params.get("to", "")
        return self._pages.page("inbox.html", messages=self._messages.newest(to), to=to)

    async def message(self, request: Request) -> Response:
        """One message; its HTML is shown in a frame that runs no scripts."""
        found = self._messages.get(request.path_params["id"])
        if found is None:
            return self._pages.page("missing.html", status=404)
        return self._pages.page("message.html", policy=MESSAGE_POLICY, message=found)

    async def source(self, request: Request) -> Response:
        """The message as it came in."""
        found = self._messages.get(request.path_params["id"])
        if found is None:
            return self._pages.page("missing.html", status=404)
        return Response(found.content, media_type="text/plain; charset=utf-8")

    async def attachment(self, request: Request) -> Response:
        """A file to save, never to display."""
        found = self._messages.get(request.path_params["id"])
        number = request.path_params["number"]
        if found is None or not 0 <= number < len(found.attachments):
            return self._pages.page("missing.html", status=404)
        item = found.attachments[number]
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(item.name)}"}
        return Response(item.content, headers=headers, media_type="application/octet-stream")

    async def list_messages(self, request: Request) -> Response:
        """JSON of the newest messages, `?to=` one address."""
        found = self._messages.newest(request.query_params.get("to", ""))
        return JSONResponse({"items": [message.as_json() for message in found], "total": len(found)})

    async def show_message(self, request: Request) -> Response:
        """JSON of one message."""
        found = self._messages.get(request.path_params["id"])
        if found is None:
            return JSONResponse({"detail": "There is no such message."}, 404)
        return JSONResponse(found.as_json())

    async def clear(self, _: Request) -> Response:
        """Deletes every message."""
        return JSONResponse({"deleted": self._messages.clear()})


def mailbox(data_dir: Path, smtp_port: int) -> Starlette:
    """The mailbox's web application; its SMTP server runs for as long as it does."""
    messages = Messages(data_dir)
    pages = Pages(Path(__file__).parent / "templates")

    @asynccontextmanager
    async def receiving(_: Starlette) -> AsyncIterator[None]:
        async with smtp_server(messages, smtp_port):
            yield

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[Route("/health", health), STYLESHEET_ROUTE, *Mailbox(messages, pages).routes],
        lifespan=receiving,
    )
