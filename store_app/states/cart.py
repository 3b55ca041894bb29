"""The cart: the badge in the header, the drawer and the cart page show the same state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from models.cart import CartOwner
from services.cart import service as carts
from services.cart.service import CartView
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.cart_view import summary_of
from store_app.states.parsing import short_text, whole_number
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.cart import CartSummary


class CartState(rx.State):
    """`opened` counts how often the drawer was asked for; `revision` makes quantity fields show the truth again."""

    cart: CartSummary = CartSummary()
    loaded: bool = False
    opened: int = 0
    revision: int = 0

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
        """The form of a product page: `sku` and `quantity`."""
        wanted, units = short_text(form.get("sku"), 48), whole_number(form.get("quantity", 1))
        await self._apply(lambda uow, owner: carts.add_item(uow, owner, wanted, units))
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
        line = next((line for line in self.cart.lines if line.sku == sku), None)
        await self._apply(lambda uow, owner: carts.remove_item(uow, owner, short_text(sku, 48)))
        if line:
            await toast(
                self,
                f"Removed “{line.title}”.",
                "info",
                undo=(CartState, "restore", (line.sku, line.quantity))
                if line.problem in ("", "price_changed")
                else None,
            )

    @rx.event
    async def restore(self, sku: str, quantity: int) -> None:
        """Put a removed line back."""
        wanted, units = short_text(sku, 48), whole_number(quantity)
        await self._apply(lambda uow, owner: carts.add_item(uow, owner, wanted, units))

    @rx.event
    async def accept_prices(self) -> None:
        await self._apply(carts.accept_prices)

    async def _apply(self, use_case: Callable[[UnitOfWork, CartOwner], Awaitable[CartView]]) -> None:
        async with unit_of_work() as uow:
            view = await use_case(uow, carts.owner_of(await identity_of(uow, self)))
        self._show(view)


async def show_cart(state: rx.State, view: CartView) -> CartState:
    """From within a handler of another state: let badge, drawer and cart page show this cart."""
    shown: CartState = await state.get_state(CartState)
    shown._show(view)
    return shown
