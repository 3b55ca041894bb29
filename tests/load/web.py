"""The store without its pages: the API with its middleware and its life, as one web process serves it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from services.api import create_api
from services.runtime import running
from services.web import StoreMiddleware


def create_app() -> ASGIApp:
    api = create_api()
    api.router.lifespan_context = _running
    return StoreMiddleware(api)


@asynccontextmanager
async def _running(_: FastAPI) -> AsyncIterator[None]:
    async with running():
        yield
