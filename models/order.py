"""An order, its lines and its timeline. The status machine is the TRANSITIONS table."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.address import Address
from models.delivery_dates import DeliveryDates
from models.ids import new_id, now
from models.money import Money
from models.pricing.breakdown import TaxLine
from models.pricing.refunds import DELIVERY, Sold
from models.tables import Table, json_column, timestamp

ORDER_NUMBERS = sa.Sequence("order_numbers", start=10001, metadata=Table.metadata)
NUMBER_PREFIX = "LK-"
"""Human order numbers: LK-10001 and on. Gaps are normal."""

POSTCODE = "replace(lower(shipping_address ->> 'postal_code'), ' ', '')"
"""An order's postcode as it is compared: an SQL expression over this table alone, which its index repeats."""


class OrderStatus(StrEnum):
    PENDING_PAYMENT = "pending_payment"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PENDING_PAYMENT: frozenset({OrderStatus.PAID, OrderStatus.CANCELLED}),
    OrderStatus.PAID: frozenset({OrderStatus.SHIPPED, OrderStatus.CANCELLED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED}),
    OrderStatus.DELIVERED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
}


class IllegalTransition(ValueError):
    """An order was asked to move to a status that its present one does not lead to."""


class OrderEventKind(StrEnum):
    PLACED = "placed"
    PAYMENT_DECLINED = "payment_declined"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Order(Table, table=True):
    """Amounts are minor units of `currency`; the tax is inside the others when `tax_included`, else on top of them.

    `fingerprint` identifies what was ordered, to whom and by which method: a second attempt to check out the same cart
    continues this order instead of making another. `delivery_name` is the method's, as the buyer read it;
    `delivery_from` and `delivery_to` are the days told. `taxes` are those in or on the total, each with name, rate
    (hundredths of a per cent) and amount. `checkout_key` is that of the request or page that placed it: repeated after
    its answer was lost, it finds the order. `promotions` are those it got, each with id, name, code and amount, and
    whether that is off the delivery. `refunded_amount` is what was or is to be given back of the total.
    """

    __tablename__ = "orders"
    __table_args__ = (
        sa.Index(
            "uq_orders_pending_cart_id",
            "cart_id",
            unique=True,
            postgresql_where=sa.text("status = 'pending_payment'"),
        ),
        sa.Index("ix_orders_user_id_placed_at", "user_id", "placed_at"),
        sa.Index("ix_orders_status_placed_at", "status", "placed_at"),
        sa.Index("ix_orders_visitor", "visitor", postgresql_where=sa.text("user_id IS NULL")),
        sa.Index("ix_orders_paid_at", "paid_at"),
        sa.Index("ix_orders_postcode", sa.text(f"({POSTCODE}) text_pattern_ops")),
        sa.Index(
            "ix_orders_guest_email", sa.text("lower(email)"), postgresql_where=sa.text("user_id IS NULL")
        ),
        sa.Index("ix_orders_email", sa.text("lower(email)")),
        sa.CheckConstraint(
            "total_amount = subtotal_amount - discount_amount + shipping_amount"
            " + CASE WHEN tax_included THEN 0 ELSE tax_amount END",
            name="total_adds_up",
        ),
        sa.CheckConstraint("refunded_amount BETWEEN 0 AND total_amount", name="refunded_within_total"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    number: str = Field(max_length=16, unique=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id")
    visitor: str = Field(default="", max_length=64)
    cart_id: UUID = Field(foreign_key="carts.id", index=True)
    email: str = Field(max_length=254)
    status: str = OrderStatus.PENDING_PAYMENT
    currency: str = Field(max_length=3)
    subtotal_amount: int = Field(sa_type=sa.BigInteger)
    discount_amount: int = Field(default=0, sa_type=sa.BigInteger)
    shipping_amount: int = Field(sa_type=sa.BigInteger)
    tax_amount: int = Field(sa_type=sa.BigInteger)
    tax_included: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    total_amount: int = Field(sa_type=sa.BigInteger)
    refunded_amount: int = Field(
        default=0, sa_type=sa.BigInteger, sa_column_kwargs={"server_default": sa.text("0")}
    )
    shipping_address: dict[str, Any] = Field(sa_column=json_column())
    shipping_method: str = Field(max_length=32)
    delivery_name: str = Field(default="", max_length=80, sa_column_kwargs={"server_default": ""})
    delivery_from: date | None = None
    delivery_to: date | None = None
    taxes: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=json_column(server_default=sa.text("'[]'"))
    )
    promotions: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=json_column(server_default=sa.text("'[]'"))
    )
    fingerprint: str = Field(max_length=64)
    checkout_key: str | None = Field(default=None, max_length=64, unique=True)
    tracking: str = Field(default="", max_length=120)
    version: int = 1
    placed_at: datetime = Field(default_factory=now, sa_column=timestamp())
    paid_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())

    @property
    def total(self) -> Money:
        return Money(self.total_amount, self.currency)

    @property
    def not_refunded(self) -> Money:
        return Money(self.total_amount - self.refunded_amount, self.currency)

    @property
    def tax_lines(self) -> tuple[TaxLine, ...]:
        return tuple(
            TaxLine(each["name"], each["rate"], Money(each["amount"], self.currency)) for each in self.taxes
        )

    @property
    def delivery_dates(self) -> DeliveryDates | None:
        """When the buyer was told to expect it."""
        if self.delivery_from is None or self.delivery_to is None:
            return None
        return DeliveryDates(self.delivery_from, self.delivery_to)

    @property
    def anonymised(self) -> bool:
        return not self.email

    def anonymise(self) -> None:
        """Its buyer is forgotten. What was sold, when and for how much stays for the books, the country for the taxes,
        and the tracking number as proof of delivery."""
        self.email = self.visitor = self.fingerprint = ""
        self.checkout_key = None
        self.shipping_address = Address.anonymous(self.shipping_address.get("country", "")).model_dump()
        self.version += 1
        self.updated_at = now()

    def move_to(self, status: OrderStatus) -> None:
        """Change the status. Raises IllegalTransition when TRANSITIONS has no such step."""
        if status not in TRANSITIONS[OrderStatus(self.status)]:
            raise IllegalTransition(f"order {self.number} is {self.status}: it can't become {status.value}")
        self.status = status
        self.version += 1
        self.updated_at = now()
        if status is OrderStatus.PAID:
            self.paid_at = self.updated_at


class OrderItem(Table, table=True):
    """What was sold, as it was when it was sold; later changes of the catalogue don't reach it.

    `options` is plain JSON, which keeps the order of its keys. Discount and tax are of the whole line, in minor units.
    `ships_in_days` is 0 for what lay on the shelf. `discounts` are those of each promotion, with name and amount; they
    sum to the discount.
    """

    __tablename__ = "order_items"

    order_id: UUID = Field(foreign_key="orders.id", primary_key=True, ondelete="CASCADE")
    sku: str = Field(primary_key=True, max_length=48)
    position: int
    product_slug: str = Field(max_length=80)
    title: str = Field(max_length=120)
    options: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    image_url: str = Field(default="", max_length=500)
    unit_price_amount: int = Field(sa_type=sa.BigInteger)
    quantity: int
    discount_amount: int = Field(
        default=0, sa_type=sa.BigInteger, sa_column_kwargs={"server_default": sa.text("0")}
    )
    tax_amount: int = Field(
        default=0, sa_type=sa.BigInteger, sa_column_kwargs={"server_default": sa.text("0")}
    )
    ships_in_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    discounts: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=json_column(server_default=sa.text("'[]'"))
    )


def sold_in(order: Order, items: Sequence[OrderItem]) -> tuple[Sold, ...]:
    """An order's lines and its delivery as they are paid; together they are its total, and their taxes its tax."""
    on_top = 0 if order.tax_included else 1
    lines = [
        Sold(
            item.sku,
            item.quantity,
            item.unit_price_amount * item.quantity - item.discount_amount + item.tax_amount * on_top,
            item.tax_amount,
        )
        for item in items
    ]
    tax = order.tax_amount - sum(each.tax for each in lines)
    return (*lines, Sold(DELIVERY, 1, order.shipping_amount + tax * on_top, tax))


class OrderEvent(Table, table=True):
    """One entry of the timeline. `actor` is "shopper", "store", "gateway" or the name of a member of staff."""

    __tablename__ = "order_events"
    __table_args__ = (sa.Index("ix_order_events_order_id_created_at", "order_id", "created_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    order_id: UUID = Field(foreign_key="orders.id", ondelete="CASCADE")
    kind: str
    message: str = ""
    actor: str = ""
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
