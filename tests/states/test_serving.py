"""How compiled pages leave the server."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import httpx
import pytest
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from services.bootstrap import Resources
from services.settings import settings
from store_app.serving import CompiledPages, content_security_policy

SCRIPT = "document.documentElement.className = 'js'"


@pytest.fixture
def site(opened: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> httpx.AsyncClient:
    client = tmp_path / "build" / "client"
    (client / "cart").mkdir(parents=True)
    (client / "index.html").write_text(f"<script>{SCRIPT}</script><script src='/x.js'></script>")
    (client / "cart" / "index.html").write_text("")
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path))

    async def files(scope: Scope, receive: Receive, send: Send) -> None:
        await HTMLResponse(scope["path"])(scope, receive, send)

    transport = httpx.ASGITransport(CompiledPages(files))
    return httpx.AsyncClient(transport=transport, base_url=settings().public_url)


async def test_a_page_with_a_file_of_its_own_comes_without_a_redirect(site: httpx.AsyncClient) -> None:
    assert (await site.get("/cart")).text == "/cart/"
    assert (await site.get("/product/mug")).text == "/product/mug"


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/cart/", "/cart"),
        ("/cart/?a=1", "/cart?a=1"),
        ("//evil.example/", "/evil.example"),
        ("/c/mugs///", "/c/mugs"),
    ],
)
async def test_a_trailing_slash_leads_to_the_one_address_here(
    site: httpx.AsyncClient, asked: str, sent_to: str
) -> None:
    answer = await site.get(settings().public_url + asked)
    assert (answer.status_code, answer.headers["location"]) == (308, sent_to)


async def test_only_our_inline_scripts_run(site: httpx.AsyncClient) -> None:
    policy = (await site.get("/")).headers["content-security-policy"]
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_form_to_sign_out_reaches_each_host_of_the_provider() -> None:
    asgardeo = settings().model_copy(
        update={
            "oidc_issuer": "https://api.asgardeo.io/t/larkspur/oauth2/token",
            "oidc_registration_url": "https://accounts.asgardeo.io/t/larkspur/register.do?client_id=x",
        }
    )
    policy = content_security_policy(asgardeo, [])
    assert "form-action 'self' https://accounts.asgardeo.io https://api.asgardeo.io;" in policy


async def test_the_numeric_address_leads_to_the_named_one(site: httpx.AsyncClient) -> None:
    port = httpx.URL(settings().public_url).port
    answer = await site.get("/cart?a=1", headers={"host": f"127.0.0.1:{port}"})
    assert answer.headers["location"] == f"{settings().public_url}/cart?a=1"
    assert (await site.get("/api/v1/health/live", headers={"host": f"127.0.0.1:{port}"})).status_code == 200


async def test_an_impossible_address_is_the_not_found_page(site: httpx.AsyncClient) -> None:
    assert (await site.get("/product/%00")).text == "/404"


@pytest.mark.parametrize("path", ["/api/v1/products/", "/auth/", "/media/"])
async def test_an_impossible_address_of_programs_is_theirs_to_refuse(
    site: httpx.AsyncClient, path: str
) -> None:
    assert (await site.get(f"{path}%00")).text == f"{path}\0"
