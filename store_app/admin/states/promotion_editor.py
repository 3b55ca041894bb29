"""Editing one promotion: loading it, saying it in words while it is written, saving it, switching it, deleting it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from models.promotion_words import in_words
from services.catalog import service as catalog
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.order import service as orders
from services.promotion import service as promotions
from services.promotion.service import PromotionView
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.products import categories_in
from store_app.admin.states.promotion_drafts import PLEASE, SWITCHES, draft_of, typed
from store_app.admin.states.promotions import PATH
from store_app.admin.view_models.filters import Choice
from store_app.admin.view_models.product_form import NEW
from store_app.admin.view_models.promotions import (
    PromotionFacts,
    PromotionForm,
    UseRow,
    of_draft,
    of_facts,
)
from store_app.states.parsing import identifier, short_text
from store_app.states.toasts import toast
from store_app.view_models.dates import day_and_time

USES_SHOWN = 25


class PromotionEditorState(rx.State):
    """`shown` is what the address says that `form` or `missing` answers. `preview` is the form in words, empty while it
    can't be read. Amounts are in `currency`: the promotion's, else the store's. `revision` rises when fields must show
    the form anew, `refusals` when saving was refused."""

    form: PromotionForm = PromotionForm()
    currency: str = ""
    facts: PromotionFacts = PromotionFacts()
    categories: tuple[Choice, ...] = ()
    uses: tuple[UseRow, ...] = ()
    errors: dict[str, str] = {}
    preview: str = ""
    shown: str = ""
    missing: bool = False
    dirty: bool = False
    revision: int = 0
    refusals: int = 0
    _version: int | None = None

    @rx.event
    async def load(self) -> None:
        """What is being written survives a reload of the page and a lost connection."""
        asked = self.router.url.path.rsplit("/", 1)[-1]
        async with unit_of_work() as uow:
            identity = await admit(uow, self, Permission.MANAGE_CATALOG)
            if identity is None:
                return
            tree = await catalog.list_categories(uow)
            self.categories = tuple(Choice(slug, name) for slug, name in categories_in(tree))
            if self.dirty and self.shown == asked:
                return
            await self._read(uow, asked, identity)
        self.shown = asked

    @rx.event
    async def edit(self, field: str, value: str) -> None:
        """A field was left or chosen: say the promotion in words anew."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            self.form = typed(self.form, {short_text(field, 30): value})
            self._say(uow.settings.currency)
        self.dirty = True

    @rx.event
    async def switch(self, field: str, on: bool) -> None:
        """A box was ticked or cleared."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            if field in SWITCHES:
                ticked: dict[str, Any] = {field: on is True}
                self.form = replace(self.form, **ticked)
            self._say(uow.settings.currency)
        self.dirty = True

    @rx.event
    async def choose_category(self, slug: str, chosen: bool) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            kept = [each for each in self.form.categories if each != slug]
            if chosen is True and slug in {each.key for each in self.categories}:
                kept.append(slug)
            self.form = replace(self.form, categories=tuple(kept))
            self._say(uow.settings.currency)
        self.dirty = True

    @rx.event
    async def save(self, fields: dict[str, Any]) -> Any:
        """Store the form. What is wrong is said beside its field, and nothing typed is lost."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self.form, self.errors = typed(self.form, fields), {}
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                view = await self._write(uow, identity)
                await self._read(uow, str(view.promotion.id), identity)
        except (Conflict, PreconditionFailed) as conflict:
            field = "code" if conflict.code == "code_taken" else "form"
            self._refuse({field: conflict.detail})
        except Invalid as invalid:
            self._refuse(invalid.errors)
        else:
            await toast(self, f"Saved “{self.facts.name}”.")
            if self.shown != self.facts.id:
                return rx.redirect(f"{PATH}/{self.facts.id}", replace=True)
        return None

    @rx.event
    async def set_running(self, on: bool) -> None:
        """Switch the stored promotion on or off, whatever else was typed. It can be switched back."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            promotion_id = identifier(self.facts.id)
            view = await promotions.set_active(uow, promotion_id, active=on is True, by=identity)
            self.form = replace(self.form, active=view.promotion.active)
            self._follow(view)
            self._say(uow.settings.currency)
        said = "is on: shoppers get it" if view.promotion.active else "is off: no new order gets it"
        await toast(self, f"“{view.promotion.name}” {said}.")

    @rx.event
    async def delete(self) -> Any:
        """Delete a promotion that no order has."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            await promotions.delete_promotion(uow, identifier(self.facts.id), by=identity)
        await toast(self, f"“{self.facts.name}” is deleted.")
        self.dirty = False
        return rx.redirect(PATH)

    @rx.event
    async def discard(self) -> None:
        """Back to what is stored now."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            await self._read(uow, self.facts.id or NEW, identity)

    async def _write(self, uow: UnitOfWork, identity: Identity) -> PromotionView:
        draft = draft_of(self.form, uow.settings.currency)
        if not self.facts.id:
            return await promotions.create_promotion(uow, draft, by=identity)
        promotion_id = identifier(self.facts.id)
        return await promotions.update_promotion(
            uow, promotion_id, draft, expected_version=self._version, by=identity
        )

    async def _read(self, uow: UnitOfWork, asked: str, identity: Identity) -> None:
        view = None if asked == NEW else await _find(uow, asked)
        self.missing = view is None and asked != NEW
        self.form = of_draft(view.promotion.draft()) if view else PromotionForm()
        self.currency = self.form.currency or uow.settings.currency
        self.facts, self._version, self.uses = PromotionFacts(), None, ()
        if view:
            self._follow(view)
            if identity.may(Permission.VIEW_ORDERS):
                self.uses = await _uses(uow, view.promotion.id)
        self.errors, self.dirty = {}, False
        self.revision += 1
        self._say(uow.settings.currency)

    def _follow(self, view: PromotionView) -> None:
        self.facts = of_facts(view.promotion, view.state, view.orders, view.taken)
        self._version = view.promotion.version

    def _say(self, currency: str) -> None:
        try:
            names = {choice.key: choice.label.rpartition(" / ")[2] for choice in self.categories}
            self.preview = in_words(draft_of(self.form, currency), names)
        except Invalid:
            self.preview = ""

    def _refuse(self, errors: dict[str, str]) -> None:
        self.errors = {"form": PLEASE, **errors}
        self.dirty = True
        self.refusals += 1


async def _find(uow: UnitOfWork, text: str) -> PromotionView | None:
    try:
        return await promotions.get_promotion(uow, identifier(text))
    except NotFound:
        return None


async def _uses(uow: UnitOfWork, promotion_id: UUID) -> tuple[UseRow, ...]:
    page = await promotions.redemptions_of(uow, promotion_id, limit=USES_SHOWN)
    known = await orders.orders_named(uow, [each.order_id for each in page.items])
    return tuple(
        UseRow(
            str(each.order_id),
            known[each.order_id].number,
            day_and_time(known[each.order_id].placed_at),
            f"−{each.amount.format()}",
        )
        for each in page.items
    )
