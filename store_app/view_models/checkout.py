"""What the checkout shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.address import Address
from models.address_formats import ADDRESS_FORMATS
from models.money import Money
from models.pricing import Breakdown
from models.shipping import COUNTRIES, ShippingMethod

CONTACT, ADDRESS, DELIVERY, PAYMENT = range(4)
"""The sections in their order."""


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
class AddressForm:
    """How the chosen country calls and orders the fields; no region where `region_label` is empty."""

    postal_label: str = ADDRESS_FORMATS["GB"].postal_label
    postal_first: bool = False
    region_label: str = ""


@dataclass(frozen=True, slots=True)
class Recap:
    """What the closed sections say."""

    address: tuple[str, ...] = ()
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """`free_from` tells from which subtotal the method costs nothing; empty when it always or never does."""

    code: str
    name: str
    estimate: str
    price: str
    free_from: str


@dataclass(frozen=True, slots=True)
class TotalsView:
    """`discount` is empty when there is none."""

    subtotal: str = ""
    discount: str = ""
    delivery: str = ""
    tax: str = ""
    total: str = ""


NO_TOTALS = TotalsView()


def of_country(country: str) -> AddressForm:
    written = ADDRESS_FORMATS[country]
    return AddressForm(written.postal_label, written.postal_first, written.region_label)


def of_choices(address: Address, choice: DeliveryChoice) -> Recap:
    return Recap(
        tuple(of_address(address)), f"{choice.name}, {choice.estimate[0].lower()}{choice.estimate[1:]}"
    )


def of_methods(methods: Sequence[ShippingMethod], goods: Money, weight_grams: int) -> list[DeliveryChoice]:
    return [_choice(method, goods, weight_grams) for method in methods]


def of_totals(totals: Breakdown) -> TotalsView:
    return TotalsView(
        subtotal=totals.subtotal.format(),
        discount=f"−{totals.discount.format()}" if totals.discount else "",
        delivery=price_or_free(totals.shipping),
        tax=totals.tax.format(),
        total=totals.total.format(),
    )


def of_address(address: Address) -> list[str]:
    """As printed on the label, the country last."""
    lines = address.lines()
    written = ADDRESS_FORMATS.get(address.country)
    tail = [part for part in (address.city, address.region, address.postal_code) if part]
    if written and written.postal_first and tail:
        lines = [*lines[: -len(tail)], f"{address.postal_code} {address.city}"]
    return [*lines, COUNTRIES.get(address.country, address.country)]


def price_or_free(price: Money) -> str:
    return price.format() if price else "Free"


def _choice(method: ShippingMethod, goods: Money, weight_grams: int) -> DeliveryChoice:
    price = method.price(goods, weight_grams)
    threshold = Money(method.free_from, goods.currency).format() if price and method.free_from else ""
    return DeliveryChoice(
        method.code, method.name, method.estimate, price_or_free(price), threshold.removesuffix(".00")
    )
