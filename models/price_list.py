"""Price lists: the currencies a store sells in besides its own, and the prices written down by hand.

They are kept in PostgreSQL, beside the carts and orders that rely on them: a new price is seen by all of them at the
same commit, and its audit entry stands or falls with it. Prices in the store's own currency stay in the catalogue.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import now
from models.prices import RATE_UNIT, Conversion, PriceByHand
from models.tables import Table, timestamp

MAX_RATE = 1_000_000 * RATE_UNIT
MAX_STEP = 1_000_000
MAX_AMOUNT = 10**12
"""Highest price by hand, in minor units."""


class PriceList(Table, table=True):
    """How prices become those of a currency: see Conversion. `version` counts its writes and those of its prices by
    hand. One that is not `enabled` is offered to nobody; carts in it have to change."""

    __tablename__ = "price_lists"
    __table_args__ = (
        sa.CheckConstraint(f"rate BETWEEN 1 AND {MAX_RATE}", name="rate_in_range"),
        sa.CheckConstraint(f"step BETWEEN 1 AND {MAX_STEP}", name="step_in_range"),
        sa.CheckConstraint("ending >= 0 AND ending < step", name="ending_below_step"),
    )

    currency: str = Field(primary_key=True, max_length=3)
    enabled: bool = False
    rate: int = Field(sa_type=sa.BigInteger)
    step: int = Field(default=1, sa_type=sa.BigInteger)
    ending: int = Field(default=0, sa_type=sa.BigInteger)
    version: int = 1
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())

    def conversion(self, home: str) -> Conversion:
        return Conversion(home, self.currency, self.rate, self.step, self.ending)


class ListedPrice(Table, table=True):
    """The price of a SKU in a currency, by hand, in minor units."""

    __tablename__ = "listed_prices"
    __table_args__ = (
        sa.CheckConstraint(f"price_amount BETWEEN 1 AND {MAX_AMOUNT}", name="price_in_range"),
        sa.CheckConstraint("compare_at_amount > price_amount", name="compare_at_above_price"),
    )

    currency: str = Field(
        primary_key=True, max_length=3, foreign_key="price_lists.currency", ondelete="CASCADE"
    )
    sku: str = Field(primary_key=True, max_length=48)
    price_amount: int = Field(sa_type=sa.BigInteger)
    compare_at_amount: int | None = Field(default=None, sa_type=sa.BigInteger)

    @property
    def by_hand(self) -> PriceByHand:
        return PriceByHand(self.price_amount, self.compare_at_amount)
