"""The cart: the badge in the header, the drawer and the cart page show the same state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import reflex as rx

from models.cart import CartOwner
from models.ids import new_id
from models.money import Money
from models.saved import LooseLine
from services.cart import service as carts
from services.cart.service import CartView, owner_of
from services.live import topics
from services.live.topics import named
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.live import Update, watch
from store_app.states.cart_changes import in_words, marked, needs_reading, with_room
from store_app.states.cart_view import summary_of
from store_app.states.live_words import say
from store_app.states.parsing import short_text, whole_number
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.cart import CartSummary

CART = "cart"
"""The name under which every tab watches the cart that it shows."""
OWNER = "owner"
"""And under which it hears that its person has a cart now."""
KEPT_REMOVALS = 10
"""How many removed lines a tab can put back."""


class CartState(rx.State):
    """`opened` counts how often the drawer was asked for; `revision` makes quantity fields show the truth again."""

    cart: CartSummary = CartSummary()
    loaded: bool = False
    opened: int = 0
    revision: int = 0
    _id: UUID | None = None
    _version: int = 0
    _currency: str = ""
    _removed: dict[str, LooseLine] = {}

    def _show(self, view: CartView) -> None:
        self._take(view, summary_of(view))

    def _take(self, view: CartView, shown: CartSummary) -> None:
        self.cart = shown
        self.loaded = True
        self._id, self._version, self._currency = view.id, view.version, view.currency
        products = {line.product.slug for line in view.lines if line.product}
        watched = [*map(topics.catalog, products), *topics.stocks(view.quantities())]
        watch(self, CART, [topics.cart(view.id), *watched] if view.id else (), refresh_cart)

    def _is_outdated(self, tab: Update) -> bool:
        """Whether the cart has to be read anew. Its own changes come back to a tab: it shows that version already."""
        heard = tab.heard(CART) | tab.heard(OWNER)
        if named(heard, "catalog"):
            return True
        mentioned = bool(tab.heard(OWNER) or named(heard, "cart"))
        if mentioned and (self._id is None or tab.news.is_beyond(self._id, self._version)):
            return True
        available = tab.news.stock_for(self._id)
        return any(
            needs_reading(line, available[line.sku]) for line in self.cart.lines if line.sku in available
        )

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

    def _shown_prices(self) -> dict[str, Money]:
        return {line.sku: Money(line.price_amount, self._currency) for line in self.cart.lines}

    async def _apply(self, use_case: Callable[[UnitOfWork, CartOwner], Awaitable[CartView]]) -> None:
        async with unit_of_work() as uow:
            view = await use_case(uow, carts.owner_of(await identity_of(uow, self)))
        self._show(view)


async def refresh_cart(tab: Update) -> None:
    """The cart as others have left it: the same person elsewhere, those who bought what is in it, the merchant.

    Who has signed in in another tab is asked to load this one again (session.js): until then it shows what it showed.
    """
    if tab.cart is not None or not (tab.heard(CART) | tab.heard(OWNER)):
        return
    shown = await tab.state(CartState)
    before = shown.cart
    if shown._is_outdated(tab):
        async with unit_of_work() as uow:
            read = await carts.view_cart(uow, owner_of(await tab.identity(uow)))
            if shown._id and read.id != shown._id and await carts.is_merged(uow, shown._id):
                return
        tab.cart = read
        after = marked(before, summary_of(tab.cart))
        if after != before:
            shown._take(tab.cart, after)
            if words := in_words(before, after):
                await say(tab.root, words)
        else:
            shown._version = tab.cart.version
    elif (roomier := with_room(before, tab.news.stock_for(shown._id))) != before:
        shown.cart = roomier


async def show_cart(state: rx.State, view: CartView) -> CartState:
    """From within a handler of another state: let badge, drawer and cart page show this cart."""
    shown: CartState = await state.get_state(CartState)
    shown._show(view)
    return shown
