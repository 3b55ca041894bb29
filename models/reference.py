"""Tables of what every price hangs on and hardly anybody changes: delivery zones, their methods, taxes."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, json_column, timestamp


class ReferenceVersion(Table, table=True):
    """How often a kind of reference data was changed. Whoever changes some locks its row first."""

    __tablename__ = "reference_versions"

    name: str = Field(primary_key=True, max_length=40)
    version: int = Field(default=1, sa_type=sa.BigInteger)


class DeliveryZoneRow(Table, table=True):
    """`areas` are those of models.delivery.Zone."""

    __tablename__ = "delivery_zones"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=80, unique=True)
    areas: list[dict[str, Any]] = Field(sa_column=json_column())
    position: int = 0
    version: int = 1
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())


class DeliveryMethodRow(Table, table=True):
    """As models.delivery.Method; `rates` are its price table. Amounts are minor units of `currency`."""

    __tablename__ = "delivery_methods"
    __table_args__ = (
        sa.CheckConstraint(
            "transit_from >= 0 AND transit_from <= transit_to AND handling_days >= 0", name="days"
        ),
        sa.CheckConstraint("free_from > 0", name="threshold"),
    )

    zone_id: UUID = Field(foreign_key="delivery_zones.id", primary_key=True, ondelete="CASCADE")
    code: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=80)
    basis: str = Field(max_length=16)
    currency: str = Field(max_length=3)
    rates: list[dict[str, Any]] = Field(sa_column=json_column())
    free_from: int | None = Field(default=None, sa_type=sa.BigInteger)
    tax_class: str = Field(max_length=16)
    cut_off: time
    handling_days: int
    transit_from: int
    transit_to: int
    active: bool
    position: int


class TaxRegionRow(Table, table=True):
    """An empty `region` means the whole country."""

    __tablename__ = "tax_regions"
    __table_args__ = (sa.UniqueConstraint("country", "region"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    country: str = Field(max_length=2)
    region: str = Field(default="", max_length=60)
    name: str = Field(max_length=40)
    included: bool
    version: int = 1
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())


class TaxRateRow(Table, table=True):
    """Hundredths of a per cent; in force until the next one of its class begins."""

    __tablename__ = "tax_rates"
    __table_args__ = (sa.CheckConstraint("basis_points BETWEEN 0 AND 10000", name="share"),)

    region_id: UUID = Field(foreign_key="tax_regions.id", primary_key=True, ondelete="CASCADE")
    tax_class: str = Field(primary_key=True, max_length=16)
    valid_from: date = Field(sa_column=sa.Column(sa.Date, primary_key=True))
    basis_points: int
