"""OpenID Connect RP-Initiated Logout 1.0, with a question when nothing proves that the client asks."""

from authlib.oauth2.rfc6749 import OAuth2Error  # type: ignore[import-untyped,unused-ignore]
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.identity_provider.answers import Answers
from sandbox.identity_provider.browser import Browser
from sandbox.identity_provider.endings import Endings
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.oauth_request import ProviderRequest
from sandbox.identity_provider.protocol import TENANT
from sandbox.identity_provider.sign_ins import SignIn

LOGOUT = f"{TENANT}/oidc/logout"
UNREGISTERED = "The address to return to after signing out is not registered."
ASKED = ("id_token_hint", "client_id", "post_logout_redirect_uri", "state")


class SignOutPage:
    """The end-session endpoint."""

    def __init__(self, provider: Provider, endings: Endings, answers: Answers, pages: Pages) -> None:
        self._provider, self._endings, self._answers, self._pages = provider, endings, answers, pages

    @property
    def routes(self) -> list[Route]:
        return [Route(LOGOUT, self.sign_out, methods=["GET", "POST"])]

    async def sign_out(self, request: Request) -> Response:
        """Signs out, or asks first."""
        form = await request.form() if request.method == "POST" else FormData()
        parameters = form or request.query_params
        browser = Browser(request, self._provider.sign_ins)
        try:
            asked = self._provider.validate_endpoint_request(
                "end_session", ProviderRequest(request, parameters, "POST")
            )
        except OAuth2Error as error:
            return self._answers.refusal_page(error.error, error.get_error_description())
        if parameters.get("post_logout_redirect_uri") and not asked.redirect_uri:
            return self._answers.refusal_page("invalid_request", UNREGISTERED)
        current = browser.sign_in
        if current and not _asked_by(current, asked.id_token_claims) and not browser.sent(form):
            return self._question(browser, current, {name: str(parameters.get(name, "")) for name in ASKED})
        return self._signed_out(browser, asked.id_token_claims, asked.redirect_uri)

    def _question(self, browser: Browser, current: SignIn, asked: dict[str, str]) -> Response:
        page = self._pages.page(
            "sign_out.html",
            form_targets=self._provider.client.origins,
            form_token=browser.form_token,
            user=current.user,
            asked={name: value for name, value in asked.items() if value},
            home=self._provider.client.home,
        )
        return browser.remember_form(page)

    def _signed_out(
        self, browser: Browser, claims: dict[str, object] | None, return_to: str | None
    ) -> Response:
        ended = {str(claims["sid"]): str(claims["sub"])} if claims and "sid" in claims else {}
        if browser.sign_in:
            ended[browser.sign_in.sid] = browser.sign_in.user.id
        for sid, user_id in ended.items():
            self._endings.sign_out(sid, user_id)
        if return_to:
            return browser.signed_out(RedirectResponse(return_to, 303))
        return browser.signed_out(self._pages.page("signed_out.html", home=self._provider.client.home))


def _asked_by(sign_in: SignIn, claims: dict[str, object] | None) -> bool:
    """Whether the hint is about the person signed in; without it, any site could be asking."""
    return claims is not None and claims.get("sub") == sign_in.user.id
