"""What every page shows around its content: who is there, what is in the cart, where one can go."""

from __future__ import annotations

import time

import reflex as rx

from models.identity import Identity
from services.cart import service as carts
from services.cart.service import CartView
from services.catalog import service as catalog
from services.checkout.service import bring_cart_along
from services.live import topics
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.live import arrive, watch
from store_app.states.belongings import belongings_of, show_belongings
from store_app.states.cart import OWNER, refresh_cart, show_cart
from store_app.states.coupons import forget_refused_code
from store_app.states.currency import show_currency
from store_app.states.session import ask_to_reload, identity_of, show_identity
from store_app.states.toasts import let_old_toasts_go
from store_app.view_models.links import Link

DEPARTMENTS_LAST = 300
"""Seconds after which the names in the header are read again."""


class VisitState(rx.State):
    """`_socket` is the one by which this tab last loaded a page: its cookies are those of the moment it was opened."""

    departments: list[Link] = []
    _departments_read: float = 0
    _socket: str = ""

    @rx.event
    async def load(self) -> None:
        """First in the `on_load` of every page."""
        stale = time.time() - self._departments_read > DEPARTMENTS_LAST
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            if identity.user_id and identity.visitor:
                await bring_cart_along(uow, identity.user_id, identity.visitor, identity.currency)
            cart = await carts.view_cart(uow, carts.owner_of(identity))
            currency = (await price_lists.chosen(uow, identity, skus=())).currency
            outdated = await self._chose_elsewhere(uow, identity, cart, currency)
            if cart.id and cart.currency != currency and not outdated:
                cart = await carts.follow_choice(uow, carts.owner_of(identity))
            await show_currency(uow, self, currency)
            belongings = await belongings_of(uow, carts.owner_of(identity))
            tree = await catalog.list_categories(uow) if stale else []
        arrive(self)
        await let_old_toasts_go(self)
        await forget_refused_code(self)
        await show_identity(self, identity)
        owner = carts.owner_of(identity)
        watch(self, OWNER, [topics.cart_of(owner)] if owner.user_id or owner.visitor else (), refresh_cart)
        await show_cart(self, cart)
        await show_belongings(self, belongings)
        self._socket = self.router.session.session_id
        if outdated:
            await ask_to_reload(self)
        if stale:
            self.departments = [Link(node.category.name, f"/c/{node.category.slug}") for node in tree]
            self._departments_read = time.time()

    async def _chose_elsewhere(
        self, uow: UnitOfWork, identity: Identity, cart: CartView, currency: str
    ) -> bool:
        """Whether this guest has chosen another currency in another tab, of which this one's cookie knows nothing: the
        cart followed that choice already, and the page follows it by being loaded anew."""
        if identity.user_id or not cart.id or cart.currency == currency:
            return False
        known = self._socket == self.router.session.session_id
        return known and cart.currency in await price_lists.currencies(uow)
