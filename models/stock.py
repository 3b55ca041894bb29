"""Stock of each SKU, and the ledger every change of it is written to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, timestamp

LOW_STOCK_THRESHOLD = 3
"""Units available at or below which shoppers are told that little is left."""


class StockStatus(StrEnum):
    IN_STOCK = "in_stock"
    LOW_STOCK = "low_stock"
    OUT_OF_STOCK = "out_of_stock"

    @classmethod
    def of(cls, available: int) -> "StockStatus":
        if available <= 0:
            return cls.OUT_OF_STOCK
        return cls.LOW_STOCK if available <= LOW_STOCK_THRESHOLD else cls.IN_STOCK


class StockReason(StrEnum):
    INITIAL = "initial"
    COUNTED = "counted"
    RECEIVED = "received"
    DAMAGED = "damaged"
    HELD = "held"
    RELEASED = "released"
    EXPIRED = "expired"
    SOLD = "sold"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one shopper can have of a SKU: units from the shelf, and beyond them units made to order.

    `backorder_days` is how long those take to be ready for the post.
    """

    available: int = 0
    on_shelf: int = 0
    backorder_days: int = 0

    @property
    def made_to_order(self) -> int:
        return self.available - self.on_shelf

    def wait(self, quantity: int) -> int:
        """Days until so many units can be shipped; 0 when they lie on the shelf or can't be had."""
        return self.backorder_days if self.on_shelf < quantity and self.made_to_order else 0


class StockLevel(Table, table=True):
    """Units in all locations together (`on_hand`) and those of them promised to open orders (`reserved`).

    `backorder_limit` units more may be promised and sold, ready in `backorder_days`: on hand falls below zero then.
    """

    __tablename__ = "stock_levels"
    __table_args__ = (
        sa.CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        sa.CheckConstraint("on_hand - reserved >= -backorder_limit", name="promised_within_backorder"),
        sa.CheckConstraint("backorder_limit >= 0", name="backorder_limit_not_negative"),
        sa.CheckConstraint(
            "backorder_days >= 0 AND (backorder_limit = 0 OR backorder_days > 0)", name="backorder_days_named"
        ),
    )

    sku: str = Field(primary_key=True, max_length=48)
    on_hand: int
    reserved: int = 0
    backorder_limit: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    backorder_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved + self.backorder_limit

    @property
    def unpromised(self) -> int:
        """Units on the shelf that nobody was promised; below zero, the units that are owed."""
        return self.on_hand - self.reserved

    @property
    def owed(self) -> int:
        """Units promised or sold that have yet to be made."""
        return max(0, -self.unpromised)

    @property
    def status(self) -> StockStatus:
        return StockStatus.of(self.available)

    def offer(self, held: int = 0) -> Offer:
        """To somebody who was promised `held` units of this already."""
        available = max(0, self.available) + held
        on_shelf = min(available, max(0, self.unpromised + held))
        return Offer(available, on_shelf, self.backorder_days)


class StockHold(Table, table=True):
    """Units promised to one holder, a cart in checkout: summed over a SKU, the holds are its `reserved`.

    `expires_at` is the same in all rows of a holder; None means kept until the holder's order ends. What has expired
    still counts as reserved until somebody gives it back.
    """

    __tablename__ = "stock_holds"
    __table_args__ = (
        sa.CheckConstraint("quantity > 0", name="quantity_positive"),
        sa.Index(
            "ix_stock_holds_expires_at", "expires_at", postgresql_where=sa.text("expires_at IS NOT NULL")
        ),
    )

    holder_id: UUID = Field(primary_key=True)
    sku: str = Field(primary_key=True, max_length=48, foreign_key="stock_levels.sku")
    quantity: int
    held_at: datetime = Field(default_factory=now, sa_column=timestamp())
    expires_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))


@dataclass(frozen=True, slots=True)
class Hold:
    """All that one holder was promised. `expires_at` None: kept until its order ends. `since`: when it first held."""

    quantities: Mapping[str, int]
    expires_at: datetime | None
    since: datetime

    @property
    def is_timed(self) -> bool:
        return self.expires_at is not None

    def is_over(self, moment: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= moment


class StockEntry(Table, table=True):
    """One line of the ledger: summed over a SKU, the deltas give its level. The database keeps it as it is.

    Units on hand come to a location or leave one; units are promised without saying from where.
    """

    __tablename__ = "stock_entries"
    __table_args__ = (
        sa.Index("ix_stock_entries_sku_created_at", "sku", "created_at"),
        sa.CheckConstraint("on_hand_delta = 0 OR location IS NOT NULL", name="location_named"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    sku: str = Field(max_length=48, foreign_key="stock_levels.sku")
    on_hand_delta: int = 0
    reserved_delta: int = 0
    reason: str
    holder_id: UUID | None = None
    actor: str = ""
    location: str | None = Field(default=None, max_length=40, foreign_key="stock_locations.code")
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
