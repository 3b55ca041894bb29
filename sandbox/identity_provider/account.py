"""The page of somebody who is signed in: who they are, in which browsers, and the ways out."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.identity_provider.browser import Browser
from sandbox.identity_provider.endings import Endings
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.protocol import TENANT

ACCOUNT = f"{TENANT}/myaccount"
SIGN_OUT = f"{ACCOUNT}/sign-out"
EVERYWHERE = "everywhere"


class AccountPage:
    """Asgardeo's “My Account”, as far as a shop's customer needs it."""

    def __init__(self, provider: Provider, endings: Endings, pages: Pages) -> None:
        self._provider, self._endings, self._pages = provider, endings, pages

    @property
    def routes(self) -> list[Route]:
        return [Route(ACCOUNT, self.show), Route(SIGN_OUT, self.sign_out, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        browser = Browser(request, self._provider.sign_ins)
        current = browser.sign_in
        page = self._pages.page(
            "account.html",
            sign_in=current,
            sessions=self._provider.sign_ins.of(current.user) if current else [],
            form_token=browser.form_token,
            home=self._provider.client.home,
        )
        return browser.remember_form(page)

    async def sign_out(self, request: Request) -> Response:
        """Ends one of one's own sessions, named by its `sid`, or all of them."""
        browser = Browser(request, self._provider.sign_ins)
        form = await request.form()
        current = browser.sign_in
        back = RedirectResponse(ACCOUNT, 303)
        if current is None or not browser.sent(form):
            return back
        asked = str(form.get("session", ""))
        if asked == EVERYWHERE:
            self._endings.sign_out_everywhere(current.user.id)
        elif asked in {session.sid for session in self._provider.sign_ins.of(current.user)}:
            self._endings.sign_out(asked, current.user.id)
        return browser.signed_out(back) if asked in (EVERYWHERE, current.sid) else back
