"""What a promotion does, and to which goods. Each effect is also valid JSON of its own `kind`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from models.pricing.breakdown import PricedLine
from models.pricing.tax import BASIS_POINTS

MAX_AMOUNT = 100_000_000
"""Most minor units that a promotion takes off or asks for."""
MAX_UNITS = 99
MAX_TIERS = 8

_Share = Annotated[int, Field(ge=1, le=BASIS_POINTS, strict=True)]
_Amount = Annotated[int, Field(ge=1, le=MAX_AMOUNT, strict=True)]
_Units = Annotated[int, Field(ge=1, le=MAX_UNITS, strict=True)]
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class PercentageOff:
    """Hundredths of a per cent of the goods in scope."""

    __pydantic_config__ = _STRICT

    basis_points: _Share
    kind: Literal["percentage_off"] = "percentage_off"


@dataclass(frozen=True, slots=True)
class AmountOff:
    """Minor units off the goods in scope together, in the promotion's currency; never more than they come to."""

    __pydantic_config__ = _STRICT

    amount: _Amount
    kind: Literal["amount_off"] = "amount_off"


@dataclass(frozen=True, slots=True)
class FreeDelivery:
    """The delivery costs nothing, or so much less as `up_to` says (minor units of the promotion's currency; 0 for no
    bound). The goods in scope decide only whether there is one."""

    __pydantic_config__ = _STRICT

    up_to: Annotated[int, Field(ge=0, le=MAX_AMOUNT, strict=True)] = 0
    kind: Literal["free_delivery"] = "free_delivery"


@dataclass(frozen=True, slots=True)
class BuyXGetY:
    """Of every `buy` + `get` units in scope, the `get` cheapest of all are reduced by `basis_points`."""

    __pydantic_config__ = _STRICT

    buy: _Units
    get: _Units
    basis_points: _Share = BASIS_POINTS
    kind: Literal["buy_x_get_y"] = "buy_x_get_y"

    @property
    def group(self) -> int:
        return self.buy + self.get


class TierBasis(StrEnum):
    QUANTITY = "quantity"
    SPEND = "spend"


@dataclass(frozen=True, slots=True)
class Tier:
    """From `threshold` on (units, or minor units of the promotion's currency) so many basis points off."""

    __pydantic_config__ = _STRICT

    threshold: _Amount
    basis_points: _Share


@dataclass(frozen=True, slots=True)
class TieredOff:
    """The more, the higher the percentage: that of the highest tier reached, off all goods in scope."""

    __pydantic_config__ = _STRICT

    basis: TierBasis
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=MAX_TIERS)]
    kind: Literal["tiered_off"] = "tiered_off"

    def basis_points(self, units: int, spend: int) -> int:
        reached = self.reached(units, spend)
        return max((tier.basis_points for tier in self.tiers if tier.threshold <= reached), default=0)

    def reached(self, units: int, spend: int) -> int:
        return units if self.basis is TierBasis.QUANTITY else spend

    def next(self, units: int, spend: int) -> Tier | None:
        """The nearest tier that takes more off than the one reached."""
        now = self.basis_points(units, spend)
        above = [tier for tier in self.tiers if tier.basis_points > now]
        return min(above, key=lambda tier: tier.threshold, default=None)


Effect = PercentageOff | AmountOff | FreeDelivery | BuyXGetY | TieredOff


@dataclass(frozen=True, slots=True)
class Scope:
    """Which goods a promotion is about: those in one of the categories, of one of the products, or one of the SKUs.
    All empty means everything."""

    categories: frozenset[str] = field(default_factory=frozenset)
    products: frozenset[str] = field(default_factory=frozenset)
    skus: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_everything(self) -> bool:
        return not (self.categories or self.products or self.skus)

    def covers(self, line: PricedLine) -> bool:
        return (
            self.is_everything
            or bool(self.categories & line.categories)
            or line.product in self.products
            or line.sku in self.skus
        )
