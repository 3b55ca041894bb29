"""How pages and files leave the store: to be kept by whom, with which cookie, and what is written down of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import structlog
from starlette.staticfiles import StaticFiles
from structlog.testing import capture_logs

from services.bootstrap import Resources
from services.identity.cookies import visitor_cookie
from services.settings import settings
from services.web import StoreMiddleware
from tests.api.test_orders import cart_with
from tests.shop_samples import stock_shop

BROWSER = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest_asyncio.fixture
async def site(resources: Resources, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "404.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "a.js").write_text("1")
    transport = httpx.ASGITransport(StoreMiddleware(StaticFiles(directory=tmp_path, html=True)))
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as client:
        yield client


async def test_a_page_makes_the_browser_a_visitor_and_is_kept_by_it_alone(site: httpx.AsyncClient) -> None:
    page = await site.get("/", headers=BROWSER)
    assert page.headers["set-cookie"].startswith(f"{visitor_cookie(settings())}=")
    assert page.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in (await site.get("/", headers=BROWSER)).headers


async def test_a_browser_that_has_the_page_but_lost_its_cookie_gets_one_too(site: httpx.AsyncClient) -> None:
    known = (await site.get("/", headers=BROWSER)).headers["etag"]
    site.cookies.clear()
    page = await site.get("/", headers=BROWSER | {"if-none-match": known})
    assert (page.status_code, page.headers["cache-control"]) == (304, "private, no-cache")
    assert page.headers["set-cookie"].startswith(f"{visitor_cookie(settings())}=")


async def test_programs_and_files_get_no_cookie(api: httpx.AsyncClient, site: httpx.AsyncClient) -> None:
    assert "set-cookie" not in (await site.get("/assets/a.js")).headers
    assert "set-cookie" not in (await site.get("/", headers={"accept": "*/*"})).headers
    assert "set-cookie" not in (await api.get("/api/docs", headers=BROWSER)).headers


async def test_only_a_file_that_is_there_is_kept_for_good(site: httpx.AsyncClient) -> None:
    there = await site.get("/assets/a.js")
    assert there.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = await site.get("/assets/a.js", headers={"if-none-match": there.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, there.headers["cache-control"])
    missing = await site.get("/assets/gone.js")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


async def test_invented_methods_are_counted_as_one(api: httpx.AsyncClient) -> None:
    for number in range(5):
        await api.request(f"BREW{number}", "/api/v1/orders")
    text = (await api.get("/metrics")).text
    assert 'method="BREW' not in text
    assert 'method="other"' in text


@pytest.mark.parametrize(
    "path", ["/api/v1/carts/{}", "/api/v1/orders/{}", "/order/{}/thanks", "/api/v1/orders/{}/nothing"]
)
async def test_the_log_does_not_hold_what_opens_a_guests_cart_or_order(
    api: httpx.AsyncClient, path: str
) -> None:
    await stock_shop(MUG=1)
    cart = await cart_with(api, MUG=1)
    structlog.reset_defaults()
    with capture_logs() as lines:
        await api.get(path.format(cart))
        await api.get(path.format(cart.replace("-", "")))
    assert [line["path"] for line in lines if line["event"] == "request"] == [path.format("{id}")] * 2
    assert cart not in str(lines)
