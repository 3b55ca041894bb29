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
from services.cart.coupons import add_code, enter_code, remove_code, take_off_code
from services.cart.finding import create_cart, find_cart, find_open_cart, lock_cart, owner_of
from services.cart.merging import merge_carts
from services.cart.ordered import take_ordered
from services.cart.simulating import SimulatedCart, Simulation, simulate
from services.cart.views import CartLine, CartView, LineProblem, quote, view, view_cart

__all__ = [
    "CartLine",
    "CartView",
    "LineProblem",
    "SimulatedCart",
    "Simulation",
    "accept_prices",
    "add_code",
    "add_item",
    "add_to_cart",
    "create_cart",
    "enter_code",
    "find_cart",
    "find_open_cart",
    "lock_cart",
    "merge_carts",
    "owner_of",
    "quote",
    "remove_code",
    "remove_from_cart",
    "remove_item",
    "set_cart_quantity",
    "set_quantity",
    "simulate",
    "take_off_code",
    "take_ordered",
    "view",
    "view_cart",
]
