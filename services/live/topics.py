"""What can be announced, and listened for. A topic says that something changed, never what it is now: whoever hears it
reads anew, with the rights of whoever looks."""

from collections.abc import Iterable
from uuid import UUID


def stock(sku: str) -> str:
    """How many units of a SKU there are."""
    return f"stock:{sku}"


def stocks(skus: Iterable[str]) -> tuple[str, ...]:
    return tuple(stock(sku) for sku in sorted(set(skus)))


def cart(cart_id: UUID) -> str:
    """A cart's lines, or what has become of it."""
    return f"cart:{cart_id}"


def order(order_id: UUID) -> str:
    """How an order stands."""
    return f"order:{order_id}"


def catalog(slug: str) -> str:
    """A product: its words, its pictures, its prices."""
    return f"catalog:{slug}"
