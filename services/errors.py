"""The one tree of errors a shopper, a member of staff or a program may cause.

Each says what happened and what to do. `code` is stable for programs; `status` is the answer of the REST API.
"""

from __future__ import annotations

from typing import Any


class StoreError(Exception):
    status = 500
    code = "error"
    title = "Something went wrong"

    def __init__(self, detail: str, *, code: str = "", **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.extra = extra


class NotFound(StoreError):
    status = 404
    code = "not_found"
    title = "Not found"


class Conflict(StoreError):
    """The request is sound but the present state of things doesn't allow it."""

    status = 409
    code = "conflict"
    title = "Not possible right now"


class InsufficientStock(Conflict):
    """Less is available than was asked for; `available` maps each short SKU to its units."""

    code = "insufficient_stock"
    title = "Not enough in stock"

    def __init__(self, detail: str, available: dict[str, int]) -> None:
        sole = next(iter(available.values())) if len(available) == 1 else None
        super().__init__(detail, available=sole if sole is not None else available)
        self.available = available


class PriceChanged(Conflict):
    code = "price_changed"
    title = "A price has changed"


class Invalid(StoreError):
    """The input can't be used; `errors` maps each field to what is wrong with it."""

    status = 422
    code = "invalid"
    title = "Please check what you entered"

    def __init__(self, detail: str, errors: dict[str, str] | None = None, *, code: str = "") -> None:
        self.errors = errors or {}
        super().__init__(detail, code=code)


class BadRequest(StoreError):
    status = 400
    code = "bad_request"
    title = "The request can't be read"


class PaymentDeclined(StoreError):
    """The card was refused; the order stays open for another try."""

    status = 402
    code = "card_declined"
    title = "The payment did not go through"


class Unauthenticated(StoreError):
    status = 401
    code = "unauthenticated"
    title = "Please sign in"


class Forbidden(StoreError):
    status = 403
    code = "forbidden"
    title = "Not allowed"


class PreconditionFailed(StoreError):
    """Somebody else changed it first (RFC 9110, 13.1.1)."""

    status = 412
    code = "precondition_failed"
    title = "It was changed meanwhile"


class TooManyRequests(StoreError):
    """`retry_after` is in seconds (RFC 9110, 10.2.3)."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(StoreError):
    """A part the store depends on does not answer."""

    status = 503
    code = "unavailable"
    title = "Temporarily unavailable"
