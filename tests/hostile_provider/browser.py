"""A browser that goes from the store to the hostile provider and back."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from fastapi import FastAPI

from services.api import create_api
from services.settings import settings
from services.web import StoreMiddleware


@cache
def _api() -> FastAPI:
    return create_api()


class Browser:
    """Each counts for itself where the store limits how much one client may ask."""

    def __init__(self) -> None:
        transport = httpx.ASGITransport(StoreMiddleware(_api()))
        self.store = httpx.AsyncClient(transport=transport, base_url=settings().public_url)

    async def close(self) -> None:
        await self.store.aclose()

    async def leave(self, path: str = "/auth/login") -> httpx.Response:
        return await self.store.get(path)

    async def at_provider(self, sent: httpx.Response) -> httpx.URL:
        """Where the provider sends the browser back to."""
        async with httpx.AsyncClient(verify=False) as outside:  # noqa: S501 - its certificate is home-made
            answer = await outside.get(sent.headers["location"])
        assert answer.is_redirect, answer.text
        return httpx.URL(answer.headers["location"])

    async def sign_in(self, path: str = "/auth/login", **changes: Any) -> httpx.Response:
        """There and back; `changes` to what comes back, None leaves a parameter out."""
        sent = await self.leave(path)
        if reason_of(sent):
            return sent
        callback = await self.at_provider(sent)
        for name, value in changes.items():
            callback = callback.copy_remove_param(name)
            if value is not None:
                callback = callback.copy_add_param(name, value)
        return await self.store.get(callback)

    async def is_signed_in(self) -> bool:
        return (await self.store.get("/api/v1/me")).status_code == 200

    async def me(self) -> dict[str, Any]:
        answer = await self.store.get("/api/v1/me")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """A form of one of the store's own pages."""
        return await self.store.post(path, data=fields, headers={"origin": settings().public_url})


def reason_of(answer: httpx.Response) -> str:
    """Why a page of the store says that something went wrong; empty when it doesn't."""
    parts = urlsplit(answer.headers.get("location", ""))
    return parse_qs(parts.query)["reason"][0] if parts.path == "/sign-in-problem" else ""
