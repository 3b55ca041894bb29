"""What a cart would get, as staff see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.address_form import known_countries
from models.catalog import Product, Variant
from models.countries import by_name
from models.money import Money
from models.pricing import Breakdown, RefusedPromotion
from store_app.admin.view_models.filters import Choice
from store_app.view_models.promotions import SavingRow, of_line, saving

DESTINATIONS = (
    Choice("", "Not known yet"),
    *(Choice(code, name) for code, name in by_name(known_countries())),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A variant that the search for products found."""

    sku: str
    title: str
    options: str
    price: str


@dataclass(frozen=True, slots=True)
class SimulatedLine:
    sku: str
    title: str
    options: str
    quantity: int
    unit_price: str
    total: str
    savings: tuple[SavingRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A promotion that was looked at. `reason` is why the cart does not get it."""

    name: str
    code: str
    amount: str
    reason: str


@dataclass(frozen=True, slots=True)
class AmountRow:
    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`amounts` make the total, `included` are in it already."""

    amounts: tuple[AmountRow, ...] = ()
    total: str = ""
    included: tuple[AmountRow, ...] = ()
    applied: tuple[Verdict, ...] = ()
    refused: tuple[Verdict, ...] = ()
    hint: str = ""


def of_variant(product: Product, variant: Variant) -> Offered:
    return Offered(variant.sku, product.title, variant.label(), variant.price.format())


def of_totals(totals: Breakdown) -> Outcome:
    rows = [AmountRow("Goods", totals.subtotal.format())]
    rows += [AmountRow(each.name, saving(each.amount)) for each in totals.applied if not each.on_delivery]
    if totals.delivery:
        rows.append(AmountRow(f"Delivery ({totals.delivery.name})", totals.delivery.price.format()))
        rows += [AmountRow(each.name, saving(each.amount)) for each in totals.applied if each.on_delivery]
    tax = totals.tax.format()
    if not totals.tax_included:
        rows.append(AmountRow(totals.tax_name, tax))
    return Outcome(
        amounts=tuple(rows),
        total=totals.total.format(),
        included=(AmountRow(f"{totals.tax_name} included", tax),) if totals.tax_included else (),
        applied=tuple(Verdict(each.name, each.code, _taken(each.amount), "") for each in totals.applied),
        refused=_refused(totals.refused),
        hint=totals.hint,
    )


def of_simulated_line(
    sku: str, product: Product, variant: Variant, quantity: int, price: Money, totals: Breakdown
) -> SimulatedLine:
    priced = next((each for each in totals.lines if each.line.sku == sku), None)
    return SimulatedLine(
        sku=sku,
        title=product.title,
        options=variant.label(),
        quantity=quantity,
        unit_price=price.format(),
        total=(price * quantity).format(),
        savings=of_line(priced.discounts) if priced else (),
        note="" if priced else "Not on sale: left out",
    )


def _taken(amount: Money) -> str:
    return saving(amount) if amount else "the delivery, once it is chosen"


def _refused(refused: Sequence[RefusedPromotion]) -> tuple[Verdict, ...]:
    return tuple(Verdict(each.name, each.code, "", each.reason) for each in refused)
