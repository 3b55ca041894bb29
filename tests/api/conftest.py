"""Clients of the REST API in different roles, and the categories they find there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from models.permissions import Role
from services.bootstrap import Resources
from tests.catalog_samples import add_categories
from tests.shop_samples import sign_in


def client_of(api: httpx.AsyncClient, headers: dict[str, str]) -> httpx.AsyncClient:
    """A client of the same store with headers of its own; its paths start after /api/v1."""
    return httpx.AsyncClient(transport=api._transport, base_url=api.base_url.join("/api/v1"), headers=headers)


@pytest.fixture
def guest(api: httpx.AsyncClient) -> httpx.AsyncClient:
    return client_of(api, {})


@pytest_asyncio.fixture
async def customer(api: httpx.AsyncClient) -> httpx.AsyncClient:
    return client_of(api, await sign_in("maya"))


@pytest_asyncio.fixture
async def manager(api: httpx.AsyncClient) -> httpx.AsyncClient:
    """A member of staff who may change the catalogue."""
    return client_of(api, await sign_in("iris", Role.CATALOG_MANAGER))


@pytest_asyncio.fixture
async def categories(resources: Resources) -> AsyncIterator[None]:
    """Table with mugs and plates below it, and garden with pots."""
    await add_categories()
    yield
