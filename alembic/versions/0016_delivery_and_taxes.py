"""Delivery zones with their methods, tax rates by region, and what an order was told and charged of them.

Rates: as published by the tax offices in November 2026; the shop's bookkeeper has the last word.

Revision: 0016, after 0015
"""

import json
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BEGINNING = date(2020, 1, 1)
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
CURRENCY = "GBP"
ISLANDS = (
    "HS", "IV", "KW", "ZE", "KA27", "KA28",
    *(f"PA{number}" for number in (*range(20, 50), *range(60, 79))),
    *(f"PH{number}" for number in (*range(17, 27), *range(30, 45), 49, 50)),
)  # fmt: skip
KEPT_NAMES = {
    "standard": "Standard",
    "express": "Express",
    "europe": "Tracked to Europe",
    "america": "Tracked to North America",
}


def method(
    code: str,
    name: str,
    steps: tuple[tuple[int, int], ...],
    transit: tuple[int, int],
    free_from: int | None,
    handling_days: int = 1,
    position: int = 0,
) -> dict[str, Any]:
    """Steps are grams and pence."""
    return {
        "code": code,
        "name": name,
        "basis": "weight",
        "currency": CURRENCY,
        "rates": [{"up_to": grams, "amount": pence} for grams, pence in steps],
        "free_from": free_from,
        "tax_class": "standard",
        "cut_off": time(14),
        "handling_days": handling_days,
        "transit_from": transit[0],
        "transit_to": transit[1],
        "active": True,
        "position": position,
    }


ZONES: tuple[tuple[str, list[dict[str, str]], list[dict[str, Any]]], ...] = (
    (
        "United Kingdom",
        [{"country": "GB", "region": "", "postal_prefix": ""}],
        [
            method("standard", "Standard", ((5_000, 450), (15_000, 650), (30_000, 950)), (2, 3), 6000),
            method("express", "Express", ((5_000, 850), (15_000, 1250)), (1, 1), None, 0, 1),
        ],
    ),
    (
        "Highlands and Islands",
        [{"country": "GB", "region": "", "postal_prefix": prefix} for prefix in ISLANDS],
        [method("standard", "Standard", ((5_000, 750), (15_000, 1150), (30_000, 1650)), (3, 6), 12000)],
    ),
    (
        "Europe",
        [
            {"country": country, "region": "", "postal_prefix": ""}
            for country in ("IE", "FR", "DE", "NL", "BE", "DK", "SE")
        ],
        [
            method(
                "europe", "Tracked to Europe", ((2_000, 1250), (5_000, 1650), (20_000, 2900)), (4, 7), 18000
            )
        ],
    ),
    (
        "North America",
        [{"country": country, "region": "", "postal_prefix": ""} for country in ("US", "CA")],
        [
            method(
                "america",
                "Tracked to North America",
                ((2_000, 1950), (5_000, 2950), (20_000, 5900)),
                (6, 11),
                25000,
            )
        ],
    ),
)

TAXES: tuple[tuple[str, str, str, bool, tuple[int, int, int]], ...] = (
    ("GB", "", "VAT", True, (2000, 500, 0)),
    ("IE", "", "VAT", True, (2300, 1350, 0)),
    ("FR", "", "VAT", True, (2000, 550, 550)),
    ("DE", "", "VAT", True, (1900, 700, 700)),
    ("NL", "", "VAT", True, (2100, 900, 900)),
    ("BE", "", "VAT", True, (2100, 600, 600)),
    ("DK", "", "VAT", True, (2500, 2500, 2500)),
    ("SE", "", "VAT", True, (2500, 1200, 600)),
    ("US", "", "Sales tax", False, (0, 0, 0)),
    ("US", "CA", "Sales tax", False, (725, 725, 0)),
    ("US", "NY", "Sales tax", False, (400, 400, 0)),
    ("CA", "", "GST", False, (500, 500, 0)),
    ("CA", "ON", "HST", False, (1300, 1300, 0)),
    ("CA", "NB", "HST", False, (1500, 1500, 0)),
    ("CA", "NL", "HST", False, (1500, 1500, 0)),
    ("CA", "NS", "HST", False, (1400, 1400, 0)),
    ("CA", "PE", "HST", False, (1500, 1500, 0)),
)
"""Country, region, name, included, and the hundredths of a per cent of standard, reduced and zero-rated goods."""


def upgrade() -> None:
    versions, zones, methods, regions, rates = _tables()
    op.bulk_insert(versions, [{"name": "delivery", "version": 1}, {"name": "tax", "version": 1}])
    for place, (name, areas, offers) in enumerate(ZONES):
        key = _id(place)
        op.bulk_insert(
            zones,
            [
                {
                    "id": key,
                    "name": name,
                    "areas": areas,
                    "position": place,
                    "version": 1,
                    "updated_at": MOMENT,
                }
            ],
        )
        op.bulk_insert(methods, [{"zone_id": key, **offer} for offer in offers])
    for place, (country, region, name, included, shares) in enumerate(TAXES):
        key = _id(100 + place)
        row = {
            "id": key,
            "country": country,
            "region": region,
            "name": name,
            "included": included,
            "version": 1,
            "updated_at": MOMENT,
        }
        op.bulk_insert(regions, [row])
        op.bulk_insert(
            rates,
            [
                {"region_id": key, "tax_class": kind, "valid_from": BEGINNING, "basis_points": share}
                for kind, share in zip(("standard", "reduced", "zero"), shares, strict=True)
            ],
        )
    _columns_of_orders()


def _tables() -> tuple[sa.Table, sa.Table, sa.Table, sa.Table, sa.Table]:
    versions = op.create_table(
        "reference_versions",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reference_versions")),
    )
    zones = op.create_table(
        "delivery_zones",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("areas", postgresql.JSONB(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_zones")),
        sa.UniqueConstraint("name", name=op.f("uq_delivery_zones_name")),
    )
    methods = op.create_table(
        "delivery_methods",
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("rates", postgresql.JSONB(), nullable=False),
        sa.Column("free_from", sa.BigInteger(), nullable=True),
        sa.Column("tax_class", sa.String(length=16), nullable=False),
        sa.Column("cut_off", sa.Time(), nullable=False),
        sa.Column("handling_days", sa.Integer(), nullable=False),
        sa.Column("transit_from", sa.Integer(), nullable=False),
        sa.Column("transit_to", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "transit_from >= 0 AND transit_from <= transit_to AND handling_days >= 0",
            name=op.f("ck_delivery_methods_days"),
        ),
        sa.CheckConstraint("free_from > 0", name=op.f("ck_delivery_methods_threshold")),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["delivery_zones.id"],
            name=op.f("fk_delivery_methods_zone_id_delivery_zones"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("zone_id", "code", name=op.f("pk_delivery_methods")),
    )
    regions = op.create_table(
        "tax_regions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_regions")),
        sa.UniqueConstraint("country", "region", name=op.f("uq_tax_regions_country_region")),
    )
    rates = op.create_table(
        "tax_rates",
        sa.Column("region_id", sa.Uuid(), nullable=False),
        sa.Column("tax_class", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.CheckConstraint("basis_points BETWEEN 0 AND 10000", name=op.f("ck_tax_rates_share")),
        sa.ForeignKeyConstraint(
            ["region_id"],
            ["tax_regions.id"],
            name=op.f("fk_tax_rates_region_id_tax_regions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("region_id", "tax_class", "valid_from", name=op.f("pk_tax_rates")),
    )
    return versions, zones, methods, regions, rates


def _columns_of_orders() -> None:
    """Orders of before had VAT of 20 per cent in them and a method of the old list."""
    op.add_column(
        "orders", sa.Column("delivery_name", sa.String(length=80), server_default="", nullable=False)
    )
    op.add_column("orders", sa.Column("delivery_from", sa.Date(), nullable=True))
    op.add_column("orders", sa.Column("delivery_to", sa.Date(), nullable=True))
    op.add_column(
        "orders", sa.Column("taxes", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False)
    )
    op.execute(
        sa.text(
            "UPDATE orders SET delivery_name = coalesce(CAST(:names AS jsonb) ->> shipping_method, shipping_method),"
            " taxes = CASE WHEN tax_amount = 0 THEN '[]'::jsonb ELSE jsonb_build_array("
            "jsonb_build_object('name', 'VAT', 'rate', 2000, 'amount', tax_amount)) END"
        ).bindparams(names=json.dumps(KEPT_NAMES))
    )


def _id(place: int) -> UUID:
    """UUIDv7 of the day the tables were made, in their order."""
    return UUID(f"019a9f00-0000-7000-8000-{place:012x}")


def downgrade() -> None:
    for column in ("taxes", "delivery_to", "delivery_from", "delivery_name"):
        op.drop_column("orders", column)
    for table in ("tax_rates", "tax_regions", "delivery_methods", "delivery_zones", "reference_versions"):
        op.drop_table(table)
