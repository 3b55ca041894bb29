"""One price list: its rate and rounding, and what they would do before they are saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from models.currency import CURRENCIES, name
from models.permissions import Permission
from services.errors import Invalid, NotFound, PreconditionFailed
from services.price_list import service as price_lists
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.price_list_drafts import draft_of
from store_app.admin.view_models.price_lists import PreviewRow, PriceListForm, of_form, of_preview
from store_app.states.parsing import last_segment, short_text
from store_app.states.toasts import toast

TYPED = ("rate", "step", "ending")
NO_ERRORS: dict[str, str] = {"rate": "", "step": "", "ending": "", "form": ""}


class StaffPriceListState(rx.State):
    """`form` is as typed; `opened` counts how often it was filled anew. `home` is the store's own currency."""

    code: str = ""
    name: str = ""
    home: str = ""
    form: PriceListForm = PriceListForm()
    opened: int = 0
    errors: dict[str, str] = NO_ERRORS
    preview_rows: tuple[PreviewRow, ...] = ()
    missing: bool = False
    _version: int = 0

    @rx.event
    async def load(self) -> None:
        code = last_segment(self.router.url.path)
        try:
            async with unit_of_work() as uow:
                if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                    return
                found = await price_lists.get(uow, short_text(code, 3))
                form = of_form(found)
                shown = await price_lists.preview(uow, found.currency, draft_of(form, found.currency))
                self.home = uow.settings.currency
        except NotFound:
            self.missing, self.code = True, ""
            return
        self.code, self.name, self.form = found.currency, name(found.currency), form
        self.preview_rows = tuple(of_preview(each) for each in shown)
        self.errors, self.missing, self._version = NO_ERRORS, False, found.version
        self.opened += 1

    @rx.event(supersedes=True)
    async def preview(self, field: str, value: str) -> None:
        """Show what the prices would be by what is typed; what can't be read leaves them as they were shown."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            if field not in TYPED or self.code not in CURRENCIES:
                return
            self.form = _typed(self.form, field, short_text(value, 20))
            try:
                shown = await price_lists.preview(uow, self.code, draft_of(self.form, self.code))
            except Invalid as invalid:
                self.errors = NO_ERRORS | {key: text for key, text in invalid.errors.items() if key == field}
                return
        self.errors = NO_ERRORS
        self.preview_rows = tuple(of_preview(each) for each in shown)

    @rx.event
    async def save(self, fields: dict[str, Any]) -> None:
        """From now on the whole store sells by it; open carts are asked before they pay more."""
        typed = {each: short_text(fields.get(each), 20) for each in TYPED}
        form = PriceListForm(**typed, enabled=fields.get("enabled") in (True, "on", "true"))
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                self.form = form
                draft = draft_of(form, self.code)
                saved = await price_lists.change(
                    uow, self.code, draft, expected_version=self._version, by=identity
                )
                shown = await price_lists.preview(uow, self.code, draft)
        except Invalid as invalid:
            self.errors = NO_ERRORS | (invalid.errors or {"form": invalid.detail})
            return
        except PreconditionFailed as conflict:
            self.errors = NO_ERRORS | {"form": conflict.detail}
            return
        self.errors, self._version = NO_ERRORS, saved.version
        self.preview_rows = tuple(of_preview(each) for each in shown)
        await toast(self, f"Saved the prices in {self.code}.")


def _typed(form: PriceListForm, field: str, text: str) -> PriceListForm:
    match field:
        case "rate":
            return replace(form, rate=text)
        case "step":
            return replace(form, step=text)
    return replace(form, ending=text)


async def follow_version(state: rx.State, version: int) -> None:
    """From within a handler of another state: it wrote to this list, which is no change by somebody else."""
    (await state.get_state(StaffPriceListState))._version = version
