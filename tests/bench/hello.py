"""A server that does nothing: what the load generator and the web server take by themselves."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

_BODY = b'{"hello": "world"}'
_HEADERS = [(b"content-type", b"application/json"), (b"content-length", str(len(_BODY)).encode())]


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": _BODY})
