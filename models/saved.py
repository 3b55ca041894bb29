"""What leaves a cart without being bought: lines on their way, lines saved for later, carts that became one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.cart import MAX_LINE_NAME
from models.ids import new_id, now
from models.tables import Table, json_column, timestamp


@dataclass(frozen=True, slots=True)
class LooseLine:
    """A line that is in no cart at the moment, with all it needs to go back to where it was."""

    sku: str
    quantity: int
    seen_price_amount: int
    currency: str
    added_at: datetime
    name: str = ""


class SavedReason(StrEnum):
    """Why something was saved for later; CHOSEN when the shopper did it."""

    CHOSEN = ""
    SHORT = "short"
    SOLD_OUT = "sold_out"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"
    LEFT_OUT = "left_out"


class SavedItem(Table, table=True):
    """Units of a SKU that an account, or else a visitor's browser, keeps below its cart; as many as they come to.

    `seen_price_amount` in `currency`, `name` and `added_at` are those of the line it was.
    """

    __tablename__ = "saved_items"
    __table_args__ = (
        sa.CheckConstraint("quantity > 0", name="quantity_positive"),
        sa.Index(
            "uq_saved_items_user_id_sku",
            "user_id",
            "sku",
            unique=True,
            postgresql_where=sa.text("user_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_saved_items_visitor_sku",
            "visitor",
            "sku",
            unique=True,
            postgresql_where=sa.text("user_id IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE")
    visitor: str = Field(default="", max_length=64)
    sku: str = Field(max_length=48)
    quantity: int
    seen_price_amount: int = Field(sa_type=sa.BigInteger)
    currency: str = Field(max_length=3)
    reason: str = Field(default=SavedReason.CHOSEN, max_length=16)
    name: str = Field(default="", max_length=MAX_LINE_NAME, sa_column_kwargs={"server_default": ""})
    added_at: datetime = Field(default_factory=now, sa_column=timestamp())
    saved_at: datetime = Field(default_factory=now, sa_column=timestamp())

    def line(self) -> LooseLine:
        return LooseLine(
            self.sku, self.quantity, self.seen_price_amount, self.currency, self.added_at, self.name
        )


@dataclass(frozen=True, slots=True)
class MergedLine:
    """What became of one line of a guest's cart: units `moved` into the account's, and `saved` for later.

    `seen` is the price its shopper had seen; `seen_before` the one that the account's own line had, None without one,
    and `seen_after` the one that the line has got. `available` is how many units could be had in all.
    """

    sku: str
    moved: int
    saved: int
    reason: SavedReason
    available: int
    seen: int
    seen_before: int | None
    seen_after: int
    name: str = ""


class CartMerge(Table, table=True):
    """A guest's cart that went into an account's at a sign-in. Undone, or ordered, it can't be undone any more.

    `codes` are those that the account's cart has only from the guest's.
    """

    __tablename__ = "cart_merges"
    __table_args__ = (
        sa.Index("ix_cart_merges_user_id_created_at", "user_id", "created_at"),
        sa.Index(
            "ix_cart_merges_cart_id",
            "cart_id",
            postgresql_where=sa.text("undone_at IS NULL AND ordered_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    visitor: str = Field(max_length=64)
    guest_cart_id: UUID
    cart_id: UUID
    currency: str = Field(max_length=3)
    lines: list[dict[str, Any]] = Field(sa_column=json_column())
    codes: list[str] = Field(default_factory=list, sa_column=json_column(server_default=sa.text("'[]'")))
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    undone_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    ordered_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))

    def merged_lines(self) -> tuple[MergedLine, ...]:
        return tuple(MergedLine(**{**line, "reason": SavedReason(line["reason"])}) for line in self.lines)


class CartClick(Table, table=True):
    """A press of a button that puts something into a cart and has been carried out. Forgotten after a day."""

    __tablename__ = "cart_clicks"
    __table_args__ = (sa.Index("ix_cart_clicks_created_at", "created_at"),)

    key: UUID = Field(primary_key=True)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
