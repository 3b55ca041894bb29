"""From a cart to an order that waits for its payment."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, EmailStr

from models.address import Address
from models.cart import Cart
from models.delivery_dates import DeliveryDates
from models.identity import Identity
from models.money import Money
from models.order import Order, OrderEventKind, OrderItem
from models.payment import Payment
from models.pricing import AppliedPromotion, Breakdown, LineBreakdown
from services import reference
from services.addresses import read_address
from services.cart import service as carts
from services.cart.service import CartLine, CartView, LineProblem
from services.delivery import service as delivery
from services.errors import Conflict, InsufficientStock, Invalid
from services.identity import people
from services.inventory import service as inventory
from services.order import repository
from services.order.price_changes import lost_codes, price_changed
from services.order.timeline import note
from services.price_list import service as price_lists
from services.promotion import service as promotions
from services.unit_of_work import UnitOfWork

EXPIRY_TASK = "checkout.expire_order"


class CheckoutDetails(BaseModel):
    """Who gets the parcel, where, and how."""

    model_config = ConfigDict(frozen=True)

    email: EmailStr
    shipping_address: Address
    shipping_method: str


class OtherOrderPending(Conflict):
    """An order of the same cart waits for its payment, when cart or details are others by now: a card was declined, and
    the shopper went back."""

    def __init__(self, order: Order) -> None:
        super().__init__(
            f"Order {order.number} of this cart waits for its payment. Try again in a moment, or pay that one.",
            code="order_pending",
            order_id=str(order.id),
        )
        self.order_id = order.id


def _fingerprint(cart: CartView, details: CheckoutDetails, totals: Breakdown) -> str:
    """Identifies what would be ordered, at which prices, to whom and how."""
    lines = sorted((line.sku, line.quantity, line.unit_price.amount) for line in cart.lines)
    promotions = sorted(str(each.promotion_id) for each in totals.applied)
    amounts = [totals.discount.amount, totals.shipping.amount, totals.tax.amount, totals.total.amount]
    ordered = [str(cart.id), cart.currency, lines, promotions, amounts, details.model_dump(mode="json")]
    content = json.dumps(ordered, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


async def place_order(
    uow: UnitOfWork,
    cart: Cart,
    identity: Identity,
    details: CheckoutDetails,
    expected_total: Money | None = None,
    *,
    checkout_key: str | None = None,
) -> Order:
    """Turn a cart into an order that waits for its payment, with its stock held.

    The same cart, details and prices give the same order again. The cart is kept until the order is paid.
    `checkout_key` finds the order again after an answer was lost. `cart` must be locked and open.
    Raises Invalid, OtherOrderPending, InsufficientStock, PriceChanged (the total is not what the shopper saw), Conflict
    (something in the cart is not sold any more, nor anything in its currency), and Unauthenticated (the account was
    deleted a moment ago).
    """
    await people.keep(uow, identity.user_id)
    await price_lists.require_offered(uow, cart.currency)
    view = await carts.view(uow, cart, anew=True)
    details = checked_details(details)
    pending = await repository.find_pending(uow.session, cart.id)
    if pending and pending.fingerprint != _fingerprint(view, details, await _totals(uow, view, details)):
        raise OtherOrderPending(pending)
    _require_sellable(view)
    totals = await _checked_totals(uow, view, details, expected_total)
    if pending:
        pending.checkout_key = checkout_key or pending.checkout_key
        return pending
    days = await _delivery_days(uow, details, view, totals)
    order = Order(
        number=await repository.next_number(uow.session),
        user_id=identity.user_id,
        visitor=identity.visitor,
        cart_id=cart.id,
        email=details.email,
        currency=view.currency,
        subtotal_amount=totals.subtotal.amount,
        discount_amount=totals.discount.amount,
        shipping_amount=totals.shipping.amount,
        tax_amount=totals.tax.amount,
        tax_included=totals.tax_included,
        total_amount=totals.total.amount,
        shipping_address=details.shipping_address.model_dump(),
        shipping_method=details.shipping_method,
        delivery_name=totals.delivery.name if totals.delivery else "",
        delivery_from=days.first,
        delivery_to=days.last,
        taxes=[{"name": each.name, "rate": each.rate, "amount": each.amount.amount} for each in totals.taxes],
        promotions=[_applied(each) for each in totals.applied],
        fingerprint=_fingerprint(view, details, totals),
        checkout_key=checkout_key,
    )
    items = [
        _item(order, line, priced, position)
        for position, (line, priced) in enumerate(zip(view.lines, totals.lines, strict=True))
    ]
    payment = Payment(order_id=order.id, amount=order.total_amount, currency=order.currency)
    await repository.add(uow.session, order, items, payment)
    if not await promotions.redeem(uow, order.id, view.buyer(details.email), totals.applied):
        reference.recheck(uow.session)
        raise price_changed(await _totals(uow, view, details))
    await inventory.hold(uow, cart.id, view.quantities())
    note(uow, order, OrderEventKind.PLACED, actor="shopper")
    await uow.defer(
        EXPIRY_TASK, after=timedelta(minutes=uow.settings.order_payment_minutes), order_id=str(order.id)
    )
    return order


def checked_details(details: CheckoutDetails) -> CheckoutDetails:
    """With the region's code and the postal code as the country writes them; done twice, it changes nothing more.

    Raises Invalid naming the fields that can't be used.
    """
    try:
        address = read_address(details.shipping_address.model_dump())
    except Invalid as invalid:
        named = {f"shipping_address.{name}": told for name, told in invalid.errors.items()}
        raise Invalid(invalid.detail, named) from invalid
    return details.model_copy(update={"shipping_address": address})


async def _delivery_days(
    uow: UnitOfWork, details: CheckoutDetails, view: CartView, totals: Breakdown
) -> DeliveryDates:
    destination = details.shipping_address.destination
    method = await delivery.method(
        uow, destination, details.shipping_method, view.currency, totals.subtotal, totals.weight_grams
    )
    return delivery.dates(uow, method, destination)


def _require_sellable(view: CartView) -> None:
    if view.is_empty:
        raise Invalid("The cart is empty. Put something in it first.", code="cart_empty")
    gone = [line for line in view.lines if line.problem is LineProblem.UNAVAILABLE]
    if gone:
        raise Conflict(
            "Something in your cart is not sold any more. Please take it out and try again.",
            code="item_unavailable",
            skus=[line.sku for line in gone],
        )
    short = {line.sku: line.available for line in view.lines if not line.sellable}
    if short:
        raise InsufficientStock(
            "Part of your cart is no longer in stock. Please adjust it and try again.", short
        )


async def _totals(uow: UnitOfWork, view: CartView, details: CheckoutDetails) -> Breakdown:
    destination = details.shipping_address.destination
    return await carts.quote(uow, view, destination, details.shipping_method, details.email)


async def _checked_totals(
    uow: UnitOfWork, view: CartView, details: CheckoutDetails, expected_total: Money | None
) -> Breakdown:
    totals = await _totals(uow, view, details)
    as_seen = all(line.problem is not LineProblem.PRICE_CHANGED for line in view.lines) and not lost_codes(
        totals
    )
    if (expected_total is None and not as_seen) or (
        expected_total is not None and expected_total != totals.total
    ):
        raise price_changed(totals)
    _require_chargeable(totals.total)
    return totals


def _require_chargeable(total: Money) -> None:
    """Prices that cards can't be charged are refused when they are written down; an older one may still be there."""
    if total != total.chargeable():
        raise Conflict(
            f"Cards can't be charged {total.format()}. Choose another currency, or write to us.",
            code="not_chargeable",
        )


def _item(order: Order, line: CartLine, priced: LineBreakdown, position: int) -> OrderItem:
    assert line.product and line.variant  # noqa: S101, PT018 - a sellable line has both
    images = line.product.images_for(line.variant.options)
    return OrderItem(
        order_id=order.id,
        sku=line.sku,
        position=position,
        product_slug=line.product.slug,
        title=line.product.title,
        options=line.variant.options,
        image_url=images[0].url if images else "",
        unit_price_amount=line.unit_price.amount,
        quantity=line.quantity,
        ships_in_days=line.ships_in_days,
        discount_amount=priced.discount.amount,
        tax_amount=priced.tax.amount,
        discounts=[{"name": each.name, "amount": each.amount.amount} for each in priced.discounts],
    )


def _applied(promotion: AppliedPromotion) -> dict[str, Any]:
    return {
        "id": str(promotion.promotion_id),
        "name": promotion.name,
        "code": promotion.code,
        "amount": promotion.amount.amount,
        "on_delivery": promotion.on_delivery,
    }
