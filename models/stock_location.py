"""Where units lie: places with a priority, what is in each, and from where an order was served."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import now
from models.tables import Table, timestamp


class StockLocation(Table, table=True):
    """Orders are served from the location with the lowest `priority` first; one that is closed holds nothing."""

    __tablename__ = "stock_locations"
    __table_args__ = (sa.CheckConstraint("code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="code_in_form"),)

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=80)
    country: str = Field(max_length=2)
    priority: int
    active: bool = True
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())


class LocationLevel(Table, table=True):
    """The units of a SKU in one location; together they are the `on_hand` of its level.

    Below zero for units that were sold and have yet to be made: the first location owes them.
    """

    __tablename__ = "location_levels"

    sku: str = Field(primary_key=True, max_length=48, foreign_key="stock_levels.sku")
    location: str = Field(primary_key=True, max_length=40, foreign_key="stock_locations.code", index=True)
    on_hand: int = 0


class StockAllocation(Table, table=True):
    """From which location an order was given its units."""

    __tablename__ = "stock_allocations"
    __table_args__ = (sa.CheckConstraint("quantity > 0", name="quantity_positive"),)

    order_id: UUID = Field(primary_key=True)
    sku: str = Field(primary_key=True, max_length=48, foreign_key="stock_levels.sku")
    location: str = Field(primary_key=True, max_length=40, foreign_key="stock_locations.code")
    quantity: int
    allocated_at: datetime = Field(default_factory=now, sa_column=timestamp())


def draw(units: int, shelves: Mapping[str, int], by_priority: list[str]) -> dict[str, int]:
    """How many of `units` each location gives: what it has, in this order; what is missing the first one owes."""
    drawn: dict[str, int] = {}
    left = units
    for code in by_priority:
        share = min(left, max(0, shelves.get(code, 0)))
        if share:
            drawn[code] = share
            left -= share
    if left:
        first = by_priority[0]
        drawn[first] = drawn.get(first, 0) + left
    return drawn
