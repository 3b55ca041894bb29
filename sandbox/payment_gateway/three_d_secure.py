"""The page on which a cardholder says it is them, as a bank would show it."""

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.payment_gateway.errors import GatewayError
from sandbox.payment_gateway.intents import PaymentIntent
from sandbox.payment_gateway.ledger import Ledger
from sandbox.payment_gateway.money import written
from sandbox.payment_gateway.payments import Payments


class ThreeDSecure:
    """Shows the question and takes the answer; the address is the unguessable ticket for both."""

    def __init__(self, ledger: Ledger, payments: Payments, pages: Pages) -> None:
        self._ledger, self._payments, self._pages = ledger, payments, pages

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/3ds/{authentication}", self.question),
            Route("/3ds/{authentication}", self.answer, methods=["POST"]),
        ]

    async def question(self, request: Request) -> Response:
        """Asks to complete or fail the authentication."""
        try:
            intent = self._ledger.awaiting(request.path_params["authentication"])
        except GatewayError:
            return self._finished(404, passed=None)
        back = urlsplit(intent.return_url or "")
        return self._pages.page(
            "three_d_secure.html",
            form_targets=[f"{back.scheme}://{back.netloc}"] if back.netloc else [],
            amount=written(intent.amount, intent.currency),
        )

    async def answer(self, request: Request) -> Response:
        """Settles or declines, then goes back to the store."""
        passed = (await request.form()).get("answer") == "complete"
        try:
            intent = self._payments.authenticate(request.path_params["authentication"], passed=passed)
        except GatewayError:
            return self._finished(404, passed=None)
        if intent.return_url is None:
            return self._finished(200, passed=passed)
        return RedirectResponse(_address(intent, intent.return_url, passed=passed), 303)

    def _finished(self, status: int, *, passed: bool | None) -> Response:
        return self._pages.page("three_d_secure_finished.html", status=status, passed=passed)


def _address(intent: PaymentIntent, return_url: str, *, passed: bool) -> str:
    """The return address with the parameters Stripe adds."""
    outcome = {
        "payment_intent": intent.id,
        "payment_intent_client_secret": intent.client_secret,
        "redirect_status": "succeeded" if passed else "failed",
    }
    base, mark, fragment = return_url.partition("#")
    joint = "&" if "?" in base else "?"
    return f"{base}{joint}{urlencode(outcome)}{mark}{fragment}"
