"""What open pages need to know of what has just changed, read once for all tabs of this process."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from models.catalog import Product
from models.stock import Offer
from services.cart import service as carts
from services.catalog import service as catalog
from services.inventory import service as inventory
from services.live.topics import named
from services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class News:
    """`stock` has what anybody can have of each SKU that moved, `available` those that each cart can have.

    `products` lacks what is no longer on sale, `cart_versions` a cart that is gone.
    """

    topics: frozenset[str] = frozenset()
    stock: Mapping[str, Offer] = field(default_factory=dict)
    available: Mapping[UUID, Mapping[str, int]] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    cart_versions: Mapping[UUID, int] = field(default_factory=dict)

    def stock_for(self, cart_id: UUID | None) -> Mapping[str, int]:
        """Of each SKU that moved, the units that a cart can have."""
        own = self.available.get(cart_id) if cart_id else None
        return {sku: offer.available for sku, offer in self.stock.items()} if own is None else own

    def is_beyond(self, cart_id: UUID, version: int) -> bool:
        """Whether a cart is gone or at a later version than this one, which may be newer than the news."""
        known = self.cart_versions.get(cart_id)
        return known is None or known > version


async def read_news(heard: Collection[str], watched: Collection[str]) -> News:
    """At most four statements to PostgreSQL and one to MongoDB, however many tabs `watched` comes from.

    `watched` are all topics of the tabs that are to be brought up to date. Raises Unavailable.
    """
    skus = sorted(named(heard, "stock"))
    carts_shown = [UUID(cart) for cart in sorted(named(watched, "cart"))]
    concerned = carts_shown if skus else []
    changed = carts_shown if named(heard, "cart-of") else [UUID(cart) for cart in named(heard, "cart")]
    async with unit_of_work() as uow:
        levels = await inventory.levels(uow, skus)
        return News(
            topics=frozenset(heard),
            stock={sku: level.offer() for sku, level in levels.items()},
            available=await inventory.available_to(uow, concerned, skus) if concerned else {},
            products=await catalog.products_by_slug(uow, named(heard, "catalog")),
            cart_versions=await carts.versions(uow, changed),
        )
