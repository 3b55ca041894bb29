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
)
from models.pricing.function import Delivery, DeliveryPrice, price
from models.pricing.tax import NO_TAX, TaxRules

__all__ = [
    "NO_TAX",
    "AppliedPromotion",
    "Breakdown",
    "Delivery",
    "DeliveryBreakdown",
    "DeliveryPrice",
    "Discount",
    "LineBreakdown",
    "PricedLine",
    "RefusedPromotion",
    "TaxRules",
    "allocate",
    "part_of",
    "price",
    "rounded_share",
]
