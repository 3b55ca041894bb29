"""Price lists as staff see them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.currency import name
from models.money import Money
from models.price_list import PriceList
from models.prices import RATE_UNIT
from services.price_list.service import ListSummary, Previewed, PricedVariant
from store_app.admin.states.prices import price_text


@dataclass(frozen=True, slots=True)
class PriceListRow:
    code: str
    name: str
    href: str
    rate: str
    rounding: str
    by_hand: int
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class PriceListForm:
    """As typed, right or wrong: `rate`, and `step` and `ending` in major units."""

    rate: str = ""
    step: str = ""
    ending: str = ""
    enabled: bool = False


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """`now` is empty when it has no price in this currency yet."""

    sku: str
    title: str
    home: str
    now: str
    then: str
    changed: bool


@dataclass(frozen=True, slots=True)
class PriceRow:
    """`price` and `before` are what the fields hold, empty where the price is `converted`."""

    sku: str
    title: str
    options: str
    href: str
    home: str
    shown: str
    price: str
    before: str
    by_hand: bool


def of_summary(summary: ListSummary, home: str) -> PriceListRow:
    found = summary.price_list
    return PriceListRow(
        code=found.currency,
        name=name(found.currency),
        href=f"/admin/price-lists/{found.currency}",
        rate=f"{Money(10**2, home).format().removesuffix('.00')} = {rate_text(found.rate)} {found.currency}",
        rounding=_rounding(found),
        by_hand=summary.by_hand,
        label="Offered" if found.enabled else "Not offered",
        tone="success" if found.enabled else "plain",
    )


def of_form(found: PriceList) -> PriceListForm:
    return PriceListForm(
        rate=rate_text(found.rate),
        step=price_text(Money(found.step, found.currency)),
        ending=price_text(Money(found.ending, found.currency)),
        enabled=found.enabled,
    )


def of_preview(shown: Previewed) -> PreviewRow:
    return PreviewRow(
        shown.sku,
        shown.title,
        shown.home.format(),
        shown.now.format() if shown.now else "",
        shown.then.format(),
        changed=shown.now is not None and shown.now != shown.then,
    )


def of_price(row: PricedVariant) -> PriceRow:
    before = row.compare_at_price
    return PriceRow(
        sku=row.sku,
        title=row.product.title if row.product else "No longer in the catalogue",
        options=row.variant.label() if row.variant else "",
        href=f"/admin/products/{row.product.slug}" if row.product else "",
        home=row.variant.price.format() if row.variant else "",
        shown=row.price.format(),
        price=price_text(row.price) if row.by_hand else "",
        before=price_text(before) if row.by_hand and before else "",
        by_hand=row.by_hand,
    )


def rate_text(rate: int) -> str:
    """Millionths as a decimal number without needless zeros: 1.17."""
    text = f"{Decimal(rate) / RATE_UNIT:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _rounding(found: PriceList) -> str:
    step = Money(found.step, found.currency).format()
    if not found.ending:
        return f"to {step}"
    return f"to {step}, ending in {Money(found.ending, found.currency).format()}"
