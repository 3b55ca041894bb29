"""A page about recent payments, and the test cards to try."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.frame import Pages
from sandbox.payment_gateway.cards import CARDS
from sandbox.payment_gateway.intents import PaymentIntent, Status
from sandbox.payment_gateway.ledger import Ledger
from sandbox.payment_gateway.money import written

SHOWN = 50
STATUS_LABELS = {
    Status.REQUIRES_PAYMENT_METHOD: "Needs a card",
    Status.REQUIRES_CONFIRMATION: "Needs confirmation",
    Status.REQUIRES_ACTION: "Needs 3-D Secure",
    Status.PROCESSING: "Processing",
    Status.REQUIRES_CAPTURE: "Held",
    Status.SUCCEEDED: "Succeeded",
    Status.CANCELED: "Canceled",
}


class Dashboard:
    """The front page."""

    def __init__(self, ledger: Ledger, pages: Pages) -> None:
        self._ledger, self._pages = ledger, pages

    @property
    def routes(self) -> list[Route]:
        return [Route("/", self.show)]

    async def show(self, _: Request) -> Response:
        """Recent payments, newest first."""
        rows = [_row(intent) for intent in self._ledger.newest({}, SHOWN)]
        return self._pages.page("dashboard.html", rows=rows, cards=CARDS, shown=SHOWN)


def _row(intent: PaymentIntent) -> dict[str, Any]:
    label, tone = STATUS_LABELS[intent.status], ""
    error = intent.last_payment_error
    if intent.declined and error:
        label, tone = str(error.get("decline_code") or error["code"]).replace("_", " ").capitalize(), "bad"
    elif intent.amount_refunded:
        label = "Partly refunded" if intent.refundable else "Refunded"
    elif intent.status is Status.SUCCEEDED:
        tone = "good"
    return {
        "id": intent.id,
        "amount": written(intent.amount, intent.currency),
        "refunded": written(intent.amount_refunded, intent.currency) if intent.amount_refunded else "",
        "status": label,
        "tone": tone,
        "order": intent.metadata.get("order_number") or intent.metadata.get("order_id", ""),
        "created": datetime.fromtimestamp(intent.created, UTC),
    }
