"""The provider's front page: who to be, what tokens are signed with, and where the documents are."""

import asyncio
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.identity_provider.accounts import SHOPPERS, STAFF
from sandbox.identity_provider.browser import Browser
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.protocol import TENANT

FRONT = f"{TENANT}/"
ROTATE_KEYS = "/sandbox/rotate-keys"


class FrontPage:
    """For people who are curious. It lies below the path of the cookies, so that it knows who is signed in."""

    def __init__(self, provider: Provider, pages: Pages) -> None:
        self._provider, self._pages = provider, pages

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/", self.to_front),
            Route(FRONT, self.front),
            Route(ROTATE_KEYS, self.rotate_keys, methods=["POST"]),
        ]

    async def to_front(self, _: Request) -> Response:
        return RedirectResponse(FRONT, 303)

    async def front(self, request: Request) -> Response:
        browser = Browser(request, self._provider.sign_ins)
        page = self._pages.page(
            "front.html",
            sign_in=browser.sign_in,
            form_token=browser.form_token,
            groups={"Shoppers": SHOPPERS, "Staff": STAFF},
            issuer=self._provider.issuer,
            opaque=self._provider.opaque,
            keys=self._provider.keys.published,
            home=self._provider.client.home,
        )
        return browser.remember_form(page)

    async def rotate_keys(self, request: Request) -> Response:
        """Makes a new signing key; for a browser it ends on the front page, for a program in JSON."""
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            return JSONResponse({"error": "Only the provider's own page may ask for this."}, 403)
        fresh = await asyncio.to_thread(self._provider.keys.rotate)
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"{FRONT}#keys", 303)
        return JSONResponse({"kid": fresh.kid, "published": len(self._provider.keys.published)}, 201)
