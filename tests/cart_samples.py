"""Carts and saved lists as tests fill and read them, each step a unit of work of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from models.cart import CartOwner
from models.identity import STORE
from models.saved import CartMerge
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import bring_cart_along
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.shop_samples import guest, owner, user

Units = dict[str, int]


def browser(name: str) -> CartOwner:
    """Nobody who is signed in."""
    return owner(guest(name))


async def person(name: str, at: str) -> CartOwner:
    """Somebody with an account, at a browser."""
    return replace(owner(await user(name)), visitor=browser(at).visitor)


async def fill(who: CartOwner, **units: int) -> None:
    async with unit_of_work() as uow:
        for sku, quantity in units.items():
            await carts.add_item(uow, who, sku, quantity)


async def in_cart(who: CartOwner) -> Units:
    async with unit_of_work() as uow:
        return (await carts.view_cart(uow, who)).quantities()


async def saved(who: CartOwner) -> Units:
    async with unit_of_work() as uow:
        return {line.sku: line.quantity for line in await carts.view_saved(uow, who)}


async def sign_in_at(name: str, at: str) -> CartOwner:
    """What a sign-in does to carts."""
    who = await person(name, at)
    assert who.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, who.user_id, who.visitor)
    return who


async def latest(who: CartOwner) -> CartMerge:
    async with unit_of_work() as uow:
        merge = await carts.latest_merge(uow, who)
    assert merge
    return merge


async def undo(who: CartOwner, merge_id: UUID) -> None:
    async with unit_of_work() as uow:
        await carts.undo_merge(uow, who, merge_id)


async def count_stock(**on_hand: int) -> None:
    async with unit_of_work() as uow:
        for sku, units in on_hand.items():
            await inventory.set_on_hand(uow, sku, units, by=STORE)


async def archive(slugs: Collection[str]) -> None:
    async with unit_of_work() as uow:
        for slug in slugs:
            await catalog.archive_product(uow, slug, by=STORE)
