"""Requests that can't be carried out: each is told why and what to do, none is an error of ours."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import httpx
import pytest

from models.permissions import Role
from services.identity.cookies import visitor_cookie
from services.settings import settings
from tests.api.test_orders import ADDRESS, cart_with, key, order_for
from tests.shop_samples import sign_in, stock_shop

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/v1/orders", "GET, HEAD, POST"),
        ("OPTIONS", "/api/v1/orders", "GET, HEAD, POST"),
        ("POST", "/api/v1/health/live", "GET, HEAD"),
        ("GET", "/api/v1/carts/01a205b7-e34a-753c-9c1e-ba11baecd853/items/MUG", "PATCH, DELETE"),
        ("BREW", "/api/v1/products", "GET, HEAD, POST"),
        ("PUT", "/auth/logout", "POST"),
        ("DELETE", "/media/x.png", "GET, HEAD"),
    ],
)
async def test_a_method_an_address_does_not_take_is_told_those_it_does(
    api: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    answer = await api.request(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert allowed in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing", "/auth/nothing", "/media/no/thing"])
async def test_an_address_of_programs_never_falls_through_to_the_pages(
    api: httpx.AsyncClient, path: str
) -> None:
    async def page(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("the pages were asked")

    store = api._transport.app.app  # type: ignore[attr-defined]
    store.mount("", page)
    for method in ("GET", "PUT"):
        answer = await api.request(method, path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code == 404


async def test_head_answers_as_get_does_without_a_body(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=1)
    for path in ("/api/v1/products/mug", "/api/v1/products", "/api/v1/health/live", "/metrics"):
        told, asked = await api.head(path), await api.get(path)
        assert (told.status_code, told.content) == (200, b"")
        assert told.headers["content-type"] == asked.headers["content-type"]
    assert (await api.head("/api/v1/products/mug")).headers["etag"]
    text = (await api.get("/metrics")).text
    assert 'larkspur_http_requests_total{method="HEAD",route="/api/v1/products/{slug}",status="200"}' in text


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_body_that_is_not_json_is_a_415(api: httpx.AsyncClient, kind: str) -> None:
    cart = (await api.post("/api/v1/carts")).json()["id"]
    headers = {"content-type": kind} if kind else {}
    answer = await api.post(f"/api/v1/carts/{cart}/items", content=b'{"sku":"MUG"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    assert "application/json" in answer.json()["detail"]
    assert answer.headers["accept"] == "application/json"


async def test_a_missing_body_is_not_a_kind_of_body(api: httpx.AsyncClient) -> None:
    cart = (await api.post("/api/v1/carts")).json()["id"]
    assert (await api.post(f"/api/v1/carts/{cart}/items")).status_code == 422


@pytest.mark.parametrize(
    "body",
    [b'{"sku":', b"\xff\xfe{", b"[" * 100_000, b'{"sku":"MUG","quantity":' + b"9" * 5000 + b"}"],
    ids=["cut off", "not UTF-8", "too deep", "too many digits"],
)
async def test_a_body_that_cannot_be_read_is_a_400_with_a_next_step(
    api: httpx.AsyncClient, body: bytes
) -> None:
    cart = (await api.post("/api/v1/carts")).json()["id"]
    answer = await api.post(f"/api/v1/carts/{cart}/items", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")
    assert "send it again" in answer.json()["detail"]


@pytest.mark.parametrize("sku", ["%00", "x" * 49, "mug", "A%20B"])
async def test_what_cannot_be_an_article_number_is_a_422(api: httpx.AsyncClient, sku: str) -> None:
    cart = (await api.post("/api/v1/carts")).json()["id"]
    staff = await sign_in("iris", Role.ADMIN)
    answers = [
        await api.delete(f"/api/v1/carts/{cart}/items/{sku}"),
        await api.patch(f"/api/v1/carts/{cart}/items/{sku}", json={"quantity": 1}),
        await api.put(f"/api/v1/stock/{sku}", json={"on_hand": 1}, headers=staff),
        await api.get(f"/api/v1/stock/{sku}/ledger", headers=staff),
    ]
    assert [answer.status_code for answer in answers] == [422] * 4


@pytest.mark.parametrize(
    "name", ["A\x00da", "A\nda", "A\x1b[31mda", "A\x85da", "A\u2028da", "Ada \u202essoM", "Ada \u2066Moss"]
)
async def test_an_address_is_plain_text(api: httpx.AsyncClient, name: str) -> None:
    await stock_shop(MUG=1)
    order = order_for(await cart_with(api, MUG=1), shipping_address=ADDRESS | {"name": name})
    answer = await api.post("/api/v1/orders", json=order, headers=key())
    assert answer.status_code == 422
    (problem,) = answer.json()["errors"]
    assert problem["field"] == "shipping_address.name"
    assert "control characters" in problem["message"]


async def test_a_value_that_the_database_cannot_keep_is_the_callers_to_change(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=1)
    order = order_for(await cart_with(api, MUG=1))
    answer = await api.post("/api/v1/orders", json=order, headers={"idempotency-key": "a\x00b"})
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "http://evil.example", ""])
async def test_an_origin_that_is_none_of_ours_is_refused(api: httpx.AsyncClient, origin: str) -> None:
    headers = {"cookie": f"{visitor_cookie(settings())}=ada", "origin": origin}
    for path in ("/api/v1/carts", "/auth/logout"):
        answer = await api.post(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("sent_at", ["²", "9" * 400, "9" * 5000, "-1", "", " 1"])
async def test_a_signature_with_an_impossible_time_is_a_bad_one(api: httpx.AsyncClient, sent_at: str) -> None:
    secret = settings().payment_webhook_secret.get_secret_value().encode()
    digest = hmac.new(secret, f"{sent_at}.".encode() + b"{}", hashlib.sha256).hexdigest()
    for signature in ("x", digest):
        headers = {b"gateway-signature": f"t={sent_at},v1={signature}".encode("latin-1")}
        answer = await api.post("/api/v1/webhooks/payments", content=b"{}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_signature")
