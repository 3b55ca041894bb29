"""A wish list as it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WishView:
    """`stock_tone` is success, warning or error; `buyable` when it can go into the cart now."""

    id: str
    slug: str
    sku: str
    href: str
    title: str
    options: str
    image_url: str
    image_alt: str
    price: str
    before: str
    stock: str
    stock_tone: str
    buyable: bool
