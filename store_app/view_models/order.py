"""Orders as a shopper sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.address import DELETED_CUSTOMER, Address
from models.money import Money
from models.order import Order, OrderEvent, OrderItem, OrderStatus
from models.payment import Payment, PaymentStatus, Refund, RefundStatus
from store_app.view_models import promotions
from store_app.view_models.checkout import NO_TOTALS, TotalsView, of_address, of_taxes, price_or_free
from store_app.view_models.dates import day
from store_app.view_models.order_history import Milestone, TimelineEntry, of_event, of_milestones
from store_app.view_models.promotions import SavingRow
from store_app.view_models.stock import made_to_order

STATUS_LABELS: dict[str, str] = {
    OrderStatus.PENDING_PAYMENT: "Awaiting payment",
    OrderStatus.PAID: "Paid",
    OrderStatus.SHIPPED: "On its way",
    OrderStatus.DELIVERED: "Delivered",
    OrderStatus.CANCELLED: "Cancelled",
}
STATUS_TONES: dict[str, str] = {
    OrderStatus.PENDING_PAYMENT: "warning",
    OrderStatus.PAID: "accent",
    OrderStatus.SHIPPED: "accent",
    OrderStatus.DELIVERED: "success",
    OrderStatus.CANCELLED: "plain",
}
CARD_BRANDS = {"visa": "Visa", "mastercard": "Mastercard", "amex": "American Express"}


@dataclass(frozen=True, slots=True)
class OrderLineView:
    sku: str
    title: str
    href: str
    options: str
    image_url: str
    quantity: int
    unit_price: str
    total: str
    wait: str = ""
    savings: tuple[SavingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order in a list; `more` is the number of articles without a picture there."""

    id: str
    number: str
    placed: str
    status: str
    label: str
    tone: str
    total: str
    summary: str
    pictures: tuple[str, ...]
    more: int
    unpaid: bool


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """`status` is the model's word, or `processing` while the gateway works on a payment."""

    id: str = ""
    number: str = ""
    status: str = ""
    label: str = ""
    tone: str = "plain"
    placed: str = ""
    email: str = ""
    lines: tuple[OrderLineView, ...] = ()
    totals: TotalsView = NO_TOTALS
    milestones: tuple[Milestone, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    address: tuple[str, ...] = ()
    delivery: str = ""
    estimate: str = ""
    card: str = ""
    refund: str = ""
    tracking: str = ""
    can_cancel: bool = False
    cancel_explanation: str = ""
    guest: bool = False


def of_card(order: Order, items: Sequence[OrderItem]) -> OrderCard:
    pictures = tuple(item.image_url for item in items if item.image_url)[:3]
    units = sum(item.quantity for item in items)
    return OrderCard(
        id=str(order.id),
        number=order.number,
        placed=day(order.placed_at),
        status=order.status,
        label=STATUS_LABELS[order.status],
        tone=STATUS_TONES[order.status],
        total=order.total.format(),
        summary=f"{items[0].title} and {len(items) - 1} more"
        if len(items) > 1
        else _first_title(items, units),
        pictures=pictures,
        more=len(items) - len(pictures),
        unpaid=order.status == OrderStatus.PENDING_PAYMENT,
    )


def of_order(
    order: Order,
    items: Sequence[OrderItem],
    events: Sequence[OrderEvent],
    payment: Payment,
    refunds: Sequence[Refund],
) -> OrderDetail:
    """An order with all that belongs to it, for its buyer."""
    processing = order.status == OrderStatus.PENDING_PAYMENT and payment.status == PaymentStatus.PROCESSING
    cancellable = order.status in (OrderStatus.PENDING_PAYMENT, OrderStatus.PAID) and not processing
    return OrderDetail(
        id=str(order.id),
        number=order.number,
        status="processing" if processing else order.status,
        label="Payment in progress" if processing else STATUS_LABELS[order.status],
        tone=STATUS_TONES[order.status],
        placed=day(order.placed_at),
        email=order.email or DELETED_CUSTOMER,
        lines=tuple(_line(item, order) for item in items),
        totals=_totals(order),
        milestones=of_milestones(order, events),
        timeline=tuple(of_event(event) for event in reversed(events)),
        address=tuple(of_address(Address.kept(order.shipping_address))),
        delivery=order.delivery_name or order.shipping_method,
        estimate=order.delivery_dates.format() if order.delivery_dates else "",
        card=_card(payment),
        refund=_refund(order, refunds),
        tracking=order.tracking,
        can_cancel=cancellable,
        cancel_explanation=_cancel_explanation(order, payment),
        guest=order.user_id is None,
    )


def _first_title(items: Sequence[OrderItem], units: int) -> str:
    if not items:
        return ""
    return f"{units} × {items[0].title}" if units > 1 else items[0].title


def waiting_for(item: OrderItem, order: Order) -> str:
    """When a line made to order is ready; empty once the parcel has left."""
    waits = order.status in (OrderStatus.PENDING_PAYMENT, OrderStatus.PAID)
    return made_to_order(item.ships_in_days) if waits else ""


def _line(item: OrderItem, order: Order) -> OrderLineView:
    price = Money(item.unit_price_amount, order.currency)
    return OrderLineView(
        sku=item.sku,
        title=item.title,
        href=f"/product/{item.product_slug}?sku={item.sku}",
        options=" / ".join(str(value) for value in item.options.values()),
        image_url=item.image_url,
        quantity=item.quantity,
        unit_price=price.format(),
        total=(price * item.quantity).format(),
        wait=waiting_for(item, order),
        savings=promotions.of_order_line(item.discounts, order.currency),
    )


def _totals(order: Order) -> TotalsView:
    def written(amount: int) -> str:
        return Money(amount, order.currency).format()

    return TotalsView(
        subtotal=written(order.subtotal_amount),
        promotions=promotions.of_order(order.promotions, order.currency),
        delivery=price_or_free(Money(order.shipping_amount, order.currency)),
        taxes=of_taxes(order.tax_lines) if order.tax_included else (),
        added_taxes=() if order.tax_included else of_taxes(order.tax_lines),
        total=order.total.format(),
    )


def _card(payment: Payment) -> str:
    if not payment.card_last4:
        return ""
    return f"{CARD_BRANDS.get(payment.card_brand, 'Card')} ending in {payment.card_last4}"


def _refund(order: Order, refunds: Sequence[Refund]) -> str:
    """Of a cancelled order all is owed, also while the gateway refuses it."""
    cancelled = bool(refunds) and order.status == OrderStatus.CANCELLED
    amount = order.total if cancelled else Money(order.refunded_amount, order.currency)
    done = all(refund.status == RefundStatus.SUCCEEDED for refund in refunds)
    return f"{amount.format()} {'returned' if done else 'is being returned'}" if amount else ""


def _cancel_explanation(order: Order, payment: Payment) -> str:
    if order.status != OrderStatus.PAID:
        return "Nothing has been charged. What you chose goes back on the shelf."
    card = _card(payment) or "the card you paid with"
    return (
        f"We return {order.not_refunded.format()} to {card}. Banks take up to five working days to show it."
    )
