"""Delivery: which countries the store ships to, by which methods and at which price."""

from __future__ import annotations

from dataclasses import dataclass

from models.money import Money

COUNTRIES: dict[str, str] = {
    "GB": "United Kingdom",
    "IE": "Ireland",
    "FR": "France",
    "DE": "Germany",
    "NL": "Netherlands",
    "BE": "Belgium",
    "DK": "Denmark",
    "SE": "Sweden",
    "US": "United States",
    "CA": "Canada",
}
_EUROPE = frozenset({"IE", "FR", "DE", "NL", "BE", "DK", "SE"})
_AMERICA = frozenset({"US", "CA"})


@dataclass(frozen=True, slots=True)
class ShippingMethod:
    """A way to deliver. `free_from` is what the goods come to, in minor units, from which it costs nothing."""

    code: str
    name: str
    estimate: str
    price_amount: int
    countries: frozenset[str]
    free_from: int | None = None

    def price(self, goods: Money, weight_grams: int = 0) -> Money:
        free = self.free_from is not None and goods.amount >= self.free_from
        return Money(0 if free else self.price_amount, goods.currency)


SHIPPING_METHODS: tuple[ShippingMethod, ...] = (
    ShippingMethod("standard", "Standard", "3–4 working days", 450, frozenset({"GB"}), free_from=6000),
    ShippingMethod("express", "Express", "Next working day", 850, frozenset({"GB"})),
    ShippingMethod("europe", "Tracked to Europe", "5–8 working days", 1250, _EUROPE, free_from=18000),
    ShippingMethod(
        "america", "Tracked to North America", "7–12 working days", 1950, _AMERICA, free_from=25000
    ),
)


def methods_for(country: str) -> tuple[ShippingMethod, ...]:
    """The methods that reach a country (ISO 3166-1 alpha-2), cheapest first; empty if none does."""
    return tuple(method for method in SHIPPING_METHODS if country in method.countries)
