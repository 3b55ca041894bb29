"""Hearts and the wish list."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import reflex as rx

from services.cart.service import owner_of
from services.live import topics
from services.unit_of_work import unit_of_work
from services.wishlist import service as wishes
from services.wishlist.service import Wished
from store_app.live import Update, watch
from store_app.states.parsing import identifier, short_text
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.stock import stock_line
from store_app.view_models.wishes import WishView

PAGE = "wish list"
"""The name under which a tab watches the page of the list."""


class WishState(rx.State):
    """`wished` are the ids of products; `revision` makes hearts that answered too soon show the truth again. The list
    on its own page is `ready` once it has been read."""

    wished: list[str] = []
    revision: int = 0
    listed: list[WishView] = []
    ready: bool = False

    def _show(self, wished: Collection[UUID]) -> None:
        known = sorted(str(product_id) for product_id in wished)
        if known != self.wished:
            self.wished = known

    def _list(self, found: Collection[Wished]) -> None:
        listed = [_view(wished) for wished in found]
        if listed != self.listed:
            self.listed = listed

    @rx.event
    async def load(self) -> None:
        """The page of the list."""
        self.ready = False
        async with unit_of_work() as uow:
            owner = owner_of(await identity_of(uow, self))
            found = await wishes.list_wishes(uow, owner)
        self._list(found)
        watch(self, PAGE, [topics.wishes_of(owner)], refresh_list)
        self.ready = True

    @rx.event
    async def wish(self, product_id: str, slug: str, sku: str, wanted: bool) -> None:
        """What a heart asks for: on the list or off it. Asked twice, it is the same."""
        self.revision += 1
        product = identifier(product_id)
        async with unit_of_work() as uow:
            owner = owner_of(await identity_of(uow, self))
            if wanted is True:
                product = (await wishes.add_wish(uow, owner, short_text(slug, 80), short_text(sku, 48))).id
            else:
                await wishes.remove_wish(uow, owner, product)
            now_wished = await wishes.wished_ids(uow, owner)
        self._show(now_wished)

    @rx.event
    async def drop(self, product_id: str) -> None:
        """Off the list on its own page; the message offers to put it back."""
        gone = next((wish for wish in self.listed if wish.id == product_id), None)
        await self.wish(product_id, "", "", False)
        if gone:
            self.listed = [wish for wish in self.listed if wish.id != gone.id]
            await toast(
                self,
                f"“{gone.title}” is off your wish list.",
                "info",
                undo=(WishState, "wish_again", (gone.id, gone.slug, gone.sku)),
            )

    @rx.event
    async def wish_again(self, product_id: str, slug: str, sku: str) -> None:
        """Back on the list."""
        await self.wish(product_id, slug, sku, True)
        await self.load()


async def refresh_list(tab: Update) -> None:
    """The page of the list as the same person has left it elsewhere."""
    if not tab.heard(PAGE):
        return
    async with unit_of_work() as uow:
        found = await wishes.list_wishes(uow, owner_of(await tab.identity(uow)))
    (await tab.state(WishState))._list(found)


async def show_wishes(state: rx.State, wished: Collection[UUID]) -> None:
    """From within a handler of another state: which hearts are full."""
    (await state.get_state(WishState))._show(wished)


def _view(wished: Wished) -> WishView:
    product, variant = wished.product, wished.variant
    pictures = product.images_for(variant.options)
    stock, tone = stock_line(wished.offer)
    return WishView(
        id=str(product.id),
        slug=product.slug,
        sku=variant.sku,
        href=f"/product/{product.slug}?sku={variant.sku}",
        title=product.title,
        options=variant.label(),
        image_url=pictures[0].url if pictures else "",
        image_alt=pictures[0].alt if pictures else "",
        price=variant.price.format(),
        before=variant.compare_at_price.format() if variant.compare_at_price else "",
        stock=stock,
        stock_tone=tone,
        buyable=wished.offer.available > 0,
    )
