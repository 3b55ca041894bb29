"""What the checkout shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.address import Address
from models.address_form import form_of
from models.countries import by_name, country_name, within
from models.delivery import Method
from models.delivery_dates import DeliveryDates
from models.money import Money
from models.pricing import Breakdown, TaxLine
from store_app.view_models.promotions import NO_PROMOTIONS, PromotionsView, of_breakdown

CONTACT, ADDRESS, DELIVERY, PAYMENT = range(4)
"""The sections in their order."""
CHANGES = "cart-changes"
"""Id of the notice about a cart that is no longer what the shopper saw."""


@dataclass(frozen=True, slots=True)
class CheckoutDraft:
    """What the shopper typed so far, right or wrong."""

    email: str = ""
    country: str = "GB"
    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    phone: str = ""
    shipping_method: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of a list to choose from."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class AddressForm:
    """How the chosen country calls and orders the fields; one whose label is empty has no place in its addresses.

    `regions` are those to choose from; without any, a region is typed. `parts` are those of city, region and
    postal_code that there are, in their order.
    """

    city_label: str = "Town or city"
    region_label: str = ""
    regions: tuple[Option, ...] = ()
    postal_label: str = "Postcode"
    postal_hint: str = ""
    parts: tuple[str, ...] = ("city", "postal_code")


@dataclass(frozen=True, slots=True)
class Recap:
    """What the closed sections say."""

    address: tuple[str, ...] = ()
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """`free_from` tells from which subtotal the method costs nothing; empty when it always or never does. `estimate`
    are the days on which it arrives if it is ordered now."""

    code: str
    name: str
    estimate: str
    price: str
    free_from: str


@dataclass(frozen=True, slots=True)
class TaxRow:
    """VAT 20%, £2.00"""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class TotalsView:
    """From what the goods cost to what is paid. `taxes` are in the total, `added_taxes` were added to it."""

    subtotal: str = ""
    promotions: PromotionsView = NO_PROMOTIONS
    delivery: str = ""
    taxes: tuple[TaxRow, ...] = ()
    added_taxes: tuple[TaxRow, ...] = ()
    total: str = ""


NO_TOTALS = TotalsView()


def of_country(country: str) -> AddressForm:
    form = form_of(country)
    return AddressForm(
        city_label=form.city_label if form.has("city") else "",
        region_label=_optional(form.region_label, form.has("region") and "region" not in form.required),
        regions=tuple(Option(code, name) for code, name in form.regions),
        postal_label=_optional(form.postal_label, "postal_code" not in form.required)
        if form.has("postal_code")
        else "",
        postal_hint=f"For example {form.postal_example}" if form.postal_example else "",
        parts=tuple(name for name in form.order if name != "line1"),
    )


def of_countries(countries: frozenset[str], chosen: str = "") -> tuple[Option, ...]:
    """By name; the one that is chosen is among them, so that nobody's choice is changed silently."""
    known = countries | {chosen} if chosen else countries
    return tuple(Option(code, name) for code, name in by_name(frozenset(known)))


def nothing_offered(country: str, served: frozenset[str], too_much: str) -> str:
    """Why there is no way to deliver, and what to do."""
    if country not in served:
        return f"We don’t deliver to {within(country)} yet. Choose another address, and your cart stays as it is."
    return too_much


def of_choices(address: Address, choice: DeliveryChoice) -> Recap:
    return Recap(tuple(of_address(address)), f"{choice.name}, {choice.estimate}")


def of_methods(
    methods: Sequence[tuple[Method, DeliveryDates]], goods: Money, weight_grams: int
) -> list[DeliveryChoice]:
    return [_choice(method, days, goods, weight_grams) for method, days in methods]


def of_totals(totals: Breakdown) -> TotalsView:
    return TotalsView(
        subtotal=totals.subtotal.format(),
        promotions=of_breakdown(totals),
        delivery=price_or_free(totals.shipping) if totals.delivery else "–",
        taxes=of_taxes(totals.taxes) if totals.tax_included else (),
        added_taxes=() if totals.tax_included else of_taxes(totals.taxes),
        total=totals.total.format(),
    )


def of_taxes(taxes: Sequence[TaxLine]) -> tuple[TaxRow, ...]:
    return tuple(TaxRow(each.label, each.amount.format()) for each in taxes)


def of_address(address: Address) -> list[str]:
    """As printed on the label, the country last."""
    return [*address.lines(), country_name(address.country)]


def price_or_free(price: Money) -> str:
    return price.format() if price else "Free"


def _optional(label: str, optional: bool) -> str:
    return f"{label} (optional)" if optional else label


def _choice(method: Method, days: DeliveryDates, goods: Money, weight_grams: int) -> DeliveryChoice:
    price = method.price(goods, weight_grams)
    threshold = Money(method.free_from, goods.currency).format() if price and method.free_from else ""
    return DeliveryChoice(
        method.code, method.name, days.format(), price_or_free(price), threshold.removesuffix(".00")
    )
