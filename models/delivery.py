"""Delivery: the zones that the store serves, and the methods of each with their price tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from enum import StrEnum
from itertools import takewhile
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from models.address import Destination
from models.countries import CountryCode
from models.currency import chargeable
from models.money import Money
from models.prices import Prices
from models.pricing.tax import TaxClass
from models.text import PlainText

Name = Annotated[PlainText, StringConstraints(min_length=1, max_length=80)]
MethodCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32)]
MAX_AMOUNT = 100_000_000
"""Minor units: the highest price of a delivery, and the highest threshold."""
MAX_GRAMS = 10_000_000


class Area(BaseModel):
    """A part of the world: a country, or only a region of it (by its code) or where postal codes begin so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: CountryCode
    region: Annotated[PlainText, StringConstraints(max_length=60)] = ""
    postal_prefix: Annotated[str, StringConstraints(strip_whitespace=True, max_length=12)] = ""

    @field_validator("postal_prefix")
    @classmethod
    def _compared(cls, value: str) -> str:
        return plain_code(value)

    def covers(self, destination: Destination) -> bool:
        return (
            self.country == destination.country
            and self.region in ("", destination.region)
            and (not self.postal_prefix or self._begins(destination.postal_code))
        )

    def _begins(self, code: str) -> bool:
        return bool(code) and _begins(plain_code(code), self.postal_prefix, self.country)

    @property
    def precision(self) -> tuple[int, bool]:
        """Of two areas that cover a place, the one with the longer postal prefix counts, then the one with a region."""
        return len(self.postal_prefix), bool(self.region)


class Basis(StrEnum):
    """What a price table goes by."""

    WEIGHT = "weight"
    GOODS = "goods"


class Rate(BaseModel):
    """The price up to and with so many grams, or so many minor units of goods; None: without limit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    up_to: Annotated[int, Field(gt=0, le=max(MAX_GRAMS, MAX_AMOUNT))] | None = None
    amount: Annotated[int, Field(ge=0, le=MAX_AMOUNT)]


class MethodDraft(BaseModel):
    """A way to deliver, as staff write it. Amounts are minor units of `currency`.

    `free_from` is what the goods come to, after discounts, from which it costs nothing. `cut_off` is the time of day
    (of the store) until which an order is handled the same day, `handling_days` the working days that packing takes,
    `transit_from` and `transit_to` those on the way.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    basis: Basis = Basis.WEIGHT
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    rates: tuple[Rate, ...] = Field(min_length=1, max_length=50)
    free_from: Annotated[int, Field(gt=0, le=MAX_AMOUNT)] | None = None
    tax_class: TaxClass = TaxClass.STANDARD
    cut_off: time = time(14)
    handling_days: Annotated[int, Field(ge=0, le=60)] = 1
    transit_from: Annotated[int, Field(ge=0, le=90)] = 1
    transit_to: Annotated[int, Field(ge=0, le=90)] = 1
    active: bool = True
    position: Annotated[int, Field(ge=0, le=1000)] = 0

    @field_validator("cut_off")
    @classmethod
    def _to_the_minute(cls, value: time) -> time:
        return value.replace(second=0, microsecond=0, tzinfo=None)

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        limits = [rate.up_to for rate in self.rates]
        bounded = [limit for limit in limits if limit is not None]
        if None in limits[:-1] or bounded != sorted(set(bounded)):
            raise ValueError("each step of the price table must reach further than the one before it")
        if self.basis is Basis.GOODS and limits[-1] is not None:
            raise ValueError("a table by what the goods come to needs a last step without limit")
        if self.transit_from > self.transit_to:
            raise ValueError("the longest transit can't be shorter than the shortest")
        return self


class Method(MethodDraft):
    """A way to deliver within its zone, where `code` names it."""

    code: MethodCode

    def carries(self, weight_grams: int) -> bool:
        """Whether the table reaches so far."""
        return self.basis is Basis.GOODS or self._rate(weight_grams) is not None

    def price(self, goods: Money, weight_grams: int = 0) -> Money:
        """Raises ValueError for a parcel that is heavier than the table reaches."""
        rate = self._rate(weight_grams if self.basis is Basis.WEIGHT else goods.amount)
        if rate is None:
            raise ValueError(f"{self.code} doesn't carry {weight_grams} g")
        free = self.free_from is not None and goods.amount >= self.free_from
        return Money(0 if free else chargeable(rate.amount, goods.currency), goods.currency)

    def _rate(self, measure: int) -> Rate | None:
        return next((rate for rate in self.rates if rate.up_to is None or measure <= rate.up_to), None)


class ZoneDraft(BaseModel):
    """Where a set of methods reaches."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    areas: tuple[Area, ...] = Field(min_length=1, max_length=500)
    position: Annotated[int, Field(ge=0, le=1000)] = 0

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.areas)) != len(self.areas):
            raise ValueError("an area is named twice")
        return self


class Zone(ZoneDraft):
    """`version` counts the changes of the zone and of its methods."""

    id: UUID
    version: int = 1
    methods: tuple[Method, ...] = ()

    def method(self, code: str) -> Method | None:
        return next((method for method in self.methods if method.code == code), None)


def zone_of(zones: Iterable[Zone], destination: Destination) -> Zone | None:
    """The zone that covers a place most precisely; None where nothing is delivered to."""
    covering = [(area.precision, zone) for zone in zones for area in zone.areas if area.covers(destination)]
    return max(covering, key=lambda each: each[0])[1] if covering else None


def offered(zone: Zone, currency: str, goods: Money, weight_grams: int) -> tuple[Method, ...]:
    """The methods that can be chosen for a parcel, cheapest first."""
    usable: Sequence[Method] = [
        method
        for method in zone.methods
        if method.active and method.currency == currency and method.carries(weight_grams)
    ]
    return tuple(
        sorted(usable, key=lambda each: (each.price(goods, weight_grams).amount, each.position, each.code))
    )


def priced_in(zone: Zone, prices: Prices) -> Zone:
    """The zone with the methods that are kept in the store's currency converted; a sum of goods is, too."""
    if prices.is_home:
        return zone
    methods = (
        _priced_in(each, prices) if each.currency == prices.conversion.home else each for each in zone.methods
    )
    return zone.model_copy(update={"methods": tuple(methods)})


def _priced_in(method: Method, prices: Prices) -> Method:
    convert = prices.conversion.convert
    by_goods = method.basis is Basis.GOODS
    rates = tuple(
        Rate.model_construct(
            up_to=convert(rate.up_to) if by_goods and rate.up_to is not None else rate.up_to,
            amount=convert(rate.amount),
        )
        for rate in method.rates
    )
    free_from = None if method.free_from is None else convert(method.free_from)
    changed = {"currency": prices.currency, "rates": rates, "free_from": free_from}
    return method.model_copy(update=changed)


def plain_code(code: str) -> str:
    """A postal code as it is compared."""
    return "".join(code.upper().split()).replace("-", "")


def _begins(code: str, prefix: str, country: str) -> bool:
    """British prefixes are areas or whole districts: PA20 is not the beginning of PA2 0AB, nor G of GL1 1AA.

    Royal Mail: the last three characters are the inward code, the letters before the first digit the area.
    """
    if country != "GB":
        return code.startswith(prefix)
    district = code[:-3] if len(code) >= 5 else code
    area = "".join(takewhile(str.isalpha, district))
    return prefix == (area if prefix.isalpha() else district)
