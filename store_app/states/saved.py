"""What is saved for later, below the cart."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from models.ids import new_id
from models.saved import LooseLine
from services.cart import service as carts
from services.cart.service import SavedLine
from services.unit_of_work import unit_of_work
from store_app.states.cart import CartState, show_cart
from store_app.states.parsing import short_text
from store_app.states.saved_view import view_of
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.cart import SavedLineView


class SavedState(rx.State):
    lines: list[SavedLineView] = []
    _removed: dict[str, LooseLine] = {}

    def _show(self, saved: Sequence[SavedLine]) -> None:
        lines = [view_of(line) for line in saved]
        if lines != self.lines:
            self.lines = lines

    @rx.event
    async def save(self, sku: str) -> None:
        """Move a line of the cart below it; the message offers the way back."""
        wanted = short_text(sku, 48)
        cart = await self.get_state(CartState)
        title = next((line.title for line in cart.cart.lines if line.sku == wanted), "")
        async with unit_of_work() as uow:
            owner = carts.owner_of(await identity_of(uow, self))
            view = await carts.save_for_later(uow, owner, wanted)
            saved = await carts.view_saved(uow, owner)
        await show_cart(self, view)
        self._show(saved)
        if title:
            await toast(
                self, f"Saved “{title}” for later.", "info", undo=(SavedState, "move_to_cart", (wanted,))
            )

    @rx.event
    async def move_to_cart(self, sku: str) -> None:
        """Back into the cart, as many as can be had."""
        wanted = short_text(sku, 48)
        async with unit_of_work() as uow:
            owner = carts.owner_of(await identity_of(uow, self))
            back = await carts.move_to_cart(uow, owner, wanted)
            saved = await carts.view_saved(uow, owner)
        await show_cart(self, back.cart)
        self._show(saved)
        if back.left:
            await toast(
                self, f"{back.moved} moved to your cart, {back.left} stay saved: no more can be had.", "info"
            )

    @rx.event
    async def remove(self, sku: str) -> None:
        """Off the list; the message offers to put it back."""
        wanted = short_text(sku, 48)
        title = next((line.title for line in self.lines if line.sku == wanted), "")
        async with unit_of_work() as uow:
            owner = carts.owner_of(await identity_of(uow, self))
            line = await carts.remove_saved(uow, owner, wanted)
            saved = await carts.view_saved(uow, owner)
        self._show(saved)
        if line:
            removal = str(new_id())
            self._removed = {removal: line}
            await toast(self, f"Removed “{title}”.", "info", undo=(SavedState, "restore", (removal,)))

    @rx.event
    async def restore(self, removal: str) -> None:
        """Put what was removed back on the list; once."""
        line = self._removed.get(short_text(removal, 36))
        if line is None:
            return
        async with unit_of_work() as uow:
            owner = carts.owner_of(await identity_of(uow, self))
            await carts.save_again(uow, owner, line)
            saved = await carts.view_saved(uow, owner)
        self._show(saved)
        self._removed.pop(removal)


async def show_saved(state: rx.State, saved: Sequence[SavedLine]) -> None:
    """From within a handler of another state."""
    (await state.get_state(SavedState))._show(saved)
