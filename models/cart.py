"""A cart: what somebody means to buy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import default, new_id, now
from models.tables import Table, json_column, timestamp

MAX_LINE_QUANTITY = 99
"""Most units of one SKU in a cart."""
MAX_LINE_NAME = 500
"""Longest name of a line: a title with the values of three options."""


class CartStatus(StrEnum):
    OPEN = "open"
    ORDERED = "ordered"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class CartOwner:
    """Whose cart it is: a signed-in user's, or else that of a visitor's browser.

    `visitor` is the SHA-256 hash of the browser's visitor cookie; empty for a program without one. `currency` is what
    they chose to pay in, empty for the store's own.
    """

    user_id: UUID | None = None
    visitor: str = ""
    currency: str = ""


@default
def no_codes() -> list[str]:
    return []


class Cart(Table, table=True):
    """`version` counts its writes and is its ETag. `codes` are those of the promotions that the shopper entered."""

    __tablename__ = "carts"
    __table_args__ = (
        sa.Index("ix_carts_user_id", "user_id", postgresql_where=sa.text("user_id IS NOT NULL")),
        sa.Index(
            "uq_carts_open_user_id", "user_id", unique=True, postgresql_where=sa.text("status = 'open'")
        ),
        sa.Index(
            "uq_carts_open_visitor",
            "visitor",
            unique=True,
            postgresql_where=sa.text("status = 'open' AND user_id IS NULL AND visitor <> ''"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id")
    visitor: str = Field(default="", max_length=64)
    status: str = CartStatus.OPEN
    currency: str = Field(max_length=3)
    codes: list[str] = Field(default_factory=no_codes, sa_column=json_column(server_default=sa.text("'[]'")))
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())


class CartItem(Table, table=True):
    """`seen_price_amount` is the unit price in minor units when the shopper last saw it; `name` is what the goods were
    called when they were put in, for the day when the catalogue knows them no more."""

    __tablename__ = "cart_items"
    __table_args__ = (
        sa.CheckConstraint(f"quantity BETWEEN 1 AND {MAX_LINE_QUANTITY}", name="quantity_in_range"),
    )

    cart_id: UUID = Field(foreign_key="carts.id", primary_key=True, ondelete="CASCADE")
    sku: str = Field(primary_key=True, max_length=48)
    quantity: int
    seen_price_amount: int = Field(sa_type=sa.BigInteger)
    name: str = Field(default="", max_length=MAX_LINE_NAME, sa_column_kwargs={"server_default": ""})
    added_at: datetime = Field(default_factory=now, sa_column=timestamp())
