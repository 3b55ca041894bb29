"""Telling what a sign-in brought into the cart, with the way back."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from models.cart import CartOwner
from services.cart import service as carts
from services.catalog import service as catalog
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.cart import show_cart
from store_app.states.merge_words import in_one_line
from store_app.states.parsing import identifier
from store_app.states.saved import show_saved
from store_app.states.session import identity_of
from store_app.states.toasts import toast


@dataclass(frozen=True, slots=True)
class MergeNews:
    """A merge that a tab has yet to tell of."""

    id: str
    text: str


class MergeState(rx.State):
    """`_told` is the last merge this tab has told of: each tab does it once."""

    _told: str = ""

    @rx.event
    async def undo(self, merge_id: str) -> None:
        """Leave what the guest chose out of the account's cart."""
        wanted = identifier(merge_id)
        async with unit_of_work() as uow:
            owner = carts.owner_of(await identity_of(uow, self))
            view = await carts.undo_merge(uow, owner, wanted)
            saved = await carts.view_saved(uow, owner)
        await show_cart(self, view)
        await show_saved(self, saved)
        await toast(self, "Your cart is as it was. What came along is saved for later, below it.", "info")


async def merge_news(uow: UnitOfWork, owner: CartOwner) -> MergeNews | None:
    """What the sign-in of a moment ago did to the cart, if it brought anything."""
    merge = await carts.latest_merge(uow, owner)
    if merge is None:
        return None
    lines = merge.merged_lines()
    found = await catalog.variants_by_sku(uow, [line.sku for line in lines if line.saved])
    titles = {sku: product.title for sku, (product, _) in found.items()}
    return MergeNews(str(merge.id), in_one_line(lines, titles))


async def tell_merge(state: rx.State, news: MergeNews | None) -> None:
    """From within the handler that loads a page."""
    mine: MergeState = await state.get_state(MergeState)
    if news and mine._told != news.id:
        mine._told = news.id
        await toast(state, news.text, "info", undo=(MergeState, "undo", (news.id,)))
