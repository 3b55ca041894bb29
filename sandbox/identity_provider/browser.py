"""What one browser holds: the single sign-on cookie and the token that ties a form to it."""

import hashlib
import secrets

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from sandbox.identity_provider.sign_ins import SIGNED_IN_FOR, SignIn, SignIns

PATH = "/t/larkspur"
SIGN_IN_COOKIE = "larkspur_idp_session"
FORM_COOKIE = "larkspur_idp_form"
STALE_FORM = "This page was open for too long. Please try once more."


class Browser:
    """Reads a request's cookies and sets them on the answer.

    All ports of localhost share their cookies, so these carry the provider's own names and path. They are
    not Secure because the sandbox speaks plain HTTP on loopback only.
    """

    def __init__(self, request: Request, sign_ins: SignIns) -> None:
        self._sign_ins = sign_ins
        self.user_agent = request.headers.get("user-agent", "")
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        self._foreign = request.headers.get("origin", own) != own
        self._form_secret = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
        secret = request.cookies.get(SIGN_IN_COOKIE)
        self.sign_in: SignIn | None = sign_ins.by_secret(secret) if secret else None

    @property
    def form_token(self) -> str:
        """The hidden field of every form."""
        return hashlib.sha256(f"form {self._form_secret}".encode()).hexdigest()

    def sent(self, form: FormData) -> bool:
        """Whether the form was rendered for this browser."""
        token = str(form.get("form_token", ""))
        return not self._foreign and secrets.compare_digest(token.encode(), self.form_token.encode())

    def remember_form(self, response: Response) -> Response:
        """Goes with every page that has a form."""
        response.set_cookie(FORM_COOKIE, self._form_secret, path=PATH, httponly=True, samesite="lax")
        return response

    def signed_in_as(self, sign_in: SignIn, secret: str, response: Response) -> Response:
        """Replaces whatever sign-in the browser had."""
        if self.sign_in:
            self._sign_ins.end(self.sign_in.sid)
        self.sign_in = sign_in
        response.set_cookie(
            SIGN_IN_COOKIE, secret, max_age=SIGNED_IN_FOR, path=PATH, httponly=True, samesite="lax"
        )
        return response

    def signed_out(self, response: Response) -> Response:
        response.delete_cookie(SIGN_IN_COOKIE, path=PATH, httponly=True, samesite="lax")
        return response
