"""Errors as Stripe's API answers them: https://docs.stripe.com/api/errors."""

from typing import Any


class GatewayError(Exception):
    """A request that is refused; `payment_intent` is the intent's JSON where the answer carries it."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        decline_code: str | None = None,
        payment_intent: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        fields = {
            "type": kind,
            "code": code,
            "decline_code": decline_code,
            "message": message,
            "param": param,
            "payment_intent": payment_intent,
        }
        self.body: dict[str, Any] = {
            "error": {name: value for name, value in fields.items() if value is not None}
        }


def missing(param: str) -> GatewayError:
    """A required parameter was not sent."""
    return GatewayError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def no_such(what: str, given: str, param: str = "id") -> GatewayError:
    """An id that names nothing."""
    return GatewayError(f"No such {what}: '{given}'", status=404, code="resource_missing", param=param)


def card_error(
    message: str, code: str, *, param: str | None = None, decline_code: str | None = None
) -> GatewayError:
    """A card that cannot be used as it was typed."""
    return GatewayError(
        message, status=402, kind="card_error", code=code, param=param, decline_code=decline_code
    )
