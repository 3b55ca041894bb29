"""What the REST API shows and takes of delivery."""

from __future__ import annotations

from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel

from models.delivery import Area, Method, Zone
from models.delivery_dates import DeliveryDates
from models.money import Money


class ShippingMethodOut(BaseModel):
    """`estimate` says in words what `estimated_delivery` says in dates: `{"from", "to"}`, both included."""

    code: str
    name: str
    estimate: str
    estimated_delivery: dict[str, date]
    price: Money
    free_from: Money | None

    @classmethod
    def of(cls, method: Method, goods: Money, weight_grams: int, days: DeliveryDates) -> Self:
        return cls(
            code=method.code,
            name=method.name,
            estimate=days.format(),
            estimated_delivery={"from": days.first, "to": days.last},
            price=method.price(goods, weight_grams),
            free_from=Money(method.free_from, method.currency) if method.free_from else None,
        )


class ZoneResource(BaseModel):
    id: UUID
    name: str
    areas: list[Area]
    position: int
    methods: list[Method]
    version: int

    @classmethod
    def of(cls, zone: Zone) -> Self:
        return cls(**dict(zone))


class ZoneList(BaseModel):
    """All zones: there is never another page."""

    items: list[ZoneResource]
    next_cursor: str | None = None
    total: int


def days_of(days: DeliveryDates | None) -> dict[str, Any] | None:
    return {"from": days.first, "to": days.last} if days else None
