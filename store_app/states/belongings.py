"""What belongs to a person besides their cart: saved for later, wished for, brought along by signing in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from models.cart import CartOwner
from services.cart import service as carts
from services.cart.service import SavedLine
from services.unit_of_work import UnitOfWork
from services.wishlist import service as wishes
from store_app.states.merge import MergeNews, merge_news, tell_merge
from store_app.states.saved import show_saved
from store_app.states.wishes import show_wishes


@dataclass(frozen=True, slots=True)
class Belongings:
    saved: Sequence[SavedLine]
    wished: frozenset[UUID]
    merge: MergeNews | None


async def belongings_of(uow: UnitOfWork, owner: CartOwner) -> Belongings:
    return Belongings(
        await carts.view_saved(uow, owner),
        await wishes.wished_ids(uow, owner),
        await merge_news(uow, owner),
    )


async def show_belongings(state: rx.State, belongings: Belongings) -> None:
    """From within the handler that loads a page."""
    await show_saved(state, belongings.saved)
    await show_wishes(state, belongings.wished)
    await tell_merge(state, belongings.merge)
