"""One's own orders, newest first."""

from __future__ import annotations

import reflex as rx

from models.identity import Identity
from services.order import service as orders
from services.order.service import OrderPage
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.session import identity_of
from store_app.view_models.links import Pages
from store_app.view_models.order import OrderCard, of_card

ORDERS_PER_PAGE = 10


class OrdersState(rx.State):
    """There are no `cards` before it is `ready`; that is no news."""

    ready: bool = False
    cards: list[OrderCard] = []
    pages: Pages = Pages()

    @rx.event
    async def load(self) -> None:
        self.ready = False
        asked = str(self.router.url.query_parameters.get("page", "1"))
        number = int(asked) if asked.isdecimal() and 0 < int(asked) <= 10_000 else 1
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            found = await _page(uow, identity, number)
            count = max(1, -(-found.total // ORDERS_PER_PAGE))
            if number > count:
                number = count
                found = await _page(uow, identity, number)
        self.cards = [of_card(entry.order, entry.items) for entry in found.items]
        self.pages = Pages(
            number=number,
            count=count,
            previous=f"/orders?page={number - 1}" if number > 1 else "",
            next=f"/orders?page={number + 1}" if number < count else "",
        )
        self.ready = True


async def _page(uow: UnitOfWork, identity: Identity, number: int) -> OrderPage:
    return await orders.list_orders(
        uow, identity, limit=ORDERS_PER_PAGE, offset=(number - 1) * ORDERS_PER_PAGE
    )
