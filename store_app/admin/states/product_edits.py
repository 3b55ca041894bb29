"""The changes of a product form as events. Nothing here is stored: that is left to saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from models.catalog import slugify
from models.permissions import Permission
from services.errors import Invalid
from services.media import service as media
from services.unit_of_work import unit_of_work
from store_app.admin.states import product_options as options
from store_app.admin.states import product_pictures as pictures
from store_app.admin.states.guard import staff
from store_app.admin.states.picture_size import picture_size
from store_app.admin.states.product_rows import typed
from store_app.admin.view_models.product_form import ProductForm
from store_app.states.parsing import short_text
from store_app.states.session import shows_mark
from store_app.states.toasts import toast

UPLOAD = "product-pictures"


class ProductEdits(rx.State, mixin=True):  # type: ignore[call-arg]
    """`dirty` while the form differs from what is stored."""

    form: ProductForm = ProductForm()
    dirty: bool = False

    @rx.event
    async def touch(self) -> None:
        """Something is being typed."""
        await self._change(lambda form: form)
        self.dirty = True

    @rx.event
    async def edit(self, name: str, text: str) -> None:
        """A field was left; its text is kept so that labels follow and a reload brings it back."""
        await self._change(lambda form: typed(form, {short_text(name, 80): text}))

    @rx.event
    async def edit_title(self, text: str) -> Any:
        """A new product gets its address and its first SKU from its title, unless somebody wrote them."""
        before = self.form
        await self._change(lambda form: typed(form, {"title": text}))
        if before.slug_now or before.slug not in ("", slugify(before.title)):
            return None
        slug = slugify(self.form.title)
        self.form = options.with_suggested_skus(typed(self.form, {"slug": slug}), before)
        return rx.set_value("slug", slug)

    @rx.event
    async def add_option(self) -> None:
        await self._change(options.add_option)

    @rx.event
    async def remove_option(self, key: str) -> None:
        await self._change(lambda form: options.remove_option(form, key))

    @rx.event
    async def add_value(self, key: str) -> None:
        await self._change(lambda form: options.add_value(form, key))

    @rx.event
    async def remove_value(self, key: str) -> None:
        await self._change(lambda form: options.remove_value(form, key))

    @rx.event
    async def add_variant(self, choices: str) -> None:
        await self._change(lambda form: options.add_variant(form, short_text(choices)))

    @rx.event
    async def add_missing(self) -> None:
        await self._change(options.add_missing)

    @rx.event
    async def remove_variant(self, key: str) -> None:
        await self._change(lambda form: options.remove_variant(form, key))

    @rx.event
    async def add_attribute(self) -> None:
        await self._change(pictures.add_attribute)

    @rx.event
    async def remove_attribute(self, key: str) -> None:
        await self._change(lambda form: pictures.remove_attribute(form, key))

    @rx.event
    async def remove_picture(self, key: str) -> None:
        await self._change(lambda form: pictures.remove_picture(form, key))

    @rx.event
    async def move_picture(self, key: str, by: int) -> None:
        await self._change(lambda form: pictures.move_picture(form, key, by))

    @rx.event
    async def upload(self, files: list[rx.UploadFile], mark: str = "") -> None:
        """Store pictures and put them at the end of the form; one that can't be used is named and left out.

        `mark` is that of the page: without it, files come from somewhere else.
        """
        refused = []
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            if not await shows_mark(self, mark):
                await toast(
                    self, "These files were not sent by this page. Load it again, then retry.", "error"
                )
                return
            stored: list[tuple[str, tuple[int, int]]] = []
            for file in files[: pictures.MAX_PICTURES]:
                content = await file.read()
                try:
                    url = await media.store_image(uow, content, file.content_type or "", by=identity)
                except Invalid as problem:
                    refused.append(f"{file.name}: {problem.detail}")
                else:
                    stored.append((url, picture_size(content)))
        for url, size in stored:
            self.form = pictures.add_picture(self.form, url, *size)
            self.dirty = True
        for text in refused:
            await toast(self, text, "error")

    async def _change(self, change: Callable[[ProductForm], ProductForm]) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        changed = change(self.form)
        if changed != self.form:
            self.form, self.dirty = changed, True
