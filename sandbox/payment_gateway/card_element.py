"""Card fields for an iframe: the number goes from the browser to the gateway and never to the store.

The parent sends `{type: "larkspur:create_payment_method"}` with a MessageChannel port; the answer on the port
is `{id, card: {brand, last4, exp_month, exp_year}}` or `{error: {code, message, field}}`. The element sends
`larkspur:ready`, `larkspur:height` (`height` in px), `larkspur:change` (`complete`, `brand`) and, for Enter,
`larkspur:submit`; it obeys `larkspur:set_theme` (`theme`) and `larkspur:focus`.
"""

import hmac
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.payment_gateway.settings import Settings

ELEMENT = Path(__file__).parent / "element"
THEMES = ("light", "dark")


class CardElement:
    """The page and its two assets."""

    def __init__(self, settings: Settings, pages: Pages) -> None:
        self._settings, self._pages = settings, pages

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/elements/card", self.page),
            Route("/elements/card.js", self.script),
            Route("/elements/card.css", self.style),
        ]

    async def page(self, request: Request) -> Response:
        """The fields, for one of the allowed parents only."""
        query = request.query_params
        key, origin = query.get("publishable_key", ""), query.get("origin", "")
        if not hmac.compare_digest(key.encode(), self._settings.publishable_key.encode()):
            return self._refused("The publishable key is missing or wrong.", 401)
        if origin not in self._settings.allow_origins:
            return self._refused("This origin may not embed the card fields.", 403)
        theme = query.get("theme", "")
        return self._pages.page(
            "card_element.html",
            policy=self._policy(),
            theme=theme if theme in THEMES else "auto",
            origin=origin,
            publishable_key=key,
        )

    async def script(self, _: Request) -> Response:
        return FileResponse(ELEMENT / "card.js", media_type="text/javascript")

    async def style(self, _: Request) -> Response:
        return FileResponse(ELEMENT / "card.css", media_type="text/css")

    def _refused(self, message: str, status: int) -> HTMLResponse:
        return self._pages.page(
            "card_element_refused.html", status=status, policy=self._policy(), message=message
        )

    def _policy(self) -> str:
        parents = " ".join(self._settings.allow_origins) or "'none'"
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
            f"form-action 'none'; frame-ancestors {parents}"
        )
