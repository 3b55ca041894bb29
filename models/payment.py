"""Payments: one per order, each the shadow of one payment intent at the gateway."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, json_column, timestamp


class PaymentStatus(StrEnum):
    """The gateway's words for an intent, less those the store has no use for."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


class Payment(Table, table=True):
    """An order has one payment and the gateway one intent for it, however often a card is tried: an intent succeeds at
    most once, so an order is charged at most once."""

    __tablename__ = "payments"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    order_id: UUID = Field(foreign_key="orders.id", unique=True, ondelete="CASCADE")
    intent_id: str | None = Field(default=None, max_length=64, unique=True)
    status: str = PaymentStatus.REQUIRES_PAYMENT_METHOD
    amount: int = Field(sa_type=sa.BigInteger)
    currency: str = Field(max_length=3)
    attempts: int = 0
    card_brand: str = Field(default="", max_length=20)
    card_last4: str = Field(default="", max_length=4)
    decline_code: str = Field(default="", max_length=60)
    action_url: str = Field(default="", sa_type=sa.Text)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())


class RefundStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Refund(Table, table=True):
    """`id` is also the idempotency key at the gateway, so a repeated request gives the money back once.

    `parts` are what it is for, each with SKU (empty for the delivery), units, amount and the tax in that; the amounts
    sum to its own. `key` is the hash of the request's, if it had one.
    """

    __tablename__ = "refunds"
    __table_args__ = (sa.CheckConstraint("amount > 0", name="amount_positive"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    payment_id: UUID = Field(foreign_key="payments.id", index=True, ondelete="CASCADE")
    amount: int = Field(sa_type=sa.BigInteger)
    reason: str = Field(max_length=200)
    parts: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=json_column(server_default=sa.text("'[]'"))
    )
    key: str | None = Field(default=None, max_length=64, unique=True)
    status: str = RefundStatus.PENDING
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())


class WebhookEvent(Table, table=True):
    """Events of the gateway already dealt with, so that a duplicate is answered and ignored."""

    __tablename__ = "webhook_events"

    id: str = Field(primary_key=True, max_length=80)
    kind: str = Field(max_length=60)
    received_at: datetime = Field(default_factory=now, sa_column=timestamp())
