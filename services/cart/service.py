"""The cart: finding it, changing it, showing it, and bringing two together."""

from services.cart.changing import (
    accept_prices,
    add_item,
    add_to_cart,
    remove_from_cart,
    remove_item,
    set_cart_quantity,
    set_quantity,
)
from services.cart.finding import create_cart, find_cart, find_open_cart, lock_cart, owner_of
from services.cart.merging import merge_carts
from services.cart.ordered import take_ordered
from services.cart.views import CartLine, CartView, LineProblem, quote, view, view_cart

__all__ = [
    "CartLine",
    "CartView",
    "LineProblem",
    "accept_prices",
    "add_item",
    "add_to_cart",
    "create_cart",
    "find_cart",
    "find_open_cart",
    "lock_cart",
    "merge_carts",
    "owner_of",
    "quote",
    "remove_from_cart",
    "remove_item",
    "set_cart_quantity",
    "set_quantity",
    "take_ordered",
    "view",
    "view_cart",
]
