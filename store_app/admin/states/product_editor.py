"""Editing one product: loading it, saving it, taking it out of the store and putting it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from models.catalog import Product, ProductDraft, ProductStatus
from models.identity import Identity
from models.permissions import Permission
from services.catalog import service as catalog
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.product_edits import ProductEdits
from store_app.admin.states.product_errors import placed_conflict, placed_names
from store_app.admin.states.product_reading import form_of, new_form
from store_app.admin.states.product_rows import typed
from store_app.admin.states.product_writing import PLEASE, counted_stock, draft_of
from store_app.admin.states.products import categories_in
from store_app.admin.view_models.filters import Choice
from store_app.admin.view_models.product_form import NEW, ProductForm
from store_app.states.parsing import short_text
from store_app.states.toasts import toast
from store_app.view_models.dates import day_and_time

PATH = "/admin/products"


class ProductEditorState(ProductEdits, rx.State):
    """`shown` is the slug in the address that `form` or `missing` answers.

    `revision` rises when fields must show the form anew, `refusals` when saving was refused. `conflict` says that
    somebody else saved meanwhile.
    """

    categories: tuple[Choice, ...] = ()
    errors: dict[str, str] = {}
    shown: str = ""
    missing: bool = False
    revision: int = 0
    refusals: int = 0
    conflict: str = ""
    _version: int | None = None

    @rx.event
    async def load(self) -> None:
        """What is being edited survives a reload of the page and a lost connection."""
        asked = self.router.url.path.rsplit("/", 1)[-1]
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            self.categories = tuple(
                Choice(slug, name) for slug, name in categories_in(await catalog.list_categories(uow))
            )
            if self.dirty and self.shown == asked:
                return
            found = await _find(uow, asked)
        self._take(found)
        self.shown = asked

    @rx.event
    async def save(self, fields: dict[str, Any]) -> Any:
        """Store the form. What is wrong is said beside its field, and nothing typed is lost."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self.form = typed(self.form, fields)
        self.errors, self.conflict = {}, ""
        try:
            product, form = await self._write()
        except PreconditionFailed:
            await self._tell_who_was_quicker()
        except Conflict as conflict:
            self._refuse(placed_conflict(self.form, conflict))
        except Invalid as invalid:
            self._refuse(invalid.errors or {"form": invalid.detail})
        else:
            self._take((product, form))
            await toast(self, f"Saved “{product.title}”.")
            if self.shown != product.slug:
                return rx.redirect(f"{PATH}/{product.slug}", replace=True)
        return None

    @rx.event
    async def discard(self) -> None:
        """Back to what is stored now."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            found = await _find(uow, self.form.slug_now or NEW)
        self._take(found)

    @rx.event
    async def insist(self) -> None:
        """Let the next save write over what somebody else saved."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            product = await catalog.get_product(uow, self.form.slug_now, include_unpublished=True)
        self._version, self.conflict = product.version, ""

    @rx.event
    async def archive(self) -> None:
        """Take the product out of the store; the message offers to put it back. Raises PreconditionFailed."""
        slug, before = self.form.slug_now, self.form.status_now
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            product = await catalog.archive_product(uow, slug, expected_version=self._version, by=identity)
        self._follow(product, self._version)
        undo = (ProductEditorState, "restore", (slug, before))
        await toast(self, f"“{product.title}” is archived: shoppers no longer see it.", "success", undo=undo)

    @rx.event
    async def restore(self, slug: str, status: str) -> None:
        """Give a product the status it had, draft when that is not known."""
        wanted = ProductStatus.ACTIVE if status == ProductStatus.ACTIVE else ProductStatus.DRAFT
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            stored = await catalog.get_product(uow, short_text(slug), include_unpublished=True)
            draft = ProductDraft(
                **{**stored.model_dump(include=set(ProductDraft.model_fields)), "status": wanted}
            )
            product = await catalog.replace_product(
                uow, stored.slug, draft, expected_version=stored.version, by=identity
            )
        self._follow(product, stored.version)
        await toast(
            self, f"“{product.title}” is {'back in the store' if wanted == 'active' else 'a draft again'}."
        )

    async def _write(self) -> tuple[Product, ProductForm]:
        """Stock first: it can be rolled back. Raises Invalid, Conflict, PreconditionFailed."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            draft = draft_of(self.form, uow.settings.currency)
            for sku, (key, units) in sorted(counted_stock(self.form).items()):
                await _count(uow, sku, key, units, by=identity)
            try:
                product = await _store(uow, self.form.slug_now, draft, self._version, identity)
            except Invalid as invalid:
                raise Invalid(invalid.detail, placed_names(self.form, invalid.errors)) from invalid
            return product, await _form(uow, product)

    async def _tell_who_was_quicker(self) -> None:
        async with unit_of_work() as uow:
            theirs = await catalog.get_product(uow, self.form.slug_now, include_unpublished=True)
        self.conflict = (
            f"Somebody saved this product on {day_and_time(theirs.updated_at)}, after you opened it."
        )
        self.refusals += 1

    def _take(self, found: tuple[Product | None, ProductForm] | None) -> None:
        self.missing = found is None
        product, self.form = found or (None, ProductForm())
        self._version = product.version if product else None
        self.dirty, self.errors, self.conflict = False, {}, ""
        self.revision += 1

    def _follow(self, product: Product, version_before: int | None) -> None:
        """The stored status changed under the form; what is typed in it stays, and so does a change by others."""
        if self.form.slug_now == product.slug:
            status = product.status.value
            self.form = replace(self.form, status=status, status_now=status)
            self._version = product.version if self._version == version_before else self._version

    def _refuse(self, errors: dict[str, str]) -> None:
        self.errors = {"form": PLEASE, **errors}
        self.dirty = True
        self.refusals += 1


async def _find(uow: UnitOfWork, slug: str) -> tuple[Product | None, ProductForm] | None:
    """None when there is no such product."""
    if slug == NEW:
        return None, new_form()
    try:
        product = await catalog.get_product(uow, short_text(slug), include_unpublished=True)
    except NotFound:
        return None
    return product, await _form(uow, product)


async def _store(
    uow: UnitOfWork, slug: str, draft: ProductDraft, version: int | None, by: Identity
) -> Product:
    if not slug:
        return await catalog.create_product(uow, draft, by=by)
    return await catalog.replace_product(uow, slug, draft, expected_version=version, by=by)


async def _form(uow: UnitOfWork, product: Product) -> ProductForm:
    return form_of(product, await inventory.levels(uow, [variant.sku for variant in product.variants]))


async def _count(uow: UnitOfWork, sku: str, key: str, units: int, *, by: Identity) -> None:
    try:
        await inventory.set_on_hand(uow, sku, units, by=by)
    except Invalid as invalid:
        raise Invalid(invalid.detail, {f"variants.{key}.stock": invalid.detail}) from invalid
