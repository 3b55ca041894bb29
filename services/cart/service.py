"""The cart: finding it, changing it, showing it, saving lines for later, and bringing two together."""

from services.cart.beginning import create_cart
from services.cart.changing import (
    accept_prices,
    add_item,
    add_to_cart,
    remove_from_cart,
    remove_item,
    set_cart_quantity,
    set_quantity,
    take_out,
)
from services.cart.clicks import forget_old as forget_old_clicks
from services.cart.clicks import is_first as is_first_click
from services.cart.coupons import add_code, enter_code, remove_code, take_off_code
from services.cart.finding import (
    find_cart,
    find_open_cart,
    is_merged,
    lock_cart,
    lock_own_cart,
    owner_of,
)
from services.cart.merging import merge_carts
from services.cart.ordered import take_ordered
from services.cart.repricing import change_currency, choose_currency, follow_choice
from services.cart.saving import (
    MovedBack,
    SavedLine,
    move_to_cart,
    put_back,
    remove_saved,
    save_again,
    save_for_later,
    view_saved,
)
from services.cart.simulating import SimulatedCart, Simulation, simulate
from services.cart.unmerging import latest_merge, undo_merge
from services.cart.views import CartLine, CartView, LineProblem, currency_of, quote, versions, view, view_cart

__all__ = [
    "CartLine",
    "CartView",
    "LineProblem",
    "MovedBack",
    "SavedLine",
    "SimulatedCart",
    "Simulation",
    "accept_prices",
    "add_code",
    "add_item",
    "add_to_cart",
    "change_currency",
    "choose_currency",
    "create_cart",
    "currency_of",
    "enter_code",
    "find_cart",
    "find_open_cart",
    "follow_choice",
    "forget_old_clicks",
    "is_first_click",
    "is_merged",
    "latest_merge",
    "lock_cart",
    "lock_own_cart",
    "merge_carts",
    "move_to_cart",
    "owner_of",
    "put_back",
    "quote",
    "remove_code",
    "remove_from_cart",
    "remove_item",
    "remove_saved",
    "save_again",
    "save_for_later",
    "set_cart_quantity",
    "set_quantity",
    "simulate",
    "take_off_code",
    "take_ordered",
    "take_out",
    "undo_merge",
    "versions",
    "view",
    "view_cart",
    "view_saved",
]
