"""What the checkout holds for the shopper, as its page counts it down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import reflex as rx

from models.cart import Cart
from models.ids import now
from services.cart import service as carts
from services.cart.service import CartView, owner_of
from services.checkout import holding
from services.checkout.holding import CheckoutHold
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.live import Update
from store_app.states.cart import show_cart
from store_app.states.focus import focus
from store_app.states.session import identity_of
from store_app.view_models.checkout import CHANGES
from store_app.view_models.checkout_hold import ENDED, HELD, HOLD, HoldView, of_hold

Act = Callable[[UnitOfWork, Cart], Awaitable[tuple[CheckoutHold | None, CartView]]]


class HoldState(rx.State):
    """`hold` counts its changes, by which the page's script tells a new count from the one it is at."""

    hold: HoldView = HoldView()
    _held: CheckoutHold | None = None

    @rx.event
    async def begin(self) -> None:
        """The checkout is opened. What has ended on this page is not held anew when the page connects again by itself:
        nobody may be there."""
        if self.hold.status == ENDED:
            await self._look(holding.look)
            return
        counted = self._held.quantities if self._held and self.hold.status == HELD else {}
        view = await self._hold(holding.start)
        if view and not self._held and any(line.sku in counted for line in view.lines):
            self._show(None, over=True)

    @rx.event
    async def stay(self) -> None:
        """The shopper is doing something on the page."""
        if self.hold.status == HELD:
            await self._hold(holding.stay)

    @rx.event
    async def hold_again(self) -> None:
        """As far as it can be had still."""
        view = await self._hold(holding.stay)
        if view is None:
            await focus(self, "main")
        else:
            await focus(self, HOLD if view.purchasable else CHANGES)

    @rx.event
    async def hold_ended(self) -> None:
        """The page has counted to the end; whether it is over the store knows better."""
        await self._look(holding.end)

    @rx.event
    def leave(self) -> None:
        """Another page of the shop: whoever comes back opens the checkout anew."""
        self._show(None, over=False)

    async def _hold(self, act: Act) -> CartView | None:
        async with unit_of_work() as uow:
            cart = await carts.lock_own_cart(uow, owner_of(await identity_of(uow, self)))
            found, view = await act(uow, cart) if cart else (None, None)
        self._show(found, over=False)
        if view:
            await show_cart(self, view)
        return view

    async def _look(self, act: Callable[[UnitOfWork, Cart], Awaitable[CheckoutHold | None]]) -> None:
        async with unit_of_work() as uow:
            cart = await carts.lock_own_cart(uow, owner_of(await identity_of(uow, self)))
            found = await act(uow, cart) if cart else None
        self._show(found, over=cart is not None)

    def _show(self, found: CheckoutHold | None, *, over: bool) -> None:
        self._held = found
        self.hold = of_hold(found, now(), self.hold, over=over)


async def stay_held(state: rx.State) -> None:
    """From within a step of the checkout: the shopper is at it, and what was added since the last step is held."""
    await (await state.get_state(HoldState))._hold(holding.stay)


async def look_at_hold(state: rx.State) -> None:
    """From within a step of the checkout after which something else may be held: an order was placed or given up."""
    await (await state.get_state(HoldState))._look(holding.look)


async def refresh_hold(tab: Update) -> None:
    """The clock, the warehouse or another tab of the same person has changed what is held."""
    state = await tab.state(HoldState)
    if state.hold.status != HELD:
        return
    async with unit_of_work() as uow:
        cart = await carts.lock_own_cart(uow, owner_of(await tab.identity(uow)))
        found = await holding.look(uow, cart) if cart else None
    if found != state._held:
        state._show(found, over=cart is not None)
