"""What can be announced, and listened for. A topic says that something changed, never what it is now: whoever hears it
reads anew, with the rights of whoever looks."""

from collections.abc import Iterable
from uuid import UUID

from models.cart import CartOwner


def named(told: Iterable[str], kind: str) -> set[str]:
    """What follows the colon in the topics of a kind: the SKUs of `stock:…`, the slugs of `catalog:…`."""
    start = f"{kind}:"
    return {topic.removeprefix(start) for topic in told if topic.startswith(start)}


def stock(sku: str) -> str:
    """How many units of a SKU there are."""
    return f"stock:{sku}"


def stocks(skus: Iterable[str]) -> tuple[str, ...]:
    return tuple(stock(sku) for sku in sorted(set(skus)))


def cart(cart_id: UUID) -> str:
    """A cart's lines, or what has become of it."""
    return f"cart:{cart_id}"


def cart_of(owner: CartOwner) -> str:
    """That somebody who had no open cart has one now. The visitor's part is a hash, as in the database."""
    return f"cart-of:{owner.user_id or owner.visitor}"


def saved_of(owner: CartOwner) -> str:
    """What somebody has saved for later."""
    return f"saved-of:{owner.user_id or owner.visitor}"


def wishes_of(owner: CartOwner) -> str:
    """What somebody wishes for."""
    return f"wishes-of:{owner.user_id or owner.visitor}"


def order(order_id: UUID) -> str:
    """How an order stands."""
    return f"order:{order_id}"


def catalog(slug: str) -> str:
    """A product: its words, its pictures, its prices."""
    return f"catalog:{slug}"


def reference(kind: str) -> str:
    """Delivery zones and methods, or tax rates."""
    return f"reference:{kind}"
