"""What belongs to a person besides their cart: saved for later, wished for, brought along by signing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from models.cart import CartOwner
from services.cart import service as carts
from services.cart.service import SavedLine
from services.live import topics
from services.live.topics import named
from services.unit_of_work import UnitOfWork, unit_of_work
from services.wishlist import service as wishes
from store_app.live import Update, watch
from store_app.states.cart import CartState
from store_app.states.merge import MergeNews, merge_news, tell_merge
from store_app.states.saved import show_saved
from store_app.states.wishes import show_wishes

BELONGINGS = "belongings"
"""The name under which every tab watches what is kept beside the cart."""


@dataclass(frozen=True, slots=True)
class Belongings:
    owner: CartOwner
    saved: Sequence[SavedLine]
    wished: frozenset[UUID]
    merge: MergeNews | None


async def belongings_of(uow: UnitOfWork, owner: CartOwner) -> Belongings:
    return Belongings(
        owner,
        await carts.view_saved(uow, owner),
        await wishes.wished_ids(uow, owner),
        await merge_news(uow, owner),
    )


async def show_belongings(state: rx.State, belongings: Belongings) -> None:
    """From within the handler that loads a page."""
    await show_saved(state, belongings.saved)
    await show_wishes(state, belongings.wished)
    await tell_merge(state, belongings.merge)
    owner = belongings.owner
    lists = [topics.saved_of(owner), topics.wishes_of(owner)] if owner.user_id or owner.visitor else ()
    watch(state, BELONGINGS, lists, refresh_belongings)


async def refresh_belongings(tab: Update) -> None:
    """What is saved and wished for, as the same person has left it elsewhere.

    Who has signed in in another tab is asked to load this one again (session.js): until then it shows what it showed.
    """
    heard = tab.heard(BELONGINGS)
    if not heard:
        return
    cart_id = (await tab.state(CartState))._id
    async with unit_of_work() as uow:
        owner = carts.owner_of(await tab.identity(uow))
        if not owner.user_id and cart_id and await carts.is_merged(uow, cart_id):
            return
        saved = await carts.view_saved(uow, owner) if named(heard, "saved-of") else None
        wished = await wishes.wished_ids(uow, owner) if named(heard, "wishes-of") else None
    if saved is not None:
        await show_saved(tab.root, saved)
    if wished is not None:
        await show_wishes(tab.root, wished)
