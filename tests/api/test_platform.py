"""What every route shares: health, documentation, metrics, headers, errors."""

from __future__ import annotations

import httpx
import pytest
from pydantic import SecretStr

from services.settings import settings
from tests.shop_samples import sign_in


async def test_ready_names_each_dependency(api: httpx.AsyncClient) -> None:
    answer = await api.get("/api/v1/health/ready")
    assert answer.json() == {
        "status": "ok",
        "dependencies": {
            "postgresql": "ok",
            "mongodb": "ok",
            "payment_gateway": "ok",
            "identity_provider": "ok",
        },
    }
    assert (await api.get("/api/v1/health/live")).status_code == 200


async def test_the_contract_and_its_page_are_served_without_outside_files(api: httpx.AsyncClient) -> None:
    contract = (await api.get("/api/openapi.json")).json()
    assert contract["openapi"].startswith("3.1")
    wanted = {
        "/api/v1/products",
        "/api/v1/categories",
        "/api/v1/carts",
        "/api/v1/orders",
        "/api/v1/health/ready",
    }
    assert wanted <= contract["paths"].keys()
    page = (await api.get("/api/docs")).text
    assert "https://" not in page
    script = page.split('<script src="')[1].split('"')[0]
    assert (await api.get(script)).status_code == 200


async def test_requests_are_counted(api: httpx.AsyncClient) -> None:
    await api.get("/api/v1/health/live")
    text = (await api.get("/metrics")).text
    assert 'larkspur_http_requests_total{method="GET",route="/api/v1/health/live",status="200"}' in text


async def test_a_request_id_is_echoed_or_made(api: httpx.AsyncClient) -> None:
    echoed = await api.get("/api/v1/health/live", headers={"x-request-id": "trace-12345"})
    assert echoed.headers["x-request-id"] == "trace-12345"
    made = await api.get("/api/v1/health/live", headers={"x-request-id": 'x"\n{evil'.replace("\n", " ")})
    assert made.headers["x-request-id"].isalnum()


async def test_security_headers_are_on_every_answer(api: httpx.AsyncClient) -> None:
    headers = (await api.get("/api/v1/products")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers


async def test_an_unknown_address_is_a_problem_document(api: httpx.AsyncClient) -> None:
    answer = await api.get("/api/v1/nothing")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_unexpected_error_tells_a_number_and_nothing_else(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr("services.catalog.api.service.list_products", broken)
    transport = httpx.ASGITransport(api._transport.app, raise_app_exceptions=False)  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.get("/api/v1/products", headers={"x-request-id": "trace-12345"})
    assert answer.status_code == 500
    assert answer.json()["request_id"] == "trace-12345"
    assert "hunter2" not in answer.text


async def test_me_tells_who_is_signed_in(api: httpx.AsyncClient) -> None:
    assert (await api.get("/api/v1/me")).status_code == 401
    assert (await api.get("/api/v1/me", headers=await sign_in("maya"))).json()[
        "email"
    ] == "maya@larkspur.example"
    assert (await api.get("/api/v1/me", headers={"authorization": "Bearer junk"})).status_code == 401
    assert (await api.get("/api/v1/me", headers={"authorization": "Basic junk"})).status_code == 401


async def test_metrics_can_be_closed_to_strangers(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "metrics_token", SecretStr("open-sesame"))
    assert (await api.get("/metrics")).status_code == 401
    assert (await api.get("/metrics", headers={"authorization": "Bearer guess"})).status_code == 401
    assert (await api.get("/metrics", headers={"authorization": "Bearer open-sesame"})).status_code == 200
