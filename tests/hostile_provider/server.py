"""An HTTP server that answers byte by byte as it is told, well or badly."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """What came in; header names in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What goes out: `body` in pieces of `piece` bytes with `pause` seconds before each."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    piece: int = 65_536
    pause: float = 0


Respond = Callable[[Request], Awaitable[Answer]]


def json_answer(body: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(body).encode(), {"Content-Type": "application/json"})


class Server:
    """Serves on a free port of loopback until it is closed; every connection takes one request."""

    def __init__(self, respond: Respond, tls: ssl.SSLContext | None = None) -> None:
        self._respond, self._tls = respond, tls
        self._server: asyncio.Server | None = None
        self.failures: list[Exception] = []

    async def open(self) -> int:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self._tls)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        if self._server:
            self._server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._send(writer, await self._respond(await _read(reader)))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client has hung up, as it should on some of these answers
        except Exception as error:  # a slip of the test, which must not pass for a lie
            self.failures.append(error)
            raise
        finally:
            writer.close()

    @staticmethod
    async def _send(writer: asyncio.StreamWriter, answer: Answer) -> None:
        told = {"Connection": "close"} | answer.headers
        lines = [f"HTTP/1.1 {answer.status} Told", *(f"{name}: {text}" for name, text in told.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        for start in range(0, len(answer.body), answer.piece):
            if answer.pause:
                await asyncio.sleep(answer.pause)
            writer.write(answer.body[start : start + answer.piece])
            await writer.drain()
        await writer.drain()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    return Request(method, parts.path, dict(parse_qsl(parts.query)), headers, dict(parse_qsl(body.decode())))
