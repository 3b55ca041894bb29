"""A cart as it is shown: its lines as they stand today, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.address import Destination
from models.cart import Cart, CartItem, CartOwner
from models.catalog import Product, ProductStatus, Variant
from models.money import Money
from models.pricing import Breakdown, PricedLine
from models.stock import Offer
from services.cart import repository
from services.catalog import service as catalog
from services.inventory import service as inventory
from services.pricing import service as pricing
from services.promotion.service import Buyer
from services.unit_of_work import UnitOfWork


class LineProblem(StrEnum):
    """Why a line can't be bought as it is; NONE when it can."""

    NONE = ""
    UNAVAILABLE = "unavailable"
    OUT_OF_STOCK = "out_of_stock"
    SHORT = "short"
    PRICE_CHANGED = "price_changed"


@dataclass(frozen=True, slots=True)
class CartLine:
    """`product` and `variant` are None for goods that have left the catalogue.

    `ships_in_days` is 0 unless units of the line have to be made first.
    """

    sku: str
    quantity: int
    product: Product | None
    variant: Variant | None
    unit_price: Money
    seen_price: Money
    available: int
    problem: LineProblem
    ships_in_days: int = 0

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def sellable(self) -> bool:
        return self.problem in (LineProblem.NONE, LineProblem.PRICE_CHANGED)


@dataclass(frozen=True, slots=True)
class CartView:
    """`id` is None for somebody who has no cart yet. The totals leave out lines that can't be sold."""

    id: UUID | None
    version: int
    currency: str
    lines: tuple[CartLine, ...]
    totals: Breakdown
    user_id: UUID | None = None
    codes: tuple[str, ...] = ()

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def purchasable(self) -> bool:
        return bool(self.lines) and all(line.problem is LineProblem.NONE for line in self.lines)

    def quantities(self) -> dict[str, int]:
        return {line.sku: line.quantity for line in self.lines}


async def view_cart(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """The owner's open cart; an empty one when there is none, without writing a row."""
    return await view(uow, await repository.find_open(uow.session, owner))


async def view(uow: UnitOfWork, cart: Cart | None) -> CartView:
    """A cart with its lines as they stand today."""
    if cart is None:
        currency = uow.settings.currency
        return CartView(None, 0, currency, (), await pricing.quote(uow, (), currency, buyer=Buyer()))
    items = await repository.items(uow.session, cart.id)
    skus = [item.sku for item in items]
    found = await catalog.variants_by_sku(uow, skus) if skus else {}
    offers = await inventory.offers(uow, skus, cart.id)
    lines = tuple(_line(item, found.get(item.sku), offers[item.sku], cart.currency) for item in items)
    totals = await pricing.quote(uow, priced(lines), cart.currency, buyer=Buyer(cart.user_id))
    return CartView(cart.id, cart.version, cart.currency, lines, totals, cart.user_id)


async def quote(
    uow: UnitOfWork, cart: CartView, destination: Destination, method_code: str, email: str = ""
) -> Breakdown:
    """What a cart costs delivered. Raises Invalid when the destination is not served or not by this method."""
    return await pricing.quote(
        uow,
        priced(cart.lines),
        cart.currency,
        buyer=Buyer(cart.user_id, email),
        codes=cart.codes,
        destination=destination,
        method_code=method_code,
    )


async def available_to(uow: UnitOfWork, cart: Cart, skus: Sequence[str]) -> dict[str, int]:
    """The units this cart can have of each SKU: what nobody was promised, and what it was promised itself."""
    return {sku: offer.available for sku, offer in (await inventory.offers(uow, skus, cart.id)).items()}


def priced(lines: Sequence[CartLine]) -> list[PricedLine]:
    """The lines that can be sold, as the pricing function takes them."""
    return [
        PricedLine(
            line.sku,
            line.quantity,
            line.unit_price,
            product=line.product.slug,
            categories=frozenset({line.product.category}),
            weight_grams=line.variant.weight_grams,
        )
        for line in lines
        if line.sellable and line.product and line.variant
    ]


def _line(item: CartItem, found: tuple[Product, Variant] | None, offer: Offer, currency: str) -> CartLine:
    product, variant = found or (None, None)
    seen = Money(item.seen_price_amount, currency)
    price = variant.price if variant else seen
    return CartLine(
        sku=item.sku,
        quantity=item.quantity,
        product=product,
        variant=variant,
        unit_price=price,
        seen_price=seen,
        available=offer.available,
        problem=_problem(item, product, price, seen, offer.available),
        ships_in_days=offer.wait(item.quantity),
    )


def _problem(
    item: CartItem, product: Product | None, price: Money, seen: Money, available: int
) -> LineProblem:
    if product is None or product.status is not ProductStatus.ACTIVE:
        return LineProblem.UNAVAILABLE
    if available <= 0:
        return LineProblem.OUT_OF_STOCK
    if available < item.quantity:
        return LineProblem.SHORT
    return LineProblem.PRICE_CHANGED if price != seen else LineProblem.NONE
