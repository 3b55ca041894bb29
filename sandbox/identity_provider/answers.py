"""How an authorization request ends: back at the client with a code or an error, or on a page of ours."""

from authlib.common.urls import add_params_to_uri  # type: ignore[import-untyped,unused-ignore]
from authlib.oauth2.rfc6749 import OAuth2Error  # type: ignore[import-untyped,unused-ignore]
from starlette.responses import Response

from sandbox.frame import Pages
from sandbox.identity_provider.browser import Browser
from sandbox.identity_provider.directory import User
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.oauth_request import ProviderRequest
from sandbox.identity_provider.sign_ins import SignIn


class Answers:
    """Answers to the client, each with `iss` (RFC 9207)."""

    def __init__(self, provider: Provider, pages: Pages) -> None:
        self._provider, self._pages = provider, pages

    def signed_in(self, request: ProviderRequest, browser: Browser, user: User) -> Response:
        """Starts a single sign-on session and gives the client its code."""
        sign_in, secret = self._provider.sign_ins.begin(user, browser.user_agent)
        return browser.signed_in_as(sign_in, secret, self.granted(request, sign_in))

    def granted(self, request: ProviderRequest, sign_in: SignIn | None) -> Response:
        """A code, or access_denied when there is no sign-in."""
        try:
            grant = self._provider.validated(request)
        except OAuth2Error as error:
            return self.refused(error)
        response: Response = self._provider.create_authorization_response(
            request, grant_user=sign_in, grant=grant
        )
        return self._with_issuer(response)

    def refused(self, error: OAuth2Error) -> Response:
        """The error at the client, or a page when it is not safe to go there (RFC 6749 section 4.1.2.1)."""
        if error.redirect_uri:
            return self._with_issuer(self._provider.handle_error_response(None, error))
        return self.refusal_page(error.error, _description(error))

    def refusal_page(self, code: str, description: str) -> Response:
        """Says why the request leads nowhere."""
        return self._pages.page(
            "refused.html", status=400, code=code, description=description, home=self._provider.client.home
        )

    def _with_issuer(self, response: Response) -> Response:
        location = add_params_to_uri(response.headers["location"], {"iss": self._provider.issuer})
        response.headers["location"] = location
        response.status_code = 303
        return response


def _description(error: OAuth2Error) -> str:
    """What is wrong, in a sentence; Authlib garbles the one about response types."""
    if error.error == "unsupported_response_type":
        return "The request must say response_type=code."
    return str(error.get_error_description() or "The request is incomplete.")
