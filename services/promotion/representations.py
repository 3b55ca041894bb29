"""What the REST API shows and takes of promotions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, EmailStr, Field, StringConstraints

from models.address import Destination
from models.catalog import Sku
from models.order import Order
from models.promotion import MAX_CODE, MAX_CODES
from services.cart import representations as carts
from services.cart.service import SimulatedCart, Simulation
from services.promotion.service import PromotionView, Redemption

_Quantity = Annotated[int, Field(strict=True, ge=1, le=99)]


class SimulationItem(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sku: Sku
    quantity: _Quantity = 1


class SimulationInput(BaseModel):
    """Without an `email` the buyer is a guest nobody knows; without `at` it is now; without a `country` nothing is
    delivered, and without a `shipping_method` by the cheapest."""

    model_config = ConfigDict(extra="forbid")

    items: list[SimulationItem] = Field(min_length=1, max_length=50)
    codes: list[Annotated[str, StringConstraints(max_length=MAX_CODE * 2)]] = Field(
        default_factory=list, max_length=MAX_CODES
    )
    email: EmailStr | None = None
    country: Annotated[str, StringConstraints(to_upper=True, pattern=r"^[A-Za-z]{2}$")] | None = None
    region: Annotated[str, StringConstraints(max_length=120)] = ""
    postal_code: Annotated[str, StringConstraints(max_length=16)] = ""
    shipping_method: Annotated[str, StringConstraints(max_length=32)] = ""
    at: AwareDatetime | None = None

    def cart(self) -> SimulatedCart:
        quantities: dict[str, int] = {}
        for item in self.items:
            quantities[item.sku] = quantities.get(item.sku, 0) + item.quantity
        to = Destination(self.country, self.region, self.postal_code) if self.country else None
        return SimulatedCart(
            quantities, tuple(self.codes), self.email or "", to, self.shipping_method, moment=self.at
        )


def promotion_body(view: PromotionView) -> dict[str, Any]:
    promotion = view.promotion
    return {
        "id": promotion.id,
        **promotion.draft().model_dump(mode="json"),
        "state": view.state,
        "orders": view.orders,
        "taken_off": view.taken,
        "version": promotion.version,
        "created_at": promotion.created_at,
        "updated_at": promotion.updated_at,
    }


def redemption_body(redemption: Redemption, orders: Mapping[UUID, Order]) -> dict[str, Any]:
    order = orders[redemption.order_id]
    return {
        "order_id": order.id,
        "number": order.number,
        "status": order.status,
        "placed_at": order.placed_at,
        "amount": redemption.amount,
        "total": order.total,
    }


def simulation_body(simulation: Simulation) -> dict[str, Any]:
    """As of a cart, with every promotion that was looked at."""
    totals = simulation.totals
    priced = {each.line.sku: each for each in totals.lines}
    return {
        "items": [
            {
                "sku": line.sku,
                "title": line.title,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "total": line.total,
                "on_sale": line.sku in priced,
                "discounts": carts.named(priced[line.sku].discounts) if line.sku in priced else [],
            }
            for line in simulation.lines
        ],
        "delivery": {
            "code": totals.delivery.code,
            "name": totals.delivery.name,
            "price": totals.delivery.price,
            "discounts": carts.named(totals.delivery.discounts),
            "charged": totals.delivery.charged,
        }
        if totals.delivery
        else None,
        "subtotal": totals.subtotal,
        "discount": totals.discount,
        "shipping": totals.shipping,
        "tax": totals.tax,
        "tax_included": totals.tax_included,
        "total": totals.total,
        "promotions": carts.promotions(totals, all_refused=True),
    }
