"""A promotion as the pricing function takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from models.pricing.effects import Effect, Scope
from models.pricing.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Promotion:
    """`code` is empty for one that applies by itself. `currency` is needed as soon as an amount of money matters.

    `minimum_spend` (minor units) counts the goods in scope before discounts. An `exclusive` one goes with no other.
    Lower `priority` is taken off first. `refusal` is why this buyer can't have it at all, whatever is in the cart: used
    up, over, not the first order.
    """

    id: UUID
    name: str
    effect: Effect
    code: str = ""
    scope: Scope = field(default_factory=Scope)
    currency: str = ""
    minimum_spend: int = 0
    exclusive: bool = False
    priority: int = 100
    refusal: Refusal | None = None
