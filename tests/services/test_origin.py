"""Which pages may act for a browser."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from services.origin import from_own_page
from services.settings import settings


def acts(origin: str, host: str = "shop.example") -> bool:
    return from_own_page(Headers({"origin": origin, "host": host}))


@pytest.mark.parametrize(
    "origin",
    ["http://shop.example", "https://shop.example:8443", "https://shop.example.evil.example", "null", ""],
)
def test_over_https_only_the_very_origin_of_the_store_acts(
    monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setattr(settings(), "public_url", "https://shop.example")
    assert acts("https://shop.example")
    assert not acts(origin)


def test_over_https_a_name_that_only_the_sender_knows_the_store_by_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings(), "public_url", "https://shop.example")
    assert not acts("https://rebound.example", host="rebound.example")


def test_on_ones_own_machine_any_name_of_it_will_do() -> None:
    assert acts("http://127.0.0.1:3000", host="127.0.0.1:3000")
    assert acts(settings().public_url)
    assert not acts("http://evil.example", host="localhost:3000")
