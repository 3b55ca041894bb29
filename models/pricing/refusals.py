"""Why a cart does not get a promotion: a kind for programs, a sentence for the shopper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusalKind(StrEnum):
    UNKNOWN_CODE = "unknown_code"
    NOT_BEGUN = "not_begun"
    ENDED = "ended"
    USED_UP = "used_up"
    CUSTOMER_LIMIT = "customer_limit"
    FIRST_ORDER_ONLY = "first_order_only"
    OTHER_CURRENCY = "other_currency"
    NOTHING_COVERED = "nothing_covered"
    SPEND_MORE = "spend_more"
    ADD_MORE = "add_more"
    OUTDONE = "outdone"
    AWAITS_DELIVERY = "awaits_delivery"
    NO_EFFECT = "no_effect"


HARMLESS = frozenset({RefusalKind.OUTDONE, RefusalKind.AWAITS_DELIVERY, RefusalKind.NO_EFFECT})
"""The buyer pays no more for not getting it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`missing` is how many units more, or minor units more, would earn it; 0 where that is not the reason."""

    kind: RefusalKind
    reason: str
    missing: int = 0
