"""Signing in, registering and out, through the identity provider as a browser does it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from models.permissions import Role
from services.api import create_api
from services.bootstrap import Resources
from services.identity import provider
from services.identity.provider.introspection import verify_opaque_token
from services.settings import settings
from services.web import StoreMiddleware
from tests.shop_samples import stock_shop

PASSWORD = "larkspur-demo-1"


class Browser:
    """Cookies of the store and of the provider, kept apart as by host and port."""

    def __init__(self) -> None:
        transport = httpx.ASGITransport(StoreMiddleware(create_api()))
        self.store = httpx.AsyncClient(transport=transport, base_url=settings().public_url)
        self.provider = httpx.AsyncClient(follow_redirects=True)

    async def close(self) -> None:
        await self.store.aclose()
        await self.provider.aclose()

    async def leave_for_provider(self, path: str = "/auth/login") -> httpx.URL:
        answer = await self.store.get(path)
        assert answer.status_code == 303, answer.text
        return httpx.URL(answer.headers["location"])

    async def submit(self, page: httpx.Response, **typed: str) -> httpx.URL:
        """Send the provider's form; returns where it sends the browser in the store."""
        token = re.search(r'name="form_token" value="(\w+)"', page.text)
        assert token, page.text
        answer = await self.provider.post(
            page.url, data={"form_token": token[1], **typed}, follow_redirects=False
        )
        while answer.is_redirect and not answer.headers["location"].startswith(settings().public_url):
            answer = await self.provider.get(
                answer.url.join(answer.headers["location"]), follow_redirects=False
            )
        assert answer.is_redirect, answer.text
        return httpx.URL(answer.headers["location"])

    async def sign_in(self, login: str = "shopper", path: str = "/auth/login") -> httpx.Response:
        self.provider.cookies.clear()
        page = await self.provider.get(await self.leave_for_provider(path))
        return await self.store.get(await self.submit(page, login=login, password=PASSWORD))

    async def me(self) -> httpx.Response:
        return await self.store.get("/api/v1/me")

    def cookie(self, name: str) -> str:
        return self.store.cookies.get(name) or ""


@pytest_asyncio.fixture
async def visitor(resources: Resources) -> AsyncIterator[Browser]:
    visitor = Browser()
    yield visitor
    await visitor.close()


async def test_a_shopper_signs_in_and_comes_back_to_where_they_were(visitor: Browser) -> None:
    answer = await visitor.sign_in(path="/auth/login?return_to=/product/mug?colour=moss")
    assert (answer.status_code, answer.headers["location"]) == (303, "/product/mug?colour=moss")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    me = (await visitor.me()).json()
    assert (me["email"], me["roles"]) == ("shopper@larkspur.example", [])


async def test_staff_bring_their_roles(visitor: Browser) -> None:
    await visitor.sign_in("iris")
    assert (await visitor.me()).json()["roles"] == [Role.CATALOG_MANAGER, Role.ORDER_MANAGER]


async def test_somebody_new_registers_and_is_signed_in(visitor: Browser) -> None:
    page = await visitor.provider.get(await visitor.leave_for_provider("/auth/register"))
    callback = await visitor.submit(
        page,
        first_name="Nell",
        last_name="Reed",
        email="nell@larkspur.example",
        password="a-long-new-password",
    )
    await visitor.store.get(callback)
    assert (await visitor.me()).json()["name"] == "Nell Reed"


async def test_the_guests_cart_is_still_there_after_sign_in_and_gone_after_sign_out(visitor: Browser) -> None:
    await stock_shop(MUG=5)
    await visitor.leave_for_provider()
    origin = {"origin": settings().public_url}
    cart = (await visitor.store.post("/api/v1/carts", headers=origin)).json()["id"]
    item = {"sku": "MUG", "quantity": 2}
    await visitor.store.post(f"/api/v1/carts/{cart}/items", json=item, headers=origin)
    await visitor.sign_in()
    kept = (await visitor.store.post("/api/v1/carts", headers=origin)).json()
    assert [(line["sku"], line["quantity"]) for line in kept["items"]] == [("MUG", 2)]
    out = await visitor.store.post("/auth/logout", headers=origin)
    assert urlsplit(out.headers["location"]).path == "/t/larkspur/oidc/logout"
    assert "id_token_hint" in parse_qs(urlsplit(out.headers["location"]).query)
    there = await visitor.provider.get(out.headers["location"], follow_redirects=False)
    assert (await visitor.store.get(there.headers["location"])).headers["location"] == "/"
    assert (await visitor.me()).status_code == 401
    assert (await visitor.store.post("/api/v1/carts", headers=origin)).json()["items"] == []


async def test_sign_out_needs_our_own_page(visitor: Browser) -> None:
    await visitor.sign_in()
    answer = await visitor.store.post("/auth/logout", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert (await visitor.me()).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "HEAD"])
async def test_a_form_of_another_site_does_not_take_a_guests_cart_away(visitor: Browser, method: str) -> None:
    """It comes without the visitor cookie, which is Lax; an answer that set a new one would replace it."""
    for path in ("/auth/login", "/auth/register"):
        answer = await visitor.store.request(method, path, headers={"origin": "https://evil.example"})
        assert (answer.status_code, answer.headers.get("set-cookie")) == (405, None)


async def test_signing_in_changes_the_session_id_and_ends_the_old_one(visitor: Browser) -> None:
    await visitor.sign_in()
    first = visitor.cookie("larkspur_session")
    await visitor.sign_in("sam")
    assert visitor.cookie("larkspur_session") != first
    transport = httpx.ASGITransport(StoreMiddleware(create_api()))
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as thief:
        thief.cookies.set("larkspur_session", first)
        assert (await thief.get("/api/v1/me")).status_code == 401


@pytest.mark.parametrize(
    "change",
    [{"state": "made-up"}, {"state": ""}, {"iss": "https://evil.example"}, {"code": "made-up"}],
    ids=["foreign state", "no state", "another issuer", "foreign code"],
)
async def test_a_callback_that_does_not_fit_is_explained_and_signs_nobody_in(
    visitor: Browser, change: dict[str, str]
) -> None:
    page = await visitor.provider.get(await visitor.leave_for_provider())
    callback = await visitor.submit(page, login="shopper", password=PASSWORD)
    answer = await visitor.store.get(callback.copy_merge_params(change))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in-problem?reason=")
    assert (await visitor.me()).status_code == 401


async def test_a_callback_works_once_and_only_in_the_browser_that_began(visitor: Browser) -> None:
    page = await visitor.provider.get(await visitor.leave_for_provider())
    callback = await visitor.submit(page, login="shopper", password=PASSWORD)
    other = Browser()
    assert "wrong_state" in (await other.store.get(callback)).headers["location"]
    assert "wrong_state" in (await visitor.store.get(callback)).headers["location"]
    await other.close()


async def test_two_tabs_may_sign_in_at_once(visitor: Browser) -> None:
    await visitor.leave_for_provider()
    pages = [await visitor.provider.get(await visitor.leave_for_provider()) for _ in range(2)]
    callbacks = []
    for page in pages:
        callbacks.append(await visitor.submit(page, login="shopper", password=PASSWORD))
    for callback in callbacks:
        assert (await visitor.store.get(callback)).headers["location"] == "/"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nx: y"],
)
async def test_the_way_back_never_leaves_the_store(visitor: Browser, target: str) -> None:
    page = await visitor.provider.get(
        await visitor.leave_for_provider(str(httpx.URL("/auth/login", params={"return_to": target})))
    )
    answer = await visitor.store.get(await visitor.submit(page, login="shopper", password=PASSWORD))
    assert answer.headers["location"] == "/"


async def test_cancelling_at_the_provider_leads_back(visitor: Browser) -> None:
    url = await visitor.leave_for_provider("/auth/login?return_to=/cart")
    state = parse_qs(urlsplit(str(url)).query)["state"][0]
    told = {"error": "access_denied", "state": state, "iss": settings().oidc_issuer}
    answer = await visitor.store.get(httpx.URL("/auth/callback", params=told))
    assert answer.headers["location"] == "/sign-in-problem?reason=cancelled&return_to=%2Fcart"


async def test_a_bearer_token_of_the_provider_identifies_its_person(visitor: Browser) -> None:
    """The access token is taken from the token endpoint, as a program of the same client would.

    It is a JWT, and the provider also answers when asked about it, as about an opaque one.
    """
    verifier = "v" * 64
    url = await provider.authorization_url(
        redirect_uri=f"{settings().public_url}/auth/callback", state="s", nonce="n", code_verifier=verifier
    )
    page = await visitor.provider.get(url)
    callback = await visitor.submit(page, login="tom", password=PASSWORD)
    tokens = await provider.exchange_code(
        code=callback.params["code"],
        redirect_uri=f"{settings().public_url}/auth/callback",
        code_verifier=verifier,
    )
    headers = {"authorization": f"Bearer {tokens.access_token}"}
    answer = await visitor.store.get("/api/v1/me", headers=headers)
    assert answer.json()["roles"] == ["catalog_manager"]
    asked = await verify_opaque_token(tokens.access_token)
    assert (asked.email, sorted(asked.roles)) == ("catalogue@larkspur.example", [Role.CATALOG_MANAGER])
    as_access_token = {"authorization": f"Bearer {tokens.id_token}"}
    assert (await visitor.store.get("/api/v1/me", headers=as_access_token)).status_code == 401
