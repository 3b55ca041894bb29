"""Is the process alive, and is everything it needs there?"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import sqlalchemy as sa
import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from services.bootstrap import resources

router = APIRouter(prefix="/health", tags=["health"])
log = structlog.get_logger()

CHECK_SECONDS = 3
REQUIRED = frozenset({"postgresql", "mongodb"})
"""Without these the store can't sell; without the others it still shows its goods."""


@router.get("/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready")
async def ready() -> JSONResponse:
    """Each dependency by name; 503 while one the store can't do without is missing."""
    checks: dict[str, Callable[[], Awaitable[object]]] = {
        "postgresql": _postgresql,
        "mongodb": _mongodb,
        "payment_gateway": _payment_gateway,
        "identity_provider": _identity_provider,
    }
    results = await asyncio.gather(*(_check(name, check) for name, check in checks.items()))
    states = dict(zip(checks, results, strict=True))
    well = all(states[name] == "ok" for name in REQUIRED)
    body = {"status": "ok" if well else "unavailable", "dependencies": states}
    return JSONResponse(body, status_code=200 if well else 503)


async def _check(name: str, check: Callable[[], Awaitable[object]]) -> str:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, the dependency is not there
        log.warning("dependency_missing", dependency=name, error=repr(error))
        return "unavailable"
    return "ok"


async def _postgresql() -> None:
    async with resources().engine.connect() as connection:
        await connection.execute(sa.text("SELECT 1"))


async def _mongodb() -> None:
    await resources().documents.command("ping")


async def _payment_gateway() -> None:
    await _answers(resources().settings.payment_gateway_url)


async def _identity_provider() -> None:
    await _answers(f"{resources().settings.oidc_issuer}/.well-known/openid-configuration")


async def _answers(url: str) -> None:
    response = await resources().http.get(url, timeout=httpx.Timeout(CHECK_SECONDS))
    if response.status_code >= 500:
        raise httpx.HTTPStatusError(str(response.status_code), request=response.request, response=response)
