"""The checkout while others buy, and while its person changes the cart elsewhere."""

from __future__ import annotations

import reflex as rx

from services.live.topics import named
from services.unit_of_work import unit_of_work
from store_app.live import Update, watch
from store_app.states.cart import CART
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_hold import refresh_hold
from store_app.view_models.checkout import PAYMENT

CHANGED = "Your cart was changed elsewhere. Look at the new total before you pay."


class LiveCheckoutState(rx.State):
    @rx.event
    def follow(self) -> None:
        """Last in the `on_load` of the checkout."""
        watch(self, "checkout", (), refresh_checkout)


async def refresh_checkout(tab: Update) -> None:
    """What is held still; and after the cart was read anew, what it costs now. Whoever is about to pay is told."""
    if named(tab.heard(CART), "cart"):
        await refresh_hold(tab)
    if tab.cart is None:
        return
    state = await tab.state(CheckoutState)
    before = state.totals
    async with unit_of_work() as uow:
        await state._price(uow, tab.cart)
    if state.section == PAYMENT and state.totals != before:
        state.changed = CHANGED
