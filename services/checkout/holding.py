"""While somebody is at the checkout, what is in the cart is held for them: for some minutes after the last thing they
did, and for a longer time at most. Then it is anybody's again, and the cart stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.cart import Cart
from models.ids import now
from models.stock import Hold
from services.cart import service as carts
from services.cart.service import CartLine, CartView, LineProblem
from services.errors import Conflict, InsufficientStock, Invalid, Unavailable
from services.inventory import service as inventory
from services.live import topics
from services.order import service as orders
from services.unit_of_work import UnitOfWork

WORTH_WRITING = timedelta(minutes=1)
"""By less a hold is not made longer: each event of a page would write."""
TRIES = 5
"""How often what can be had is asked for, while others take of it."""


@dataclass(frozen=True, slots=True)
class CheckoutHold:
    """What is held for a cart. Of an order that waits for its payment, `expires_at` is when the order is given up."""

    quantities: Mapping[str, int]
    expires_at: datetime
    for_order: bool = False

    def seconds_left(self, moment: datetime) -> int:
        """Whole seconds, rounded up: at 0 it is over."""
        return max(0, -int((moment - self.expires_at) // timedelta(seconds=1)))


async def reserve(uow: UnitOfWork, cart: Cart) -> CheckoutHold:
    """Hold all that is in a cart, or renew the hold it has. `cart` must be locked and open.

    Raises InsufficientStock (with the units that can be had; nothing changes then), Conflict for what is not sold any
    more, and Invalid for an empty cart. What an order of this cart holds is left to it.
    """
    view = await carts.view(uow, cart)
    if view.is_empty:
        raise Invalid("The cart is empty. Put something in it first.", code="cart_empty")
    _require_on_sale(view)
    short = {line.sku: line.available for line in view.lines if not line.sellable}
    if short:
        raise InsufficientStock("Part of this cart can't be had any more. Change it and try again.", short)
    found = await _kept(uow, cart, view.quantities(), renewed=True)
    return await _of(uow, cart, found)


async def start(uow: UnitOfWork, cart: Cart) -> tuple[CheckoutHold | None, CartView]:
    """The checkout is opened: hold what can be had of its cart; one that is held already is held no longer for that.

    Returns the cart as well, whose lines tell what can't be had. `cart` must be locked and open.
    """
    return await _as_far_as_possible(uow, cart, renewed=False)


async def stay(uow: UnitOfWork, cart: Cart) -> tuple[CheckoutHold | None, CartView]:
    """As start, for somebody who is doing something there: the time they have begins anew."""
    return await _as_far_as_possible(uow, cart, renewed=True)


async def look(uow: UnitOfWork, cart: Cart) -> CheckoutHold | None:
    """What is held for a cart; None when nothing is, or its time is over."""
    found = await inventory.hold_of(uow, cart.id)
    if found is None or found.is_over(now()):
        return None
    return await _of(uow, cart, found)


async def end(uow: UnitOfWork, cart: Cart) -> CheckoutHold | None:
    """A page says that the time is over: give back what is, and say what is held now. `cart` must be locked."""
    found = await inventory.hold_of(uow, cart.id)
    if found and found.is_over(now()):
        await inventory.end_hold(uow, cart.id)
    return await look(uow, cart)


async def _as_far_as_possible(
    uow: UnitOfWork, cart: Cart, *, renewed: bool
) -> tuple[CheckoutHold | None, CartView]:
    for _ in range(TRIES):
        view = await carts.view(uow, cart)
        wanted = {line.sku: _to_be_had(line) for line in view.lines if _to_be_had(line)}
        if not wanted:
            await inventory.lower(uow, cart.id, {})
            return await look(uow, cart), view
        try:
            async with uow.session.begin_nested():
                found = await _kept(uow, cart, wanted, renewed=renewed)
        except InsufficientStock:
            continue
        return await _of(uow, cart, found), view
    raise Unavailable("Very many want this just now. Please try again in a moment.", code="busy")


async def _kept(uow: UnitOfWork, cart: Cart, wanted: Mapping[str, int], *, renewed: bool) -> Hold:
    """Hold just these units, writing no more than has to be."""
    found = await inventory.hold_of(uow, cart.id)
    if found and not found.is_timed:
        return found
    until = _until(uow, found, renewed=renewed)
    same = found is not None and dict(found.quantities) == wanted and not found.is_over(now())
    if found and same and until == found.expires_at:
        return found
    uow.announce(topics.cart(cart.id))
    if same:
        return await inventory.extend(uow, cart.id, until) or await inventory.hold(
            uow, cart.id, wanted, until=until
        )
    return await inventory.hold(uow, cart.id, wanted, until=until)


def _until(uow: UnitOfWork, found: Hold | None, *, renewed: bool) -> datetime:
    moment = now()
    minutes, most = uow.settings.checkout_hold_minutes, uow.settings.checkout_hold_most_minutes
    until = moment + timedelta(minutes=min(minutes, most))
    if found is None or found.expires_at is None or found.is_over(moment):
        return until
    until = min(until, found.since + timedelta(minutes=most))
    return until if renewed and until - found.expires_at >= WORTH_WRITING else found.expires_at


def _to_be_had(line: CartLine) -> int:
    return 0 if line.problem is LineProblem.UNAVAILABLE else min(line.quantity, line.available)


def _require_on_sale(view: CartView) -> None:
    gone = [line.sku for line in view.lines if line.problem is LineProblem.UNAVAILABLE]
    if gone:
        raise Conflict(
            "Something in this cart is not sold any more. Take it out and try again.",
            code="item_unavailable",
            skus=gone,
        )


async def _of(uow: UnitOfWork, cart: Cart, found: Hold) -> CheckoutHold:
    if found.expires_at:
        return CheckoutHold(found.quantities, found.expires_at)
    order = await orders.find_pending(uow, cart.id)
    placed_at = order.placed_at if order else found.since
    patience = timedelta(minutes=uow.settings.order_payment_minutes)
    return CheckoutHold(found.quantities, placed_at + patience, for_order=True)
