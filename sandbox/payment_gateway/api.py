"""The REST routes under /v1, thin over payment methods, payments and refunds."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.payment_gateway.authentication import authenticate
from sandbox.payment_gateway.errors import GatewayError, missing
from sandbox.payment_gateway.events import Events
from sandbox.payment_gateway.idempotency import Idempotency
from sandbox.payment_gateway.intents import PaymentIntent
from sandbox.payment_gateway.ledger import Ledger
from sandbox.payment_gateway.money import check_amount
from sandbox.payment_gateway.parameters import (
    Parameters,
    boolean,
    integer,
    metadata,
    one_of,
    read_parameters,
    required_text,
    text,
)
from sandbox.payment_gateway.payment_methods import PaymentMethods
from sandbox.payment_gateway.payments import Payments
from sandbox.payment_gateway.refunds import REASONS, Refunds
from sandbox.payment_gateway.settings import Settings

Handler = Callable[[Parameters, Request], dict[str, Any]]
Endpoint = Callable[[Request], Awaitable[Response]]
CANCELLATION_REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")


class Api:
    """Authenticates, reads parameters, calls, answers JSON."""

    def __init__(
        self,
        settings: Settings,
        idempotency: Idempotency,
        methods: PaymentMethods,
        ledger: Ledger,
        payments: Payments,
        refunds: Refunds,
        events: Events,
    ) -> None:
        self._settings, self._idempotency = settings, idempotency
        self._methods, self._ledger, self._payments = methods, ledger, payments
        self._refunds, self._events = refunds, events

    @property
    def routes(self) -> list[Route]:
        intents, one = "/v1/payment_intents", "/v1/payment_intents/{id}"
        return [
            Route(
                "/v1/payment_methods",
                self._post(self._create_method, self._settings.publishable_key),
                methods=["POST"],
            ),
            Route(intents, self._post(self._create_intent), methods=["POST"]),
            Route(intents, self._get(self._list_intents)),
            Route(one, self._get(self._show_intent)),
            Route(f"{one}/confirm", self._post(self._confirm), methods=["POST"]),
            Route(f"{one}/capture", self._post(self._capture), methods=["POST"]),
            Route(f"{one}/cancel", self._post(self._cancel), methods=["POST"]),
            Route("/v1/refunds", self._post(self._create_refund), methods=["POST"]),
            Route("/v1/refunds", self._get(self._list_refunds)),
            Route("/v1/refunds/{id}", self._get(self._show_refund)),
            Route("/v1/events", self._get(self._list_events)),
        ]

    def _create_method(self, parameters: Parameters, _: Request) -> dict[str, Any]:
        return self._methods.create(parameters).as_json()

    def _create_intent(self, parameters: Parameters, _: Request) -> dict[str, Any]:
        amount, currency = integer(parameters, "amount"), required_text(parameters, "currency").lower()
        if amount is None:
            raise missing("amount")
        check_amount(amount, currency)
        confirmed, method = boolean(parameters, "confirm"), text(parameters, "payment_method")
        intent = self._ledger.add(
            amount,
            currency,
            metadata=metadata(parameters),
            capture_method=one_of(parameters, "capture_method", ("automatic", "automatic_async", "manual"))
            or "automatic",
            payment_method=self._methods.find(method).id if method else None,
            description=text(parameters, "description"),
            receipt_email=text(parameters, "receipt_email"),
        )
        if confirmed:
            return self._charged(self._payments.confirm(intent.id, None, _return_url(parameters)))
        return self._json(intent)

    def _list_intents(self, parameters: Parameters, _: Request) -> dict[str, Any]:
        return _list(
            [self._json(intent) for intent in self._ledger.newest(metadata(parameters), _limit(parameters))]
        )

    def _show_intent(self, parameters: Parameters, request: Request) -> dict[str, Any]:
        intent = self._ledger.get(request.path_params["id"])
        shown = self._json(intent)
        if intent.payment_method and "payment_method" in (parameters.get("expand") or ()):
            shown["payment_method"] = self._methods.find(intent.payment_method).as_json()
        return shown

    def _confirm(self, parameters: Parameters, request: Request) -> dict[str, Any]:
        intent = self._payments.confirm(
            request.path_params["id"], text(parameters, "payment_method"), _return_url(parameters)
        )
        return self._expanded(self._charged(intent), parameters)

    def _capture(self, parameters: Parameters, request: Request) -> dict[str, Any]:
        amount = integer(parameters, "amount_to_capture")
        return self._json(self._payments.capture(request.path_params["id"], amount))

    def _cancel(self, parameters: Parameters, request: Request) -> dict[str, Any]:
        reason = one_of(parameters, "cancellation_reason", CANCELLATION_REASONS)
        return self._json(self._payments.cancel(request.path_params["id"], reason))

    def _create_refund(self, parameters: Parameters, _: Request) -> dict[str, Any]:
        return self._refunds.create(
            required_text(parameters, "payment_intent"),
            integer(parameters, "amount"),
            one_of(parameters, "reason", REASONS),
            metadata(parameters),
        )

    def _list_refunds(self, parameters: Parameters, _: Request) -> dict[str, Any]:
        return _list(self._refunds.of_intent(required_text(parameters, "payment_intent")))

    def _show_refund(self, _: Parameters, request: Request) -> dict[str, Any]:
        return self._refunds.get(request.path_params["id"])

    def _list_events(self, parameters: Parameters, _: Request) -> dict[str, Any]:
        return _list(self._events.newest(_limit(parameters)))

    def _json(self, intent: PaymentIntent) -> dict[str, Any]:
        return intent.as_json(self._settings.origin)

    def _expanded(self, intent: dict[str, Any], parameters: Parameters) -> dict[str, Any]:
        """The intent with its payment method in full, when `expand[]=payment_method` asks for it."""
        if "payment_method" not in (parameters.get("expand") or ()) or not intent["payment_method"]:
            return intent
        return intent | {"payment_method": self._methods.find(intent["payment_method"]).as_json()}

    def _charged(self, intent: PaymentIntent) -> dict[str, Any]:
        """The intent, or its decline as a card error. Raises GatewayError."""
        error = intent.last_payment_error
        if not intent.declined or error is None:
            return self._json(intent)
        raise GatewayError(
            error["message"],
            status=402,
            kind="card_error",
            code=error["code"],
            decline_code=error.get("decline_code"),
            payment_intent=self._json(intent),
        )

    def _get(self, handler: Handler) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            authenticate(request, self._settings.secret_key)
            return JSONResponse(handler(await read_parameters(request), request))

        return endpoint

    def _post(self, handler: Handler, *browser_keys: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            authenticate(request, self._settings.secret_key, *browser_keys)
            parameters = await read_parameters(request)
            key = request.headers.get("idempotency-key")
            work = partial(handler, parameters, request)
            return self._idempotency.answer(key, request.url.path, parameters, work)

        return endpoint


def _return_url(parameters: Parameters) -> str | None:
    url = text(parameters, "return_url")
    if url is not None and not url.startswith(("http://", "https://")):
        raise GatewayError("Invalid return_url: must begin with http:// or https://", param="return_url")
    return url


def _limit(parameters: Parameters) -> int:
    limit = integer(parameters, "limit")
    if limit is not None and not 1 <= limit <= 100:
        raise GatewayError("Invalid limit: must be between 1 and 100", param="limit")
    return limit or 10


def _list(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "list", "data": items, "has_more": False}
