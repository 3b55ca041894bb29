"""Delivery: where the store delivers to, how, at which price, and when it arrives."""

from services.delivery.editing import (
    change_zone,
    create_zone,
    delete_method,
    delete_zone,
    get_zone,
    write_method,
)
from services.delivery.offers import (
    TOO_MUCH,
    FreeDelivery,
    countries,
    dates,
    free_delivery,
    method,
    methods,
    zones,
)

__all__ = [
    "TOO_MUCH",
    "FreeDelivery",
    "change_zone",
    "countries",
    "create_zone",
    "dates",
    "delete_method",
    "delete_zone",
    "free_delivery",
    "get_zone",
    "method",
    "methods",
    "write_method",
    "zones",
]
