"""What would this cart get? Asked by staff, answered by the functions that price every cart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.address import Destination
from models.cart import CartItem
from models.ids import new_id
from models.money import Money
from models.pricing import Breakdown, PricedLine
from models.promotion import MAX_CODES, normal_code
from models.stock import Offer
from services.cart.views import CartLine, line_of, priced
from services.catalog import service as catalog
from services.delivery import service as delivery
from services.errors import Invalid
from services.pricing import service as pricing
from services.promotion.service import Buyer
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SimulatedCart:
    """`quantities` by SKU. An empty `email` is a guest nobody knows; `moment` None is now. Without a `method_code` the
    cheapest delivery to the destination is taken, without a destination none."""

    quantities: dict[str, int]
    codes: Sequence[str] = ()
    email: str = ""
    destination: Destination | None = None
    method_code: str = ""
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Simulation:
    """`lines` also names what is not on sale, which `totals` leave out."""

    lines: tuple[CartLine, ...]
    totals: Breakdown


async def simulate(uow: UnitOfWork, cart: SimulatedCart) -> Simulation:
    """Nothing is written or held. Raises Invalid for unknown SKUs, codes, or a country that is not served."""
    currency = uow.settings.currency
    found = await catalog.variants_by_sku(uow, list(cart.quantities))
    unknown = [sku for sku in cart.quantities if sku not in found]
    if unknown:
        told = f"Not in the catalogue: {', '.join(unknown[:5])}."
        raise Invalid(told, {"items": told})
    cart_id = new_id()
    lines = tuple(
        line_of(
            CartItem(
                cart_id=cart_id, sku=sku, quantity=quantity, seen_price_amount=found[sku][1].price.amount
            ),
            found[sku],
            Offer(quantity, quantity),
            currency,
        )
        for sku, quantity in cart.quantities.items()
    )
    goods = priced(lines)
    codes = [code for code in map(normal_code, cart.codes) if code]
    totals = await pricing.quote(
        uow,
        goods,
        currency,
        buyer=Buyer(email=cart.email),
        codes=list(dict.fromkeys(codes))[:MAX_CODES],
        destination=cart.destination,
        method_code=await _method(uow, cart, goods, currency),
        moment=cart.moment,
    )
    return Simulation(lines, totals)


async def _method(uow: UnitOfWork, cart: SimulatedCart, lines: Sequence[PricedLine], currency: str) -> str:
    if cart.method_code or cart.destination is None:
        return cart.method_code
    goods = Money.sum((line.total for line in lines), currency)
    weight = sum(line.weight_grams * line.quantity for line in lines)
    offered = await delivery.methods(uow, cart.destination, currency, goods, weight)
    if not offered:
        told = "We don't deliver there, or nothing so heavy."
        raise Invalid(told, {"country": told})
    return offered[0].code
