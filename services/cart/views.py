"""A cart as it is shown: its lines as they stand today, and what they come to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.address import Destination
from models.cart import Cart, CartItem, CartOwner
from models.catalog import Product, ProductStatus, Variant
from models.money import Money
from models.pricing import Breakdown, LineBreakdown, PricedLine
from models.stock import Offer
from services.cart import repository
from services.catalog import service as catalog
from services.delivery import service as delivery
from services.delivery.service import FreeDelivery
from services.inventory import service as inventory
from services.price_list import service as price_lists
from services.pricing import service as pricing
from services.promotion.service import Buyer
from services.unit_of_work import UnitOfWork


class LineProblem(StrEnum):
    """Why a line can't be bought as it is; NONE when it can.

    PRICE_CHANGED: it costs more than the shopper has seen. One that costs less is bought without asking.
    """

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
    name: str = ""

    @property
    def title(self) -> str:
        """Of goods that have left the catalogue, the name under which they were put in."""
        return self.product.title if self.product else self.name

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def sellable(self) -> bool:
        return self.problem in (LineProblem.NONE, LineProblem.PRICE_CHANGED)

    @property
    def repriced(self) -> bool:
        """Whether it costs more or less than the shopper has seen, whatever else there is to say of it."""
        return self.unit_price != self.seen_price


@dataclass(frozen=True, slots=True)
class CartView:
    """`id` is None for somebody who has no cart yet. The totals leave out lines that can't be sold. Products are priced
    in `currency`."""

    id: UUID | None
    version: int
    currency: str
    lines: tuple[CartLine, ...]
    totals: Breakdown
    user_id: UUID | None = None
    codes: tuple[str, ...] = ()
    free_delivery: FreeDelivery | None = None

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def purchasable(self) -> bool:
        return bool(self.lines) and all(line.problem is LineProblem.NONE for line in self.lines)

    def priced_line(self, sku: str) -> LineBreakdown | None:
        """What a line comes to; None for one that can't be sold."""
        return next((each for each in self.totals.lines if each.line.sku == sku), None)

    def buyer(self, email: str = "") -> Buyer:
        return Buyer(self.user_id, email, self.id)

    def quantities(self) -> dict[str, int]:
        return {line.sku: line.quantity for line in self.lines}


async def view_cart(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """The owner's open cart; an empty one when there is none, without writing a row."""
    cart = await repository.find_open(uow.session, owner)
    return await view(uow, cart) if cart else await view_nothing(uow, owner)


async def view_nothing(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """What somebody sees who has no cart."""
    currency = await currency_of(uow, owner)
    totals = await pricing.quote(uow, (), currency, buyer=Buyer())
    free = await delivery.free_delivery(uow, currency)
    return CartView(None, 0, currency, (), totals, free_delivery=free)


async def view(
    uow: UnitOfWork, cart: Cart, *, items: Sequence[CartItem] | None = None, anew: bool = False
) -> CartView:
    """A cart with its lines as they stand today: `items` when they are known, prices read `anew` to be charged."""
    items = await repository.items(uow.session, cart.id) if items is None else items
    skus = [item.sku for item in items]
    found = await goods_in(uow, cart.currency, skus, anew=anew)
    offers = await inventory.offers(uow, skus, cart.id)
    lines = tuple(line_of(item, found.get(item.sku), offers[item.sku], cart.currency) for item in items)
    buyer, codes = Buyer(cart.user_id, cart_id=cart.id), tuple(cart.codes)
    totals = await pricing.quote(uow, priced(lines), cart.currency, buyer=buyer, codes=codes)
    free = await delivery.free_delivery(uow, cart.currency)
    return CartView(cart.id, cart.version, cart.currency, lines, totals, cart.user_id, codes, free)


async def versions(uow: UnitOfWork, cart_ids: Collection[UUID]) -> dict[UUID, int]:
    """At which version each cart is; what is shown of another version is out of date."""
    return await repository.versions(uow.session, cart_ids) if cart_ids else {}


async def goods_in(
    uow: UnitOfWork, currency: str, skus: Sequence[str], *, anew: bool = False
) -> dict[str, tuple[Product, Variant]]:
    """The products of these SKUs as they are priced in a currency; an unknown SKU is left out."""
    found = await catalog.variants_by_sku(uow, skus, anew=anew) if skus else {}
    prices = await price_lists.prices(uow, currency, skus)
    priced_goods = {}
    for sku, (product, _) in found.items():
        shown = prices.product(product)
        variant = shown.variant(sku)
        if variant:
            priced_goods[sku] = (shown, variant)
    return priced_goods


async def currency_of(uow: UnitOfWork, owner: CartOwner) -> str:
    """What a new cart is in: the currency that somebody chose, while it is offered, else the store's."""
    if owner.currency in ("", uow.settings.currency):
        return uow.settings.currency
    return owner.currency if owner.currency in await price_lists.currencies(uow) else uow.settings.currency


async def quote(
    uow: UnitOfWork, cart: CartView, destination: Destination, method_code: str, email: str = ""
) -> Breakdown:
    """What a cart costs delivered. Raises Invalid when the destination is not served or not by this method."""
    return await pricing.quote(
        uow,
        priced(cart.lines),
        cart.currency,
        buyer=cart.buyer(email),
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
            categories=frozenset(line.product.category_path),
            tax_class=line.product.tax_class,
            weight_grams=line.variant.weight_grams,
        )
        for line in lines
        if line.sellable and line.product and line.variant
    ]


def line_of(item: CartItem, found: tuple[Product, Variant] | None, offer: Offer, currency: str) -> CartLine:
    """A line as it stands today, with what this cart can have of it."""
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
        name=item.name,
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
    return LineProblem.PRICE_CHANGED if price.amount > seen.amount else LineProblem.NONE
