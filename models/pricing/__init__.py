"""The one pricing function: cart, checkout, order, refund and REST all show what `price` returns."""

from models.pricing.allocation import allocate, part_of, rounded_share
from models.pricing.breakdown import (
    AppliedPromotion,
    Breakdown,
    DeliveryBreakdown,
    Discount,
    LineBreakdown,
    PricedLine,
    RefusedPromotion,
    TaxLine,
)
from models.pricing.function import Delivery, DeliveryPrice, price
from models.pricing.refusals import HARMLESS, Refusal, RefusalKind
from models.pricing.tax import NO_TAX, TaxClass, TaxRules

__all__ = [
    "HARMLESS",
    "NO_TAX",
    "AppliedPromotion",
    "Breakdown",
    "Delivery",
    "DeliveryBreakdown",
    "DeliveryPrice",
    "Discount",
    "LineBreakdown",
    "PricedLine",
    "Refusal",
    "RefusalKind",
    "RefusedPromotion",
    "TaxClass",
    "TaxLine",
    "TaxRules",
    "allocate",
    "part_of",
    "price",
    "rounded_share",
]
