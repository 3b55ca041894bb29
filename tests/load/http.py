"""HTTP/1.1 over one kept connection, in few lines: a client so light that what it measures is the server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sandbox.probes import LOOPBACK


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def code(self) -> str:
        """What a problem document calls itself; empty for an answer that is none."""
        return str(self.json()["code"]) if self.status >= 400 else ""


class Connection:
    """Sends one request after the other. Raises OSError or asyncio.IncompleteReadError when the server has gone."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Self:
        return cls(*await asyncio.open_connection(LOOPBACK, port))

    async def send(self, request: bytes) -> Answer:
        self._writer.write(request)
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n"))[:-4].decode("latin-1").split("\r\n")
        headers = {name.lower(): text for name, _, text in (line.partition(": ") for line in lines)}
        body = await self._reader.readexactly(int(headers["content-length"]))
        return Answer(int(first.split(" ", 2)[1]), headers, body)

    async def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return await self.send(post(path, body, headers))

    async def close(self) -> None:
        self._writer.close()


def post(path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> bytes:
    """A request as it goes over the wire; no body when there is none."""
    content = b"" if body is None else json.dumps(body).encode()
    told = {"Host": LOOPBACK, "Content-Length": str(len(content)), **(headers or {})}
    if content:
        told["Content-Type"] = "application/json"
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {text}" for name, text in told.items()), "", ""]
    return "\r\n".join(lines).encode() + content
