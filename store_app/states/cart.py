"""The cart: the badge in the header, the drawer and the cart page show the same state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from models.cart import CartOwner
from models.ids import new_id
from models.saved import LooseLine
from services.cart import service as carts
from services.cart.service import CartView
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.cart_view import summary_of
from store_app.states.parsing import short_text, whole_number
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.cart import CartSummary

KEPT_REMOVALS = 10
"""How many removed lines a tab can put back."""


class CartState(rx.State):
    """`opened` counts how often the drawer was asked for; `revision` makes quantity fields show the truth again."""

    cart: CartSummary = CartSummary()
    loaded: bool = False
    opened: int = 0
    revision: int = 0
    _removed: dict[str, LooseLine] = {}

    def _show(self, view: CartView) -> None:
        self.cart = summary_of(view)
        self.loaded = True

    @rx.event
    async def refresh(self) -> None:
        """Read the cart anew, e.g. after an order took its lines."""
        await self._apply(carts.view_cart)

    @rx.event
    async def add_item(self, sku: str, quantity: int = 1) -> None:
        """Put units of a SKU into the cart and open the drawer."""
        wanted, units = short_text(sku, 48), whole_number(quantity)
        await self._apply(lambda uow, owner: carts.add_item(uow, owner, wanted, units))
        self.opened += 1

    @rx.event
    async def add_from_form(self, form: dict[str, Any]) -> None:
        """A form with `sku` and `quantity`; `press` tells one press of its button from another (assets/shop.js)."""
        wanted, units = short_text(form.get("sku"), 48), whole_number(form.get("quantity", 1))
        press = short_text(form.get("press"), 64)
        await self._apply(lambda uow, owner: carts.add_item(uow, owner, wanted, units, click=press))
        self.opened += 1

    @rx.event
    async def set_quantity(self, sku: str, quantity: int) -> None:
        """Leaving a quantity as it is asks for nothing; none at all takes the line out."""
        self.revision += 1
        wanted, units = short_text(sku, 48), whole_number(quantity)
        if units == 0:
            await self.remove_item(wanted)
            return
        if any(line.sku == wanted and line.quantity == units for line in self.cart.lines):
            return
        await self._apply(lambda uow, owner: carts.set_quantity(uow, owner, wanted, units))

    @rx.event
    async def remove_item(self, sku: str) -> None:
        """Take a line out; the message offers to put it back."""
        wanted = short_text(sku, 48)
        shown = next((line for line in self.cart.lines if line.sku == wanted), None)
        async with unit_of_work() as uow:
            owner = carts.owner_of(await identity_of(uow, self))
            view, line = await carts.take_out(uow, owner, wanted)
        self._show(view)
        if line and shown:
            removal = str(new_id())
            kept = list(self._removed.items())[1 - KEPT_REMOVALS :]
            self._removed = dict([*kept, (removal, line)])
            await toast(self, f"Removed “{shown.title}”.", "info", undo=(CartState, "restore", (removal,)))

    @rx.event
    async def restore(self, removal: str) -> None:
        """Put a removed line back as it was; once."""
        line = self._removed.get(short_text(removal, 36))
        if line:
            await self._apply(lambda uow, owner: carts.put_back(uow, owner, line))
            self._removed.pop(removal)

    @rx.event
    async def accept_prices(self) -> None:
        """Agree to the prices that this tab shows; one that has changed again meanwhile is asked about again."""
        shown = self._shown_prices()
        await self._apply(lambda uow, owner: carts.accept_prices(uow, owner, shown))

    def _shown_prices(self) -> dict[str, int]:
        return {line.sku: line.price_amount for line in self.cart.lines}

    async def _apply(self, use_case: Callable[[UnitOfWork, CartOwner], Awaitable[CartView]]) -> None:
        async with unit_of_work() as uow:
            view = await use_case(uow, carts.owner_of(await identity_of(uow, self)))
        self._show(view)


async def show_cart(state: rx.State, view: CartView) -> CartState:
    """From within a handler of another state: let badge, drawer and cart page show this cart."""
    shown: CartState = await state.get_state(CartState)
    shown._show(view)
    return shown
