"""Taxes: what applies where something is delivered to."""

from services.tax.editing import change_region, create_region, delete_region, get_region
from services.tax.rates import regions, rules, today

__all__ = ["change_region", "create_region", "delete_region", "get_region", "regions", "rules", "today"]
