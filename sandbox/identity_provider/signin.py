"""The authorization endpoint and the sign-in page it leads to."""

import asyncio
import time
from urllib.parse import urlencode

from authlib.oauth2.rfc6749 import OAuth2Error  # type: ignore[import-untyped,unused-ignore]
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.identity_provider.accounts import ACCOUNTS, SHOPPERS, STAFF
from sandbox.identity_provider.answers import Answers
from sandbox.identity_provider.browser import STALE_FORM, Browser
from sandbox.identity_provider.directory import User
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.oauth_request import ProviderRequest
from sandbox.identity_provider.protocol import TENANT
from sandbox.identity_provider.sign_ins import SignIn

SIGN_IN = f"{TENANT}/authenticationendpoint/login.do"
REGISTER = f"{TENANT}/accountrecoveryendpoint/register.do"
WRONG_PASSWORD = "That email and password do not match an account. Check them and try again."  # noqa: S105


class SignInPage:
    """Finds out who is there, and tells the client."""

    def __init__(self, provider: Provider, answers: Answers, pages: Pages) -> None:
        self._provider, self._answers, self._pages = provider, answers, pages

    @property
    def routes(self) -> list[Route]:
        return [
            Route(f"{TENANT}/oauth2/authorize", self.authorize, methods=["GET", "POST"]),
            Route(SIGN_IN, self.sign_in, methods=["GET", "POST"]),
        ]

    async def authorize(self, request: Request) -> Response:
        """Answers at once when the browser is signed in, else shows the form (OpenID Connect Core 3.1.2)."""
        parameters = await request.form() if request.method == "POST" else request.query_params
        oauth_request = ProviderRequest(request, parameters, "GET")
        sign_in = Browser(request, self._provider.sign_ins).sign_in
        if sign_in and _too_old(sign_in, parameters):
            sign_in = None
        try:
            grant = self._provider.get_consent_grant(oauth_request, sign_in)
        except OAuth2Error as error:
            return self._answers.refused(error)
        if sign_in is None or grant.prompt in ("login", "select_account"):
            query = urlencode([(name, str(value)) for name, value in parameters.multi_items()])
            return RedirectResponse(f"{SIGN_IN}?{query}", 303)
        return self._answers.granted(oauth_request, sign_in)

    async def sign_in(self, request: Request) -> Response:
        """The form with email and password, and a button for each demo account."""
        oauth_request = ProviderRequest(request, request.query_params, "GET")
        try:
            self._provider.validated(oauth_request)
        except OAuth2Error as error:
            return self._answers.refused(error)
        browser = Browser(request, self._provider.sign_ins)
        if request.method == "GET":
            return self._page(request, browser, request.query_params.get("login_hint", ""))
        form = await request.form()
        login = str(form.get("login", ""))
        if not browser.sent(form):
            return self._page(request, browser, login, STALE_FORM)
        if "cancel" in form:
            return self._answers.granted(oauth_request, None)
        user = await self._authenticated(form)
        if user is None:
            return self._page(request, browser, login, WRONG_PASSWORD)
        return self._answers.signed_in(oauth_request, browser, user)

    async def _authenticated(self, form: FormData) -> User | None:
        directory = self._provider.directory
        demo = form.get("demo")
        if isinstance(demo, str):
            known = any(account.username == demo for account in ACCOUNTS)
            return directory.by_username(demo) if known else None
        login, password = str(form.get("login", "")), str(form.get("password", ""))
        return await asyncio.to_thread(directory.authenticate, login, password)

    def _page(self, request: Request, browser: Browser, login: str, problem: str = "") -> Response:
        page = self._pages.page(
            "sign_in.html",
            status=422 if problem else 200,
            form_targets=self._provider.client.origins,
            scripts=True,
            form_token=browser.form_token,
            login=login,
            problem=problem,
            groups={"Shoppers": SHOPPERS, "Staff": STAFF},
            register_url=f"{REGISTER}?{request.query_params}",
        )
        return browser.remember_form(page)


def _too_old(sign_in: SignIn, parameters: QueryParams | FormData) -> bool:
    """Whether `max_age` (seconds) asks for a fresher sign-in; an unreadable one does too."""
    max_age = parameters.get("max_age")
    if max_age is None:
        return False
    text = str(max_age)
    return not text.isdecimal() or time.time() - sign_in.auth_time > int(text)
