"""What one request may carry, and how many one client may send."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.types import Message, Scope

from services import body_limits, rate_limits
from services.api import create_api
from services.bootstrap import Resources
from services.clients import client_address
from services.rate_limits import Counts, RateLimits, client_of
from services.settings import settings
from tests.shop_samples import sign_in

KILOBYTE = 1024


@pytest.fixture(autouse=True)
def one_minute(api: httpx.AsyncClient) -> None:
    """All requests fall into the same minute, however long they take."""
    api._transport.app._answer._clock = lambda: 30.0  # type: ignore[attr-defined]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two reads and one write a minute."""
    monkeypatch.setattr(settings(), "rate_limit_read", 2)
    monkeypatch.setattr(settings(), "rate_limit_write", 1)


async def endless(read: list[int], kilobytes: int) -> AsyncIterator[bytes]:
    for _ in range(kilobytes):
        read.append(KILOBYTE)
        yield b" " * KILOBYTE


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/api/v1/carts", 256), ("/api/v1/webhooks/payments", 64), ("/auth/logout", 256), ("/_upload", 3072)],
)
async def test_a_body_that_says_it_is_too_long_is_not_read(
    api: httpx.AsyncClient, path: str, limit: int
) -> None:
    answer = await api.post(path, content=b" " * (limit * KILOBYTE + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"
    assert answer.json()["limit"] == limit * KILOBYTE


@pytest.mark.parametrize("path", ["/api/v1/carts/{}/items", "/api/v1/orders", "/api/v1/webhooks/payments"])
async def test_a_body_of_unknown_length_is_refused_where_it_gets_too_long(
    api: httpx.AsyncClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_limits, "LINGER_SECONDS", 0)
    cart = (await api.post("/api/v1/carts")).json()["id"]
    read: list[int] = []
    status, body = await StreamedBodies(api).post(path.format(cart), endless(read, 4096))
    assert (status, body["code"]) == (413, "body_too_large")
    assert sum(read) <= body["limit"] + 2 * KILOBYTE


async def test_who_still_sends_can_finish_and_read_the_refusal(api: httpx.AsyncClient) -> None:
    read: list[int] = []
    status, _ = await StreamedBodies(api).post("/api/v1/webhooks/payments", endless(read, 4096))
    assert (status, sum(read)) == (413, 4096 * KILOBYTE)


class StreamedBodies:
    """Hands a body over piece by piece, as a server does; httpx's own transport reads ahead."""

    def __init__(self, api: httpx.AsyncClient) -> None:
        self.app = api._transport.app  # type: ignore[attr-defined]

    async def post(self, path: str, pieces: AsyncIterator[bytes]) -> tuple[int, dict[str, Any]]:
        scope: Scope = {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
            "client": ("192.0.2.1", 1),
        }
        sent: list[Message] = []

        async def receive() -> Message:
            await asyncio.sleep(0)
            piece = await anext(pieces, b"")
            return {"type": "http.request", "body": piece, "more_body": bool(piece)}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent)
        return sent[0]["status"], json.loads(body)


async def test_a_product_with_all_its_variants_fits(manager: httpx.AsyncClient, categories: None) -> None:
    sizes = [f"Size {number}" for number in range(5)]
    colours = [f"A rather long name of a colour {number}" for number in range(50)]
    variants = [
        {
            "sku": f"MUG-{index}-{'X' * 30}",
            "options": {"Size": size, "Colour": colour},
            "price": {"amount": 1200, "currency": "GBP"},
            "compare_at_price": {"amount": 1500, "currency": "GBP"},
            "weight_grams": 400,
            "on_hand": 5,
        }
        for index, (size, colour) in enumerate((size, colour) for size in sizes for colour in colours)
    ]
    images = [
        {"url": f"https://pictures.example/{'x' * 400}/{number}", "alt": "a" * 200, "width": 1, "height": 1}
        for number in range(100)
    ]
    product = {
        "slug": "mug",
        "title": "Mug",
        "category": "mugs",
        "description": "é" * 10_000,
        "options": [{"name": "Size", "values": sizes}, {"name": "Colour", "values": colours}],
        "variants": variants,
        "images": images,
    }
    answer = await manager.post("/products", json=product)
    assert answer.status_code == 201, answer.text


@pytest.mark.usefixtures("narrow")
async def test_who_asks_too_much_is_told_when_to_go_on(api: httpx.AsyncClient) -> None:
    first = await api.get("/api/v1/categories")
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("2", "1")
    assert 0 < int(first.headers["ratelimit-reset"]) <= 60
    assert (await api.get("/api/v1/categories")).status_code == 200
    refused = await api.get("/api/v1/categories")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["ratelimit-remaining"] == "0"
    assert refused.headers["retry-after"] == refused.headers["ratelimit-reset"]
    assert refused.headers["x-request-id"]


@pytest.mark.usefixtures("narrow")
async def test_reading_writing_and_probes_of_health_are_counted_apart(api: httpx.AsyncClient) -> None:
    for _ in range(3):
        await api.get("/api/v1/categories")
    assert (await api.post("/api/v1/carts")).status_code == 201
    assert (await api.post("/api/v1/carts")).status_code == 429
    for _ in range(3):
        assert "ratelimit-limit" not in (await api.get("/api/v1/health/live")).headers


async def test_ways_to_sign_in_are_limited(api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "rate_limit_sign_in", 1)
    assert (await api.get("/auth/login")).status_code == 303
    assert (await api.get("/auth/login")).status_code == 429


@pytest.mark.usefixtures("narrow")
async def test_one_client_does_not_use_up_the_allowance_of_another(api: httpx.AsyncClient) -> None:
    app = api._transport.app  # type: ignore[attr-defined]
    for address in ("192.0.2.1", "192.0.2.2"):
        transport = httpx.ASGITransport(app, client=(address, 1))
        async with httpx.AsyncClient(transport=transport, base_url=api.base_url) as client:
            assert (await client.post("/api/v1/carts")).status_code == 201


@pytest.mark.usefixtures("narrow")
async def test_a_new_minute_brings_a_new_allowance(resources: Resources) -> None:
    clock = iter([30.0, 59.9, 60.0])
    transport = httpx.ASGITransport(RateLimits(create_api(), lambda: next(clock)))
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as client:
        assert [(await client.post("/api/v1/carts")).status_code for _ in range(3)] == [201, 429, 201]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, ["203.0.113.9"], "198.51.100.1"),
        (1, ["192.0.2.66, 203.0.113.9"], "203.0.113.9"),
        (2, ["192.0.2.66", "203.0.113.9, 198.51.100.7"], "203.0.113.9"),
        (2, ["203.0.113.9"], "198.51.100.1"),
        (1, ["somewhere"], "unknown"),
        (1, ["2001:db8:0:7::1"], "20010db800000007"),
        (1, ["2001:db8:0:7:ffff::2"], "20010db800000007"),
        (1, ["::ffff:203.0.113.9"], "203.0.113.9"),
        (1, ["203.0.113.9:4711"], "203.0.113.9"),
        (1, ["[2001:db8:0:7::1]:4711"], "20010db800000007"),
    ],
)
def test_a_client_is_the_address_that_our_own_proxies_saw(
    proxies: int, forwarded: list[str], client: str
) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    scope = {"type": "http", "headers": headers, "client": ("198.51.100.1", 443)}
    configuration = settings().model_copy(update={"trusted_proxies": proxies})
    assert client_of(scope, configuration) == client


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        (f"fe80::1%{'a' * 99}", "fe80::1"),
        ("203.0.113.9:", ""),
    ],
)
def test_an_address_is_kept_as_people_know_it_and_fits(written: str, kept: str) -> None:
    assert client_address(written, "", settings()) == kept


def test_a_crowd_of_addresses_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limits, "MAX_CLIENTS", 3)
    counts = Counts()
    counted = [counts.add("read", f"client {number}", moment=60) for number in range(6)]
    assert counted == [1, 1, 1, 1, 2, 3]
    assert counts.add("read", "client 0", moment=119) == 2
    assert counts.add("read", "client 5", moment=120) == 1


def test_production_allows_less_than_a_load_test_needs() -> None:
    development = settings().requests_per_minute
    production = settings().model_copy(update={"store_env": "production"}).requests_per_minute
    assert all(production[kind] < development[kind] for kind in development)


async def test_a_signed_in_upload_of_a_picture_counts_as_a_write(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "rate_limit_write", 1)
    headers = await sign_in("iris")
    await api.post("/_upload", content=b"x", headers=headers)
    assert (await api.post("/_upload", content=b"x", headers=headers)).status_code == 429


async def test_the_providers_notices_are_not_held_up_by_a_limit_meant_for_people(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them come from one address, and none comes twice: a session would go on that is over."""
    monkeypatch.setattr(settings(), "rate_limit_sign_in", 1)
    answers = [await api.post("/auth/backchannel-logout") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400] * 3
    assert answers[0].headers["ratelimit-limit"] == str(settings().requests_per_minute["write"])
