"""One order as staff see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.address import Address
from models.countries import country_name
from models.money import Money
from models.order import Order, OrderEvent, OrderEventKind, OrderItem, OrderStatus
from models.payment import Payment, PaymentStatus, Refund, RefundStatus
from store_app.admin.view_models.orders import STATUS_LABELS, STATUS_TONES
from store_app.view_models import promotions
from store_app.view_models.dates import day_and_time
from store_app.view_models.order import CARD_BRANDS, OrderLineView, waiting_for
from store_app.view_models.promotions import SavingRow

_EVENT_LABELS: dict[str, str] = {
    OrderEventKind.PLACED: "Placed",
    OrderEventKind.PAYMENT_DECLINED: "Card declined",
    OrderEventKind.PAID: "Paid",
    OrderEventKind.SHIPPED: "Shipped",
    OrderEventKind.DELIVERED: "Delivered",
    OrderEventKind.CANCELLED: "Cancelled",
    OrderEventKind.REFUNDED: "Refunded",
}
_PAYMENT_LABELS: dict[str, str] = {
    PaymentStatus.REQUIRES_PAYMENT_METHOD: "Waiting for a card",
    PaymentStatus.REQUIRES_ACTION: "Waiting for the bank’s confirmation",
    PaymentStatus.PROCESSING: "In progress",
    PaymentStatus.SUCCEEDED: "Received",
    PaymentStatus.CANCELED: "Cancelled, nothing charged",
}
_REFUND_LABELS: dict[str, str] = {
    RefundStatus.PENDING: "refund under way",
    RefundStatus.SUCCEEDED: "refunded",
    RefundStatus.FAILED: "refund failed: look at the payment gateway",
}

_ACTORS = {"shopper": "the customer", "gateway": "the payment gateway", "store": "the store"}


@dataclass(frozen=True, slots=True)
class Amount:
    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    label: str
    detail: str
    when: str


@dataclass(frozen=True, slots=True)
class StaffOrder:
    """An order with all that belongs to it; `paid` says whether cancelling gives money back."""

    id: str = ""
    number: str = ""
    placed: str = ""
    label: str = ""
    tone: str = "plain"
    email: str = ""
    account: str = ""
    customer_href: str = ""
    lines: tuple[OrderLineView, ...] = ()
    amounts: tuple[Amount, ...] = ()
    total: str = ""
    to_refund: str = ""
    included: tuple[Amount, ...] = ()
    address: tuple[str, ...] = ()
    phone: str = ""
    delivery: str = ""
    estimate: str = ""
    tracking: str = ""
    payment: str = ""
    card: str = ""
    attempts: str = ""
    intent: str = ""
    refunds: tuple[str, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    paid: bool = False
    can_ship: bool = False
    can_deliver: bool = False
    can_cancel: bool = False


def of_order(
    order: Order,
    items: Sequence[OrderItem],
    events: Sequence[OrderEvent],
    payment: Payment,
    refunds: Sequence[Refund],
) -> StaffOrder:
    address = Address.kept(order.shipping_address)
    return StaffOrder(
        id=str(order.id),
        number=order.number,
        placed=day_and_time(order.placed_at),
        label=STATUS_LABELS[order.status],
        tone=STATUS_TONES[order.status],
        email=order.email,
        account=_account(order),
        customer_href=f"/admin/customers/{order.user_id}" if order.user_id else "",
        lines=tuple(_line(item, order) for item in items),
        amounts=_amounts(order),
        total=order.total.format(),
        to_refund=order.not_refunded.format(),
        included=_included(order),
        address=(*address.lines(), country_name(address.country)),
        phone=address.phone,
        delivery=order.delivery_name or order.shipping_method,
        estimate=order.delivery_dates.format() if order.delivery_dates else "",
        tracking=order.tracking,
        payment=_PAYMENT_LABELS[payment.status],
        card=_card(payment),
        attempts="" if payment.attempts < 2 else f"{payment.attempts} attempts",
        intent=payment.intent_id or "",
        refunds=tuple(
            f"{Money(refund.amount, order.currency).format()} {_REFUND_LABELS[refund.status]}"
            for refund in refunds
        ),
        timeline=tuple(_event(event) for event in reversed(events)),
        paid=payment.status == PaymentStatus.SUCCEEDED,
        can_ship=order.status == OrderStatus.PAID,
        can_deliver=order.status == OrderStatus.SHIPPED,
        can_cancel=order.status in (OrderStatus.PENDING_PAYMENT, OrderStatus.PAID),
    )


def _account(order: Order) -> str:
    if order.anonymised:
        return "Account deleted by the customer"
    return "Customer account" if order.user_id else "Guest"


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


def _amounts(order: Order) -> tuple[Amount, ...]:
    def written(amount: int) -> str:
        return Money(amount, order.currency).format()

    rows = [Amount("Goods", written(order.subtotal_amount))]
    got = promotions.of_order(order.promotions, order.currency)
    rows += [Amount(_named(each), each.amount) for each in got.goods]
    method = order.delivery_name
    rows.append(Amount(f"Delivery ({method})" if method else "Delivery", written(order.shipping_amount)))
    rows += [Amount(f"Off the delivery: {_named(each)}", each.amount) for each in got.delivery]
    if not order.tax_included:
        rows += [Amount(each.label, each.amount.format()) for each in order.tax_lines]
    return tuple(rows)


def _included(order: Order) -> tuple[Amount, ...]:
    """What is in the total already."""
    if not order.tax_included:
        return ()
    return tuple(Amount(f"{each.label} included", each.amount.format()) for each in order.tax_lines)


def _named(row: SavingRow) -> str:
    return f"{row.name} ({row.code})" if row.code and row.code != row.name else row.name


def _card(payment: Payment) -> str:
    if not payment.card_last4:
        return ""
    return f"{CARD_BRANDS.get(payment.card_brand, 'Card')} ending in {payment.card_last4}"


def _event(event: OrderEvent) -> TimelineRow:
    said = event.message.replace("_", " ") if event.kind == OrderEventKind.PAYMENT_DECLINED else event.message
    if event.kind == OrderEventKind.SHIPPED and said:
        said = f"Tracking {said}"
    by = f"by {_ACTORS.get(event.actor, event.actor)}" if event.actor else ""
    return TimelineRow(
        label=_EVENT_LABELS.get(event.kind, event.kind),
        detail=", ".join(part for part in (said, by) if part),
        when=day_and_time(event.created_at),
    )
