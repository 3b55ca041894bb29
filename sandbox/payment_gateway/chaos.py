"""Misbehaviour on demand, so that tests can show the store copes with it."""

import asyncio
from enum import StrEnum

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.payment_gateway.errors import GatewayError

SLOW_SECONDS = 5.0


class Mode(StrEnum):
    """What goes wrong; `none` is the normal state."""

    NONE = "none"
    SLOW = "slow"
    ERROR = "error"
    DROP_RESPONSE_AFTER_SUCCESS = "drop_response_after_success"
    DUPLICATE_WEBHOOKS = "duplicate_webhooks"
    REORDER_WEBHOOKS = "reorder_webhooks"
    NO_WEBHOOKS = "no_webhooks"


class Chaos:
    """The mode that holds now."""

    def __init__(self) -> None:
        self.mode = Mode.NONE
        self.seconds = SLOW_SECONDS

    def set(self, mode: object, seconds: object = None) -> None:
        """Raises GatewayError for an unknown mode."""
        try:
            self.mode = Mode(str(mode))
        except ValueError as error:
            raise GatewayError(f"Invalid mode: must be one of {', '.join(Mode)}", param="mode") from error
        self.seconds = float(seconds) if isinstance(seconds, int | float) else SLOW_SECONDS


class ChaoticApi:
    """Around the API: late answers, answers with 500, and answers that are lost after the work was done."""

    def __init__(self, app: ASGIApp, chaos: Chaos) -> None:
        self._app, self._chaos = app, chaos

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        mode = self._chaos.mode if str(scope.get("path", "")).startswith("/v1/") else Mode.NONE
        if mode is Mode.SLOW:
            await asyncio.sleep(self._chaos.seconds)
        if mode is Mode.ERROR:
            await _answer_500(send)
        elif mode is Mode.DROP_RESPONSE_AFTER_SUCCESS and scope["method"] == "POST":
            await self._app(scope, receive, _Cut(send))
        else:
            await self._app(scope, receive, send)


class _Cut:
    """Sends the head of a successful first answer and none of its body: the connection breaks off."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._cutting = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            replayed = any(name == b"idempotent-replayed" for name, _ in message["headers"])
            self._cutting = 200 <= message["status"] < 300 and not replayed
        if self._cutting and message["type"] == "http.response.body":
            message = {**message, "body": b"", "more_body": True}
        await self._send(message)


async def _answer_500(send: Send) -> None:
    body = b'{"error": {"type": "api_error", "message": "Something went wrong on our end."}}'
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
