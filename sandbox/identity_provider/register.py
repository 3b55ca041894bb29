"""The page to create an account."""

import asyncio

from authlib.oauth2.rfc6749 import OAuth2Error  # type: ignore[import-untyped,unused-ignore]
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.identity_provider.answers import Answers
from sandbox.identity_provider.browser import STALE_FORM, Browser
from sandbox.identity_provider.directory import AddressTaken, User
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.oauth_request import ProviderRequest
from sandbox.identity_provider.registration import Registration, read_registration
from sandbox.identity_provider.signin import REGISTER, SIGN_IN


class RegisterPage:
    """Asgardeo's register.do, which goes on with the authorization request its address carries."""

    def __init__(self, provider: Provider, answers: Answers, pages: Pages) -> None:
        self._provider, self._answers, self._pages = provider, answers, pages

    @property
    def routes(self) -> list[Route]:
        return [Route(REGISTER, self.register, methods=["GET", "POST"])]

    async def register(self, request: Request) -> Response:
        """The form; a new account is signed in at once."""
        oauth_request = ProviderRequest(request, request.query_params, "GET")
        continues = "response_type" in request.query_params
        try:
            if continues:
                self._provider.validated(oauth_request)
        except OAuth2Error as error:
            return self._answers.refused(error)
        browser = Browser(request, self._provider.sign_ins)
        if request.method == "GET":
            return self._page(request, browser, Registration())
        form = await request.form()
        typed = read_registration(form)
        if not browser.sent(form):
            return self._page(request, browser, typed, problem=STALE_FORM)
        if continues and "cancel" in form:
            return self._answers.granted(oauth_request, None)
        user = None if typed.errors else await self._new_user(typed)
        if user is None:
            return self._page(request, browser, typed)
        if continues:
            return self._answers.signed_in(oauth_request, browser, user)
        sign_in, secret = self._provider.sign_ins.begin(user, browser.user_agent)
        page = self._pages.page("registered.html", user=user, home=self._provider.client.home)
        return browser.signed_in_as(sign_in, secret, page)

    async def _new_user(self, typed: Registration) -> User | None:
        try:
            return await asyncio.to_thread(
                self._provider.directory.register,
                typed.first_name,
                typed.last_name,
                typed.email,
                typed.password,
            )
        except AddressTaken:
            typed.errors["email"] = "There is already an account with this email address. Sign in instead."
            return None

    def _page(self, request: Request, browser: Browser, typed: Registration, problem: str = "") -> Response:
        query = request.query_params
        page = self._pages.page(
            "register.html",
            status=422 if problem or typed.errors else 200,
            form_targets=self._provider.client.origins,
            scripts=True,
            form_token=browser.form_token,
            typed=typed,
            problem=problem,
            sign_in_url=f"{SIGN_IN}?{query}" if "response_type" in query else None,
            home=self._provider.client.home,
        )
        return browser.remember_form(page)
