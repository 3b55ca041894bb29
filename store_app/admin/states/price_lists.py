"""The currencies the store sells in besides its own."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.currency import CURRENCIES, cash_step, charge_step, name
from models.money import Money
from models.permissions import Permission
from services.errors import Conflict, Invalid
from services.price_list import service as price_lists
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.price_list_drafts import draft_of
from store_app.admin.states.prices import price_text
from store_app.admin.view_models.filters import Choice
from store_app.admin.view_models.price_lists import PriceListForm, PriceListRow, of_summary
from store_app.states.parsing import short_text

PATH = "/admin/price-lists"
NO_ERRORS: dict[str, str] = {"currency": "", "rate": "", "form": ""}


class StaffPriceListsState(rx.State):
    """`adding` says whether the dialog is open; `opened` counts how often it was."""

    rows: tuple[PriceListRow, ...] = ()
    home: str = ""
    choices: tuple[Choice, ...] = ()
    adding: bool = False
    opened: int = 0
    errors: dict[str, str] = NO_ERRORS
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            found = await price_lists.summaries(uow)
            home = uow.settings.currency
        self.home = f"{name(home)} ({home})"
        self.rows = tuple(of_summary(each, home) for each in found)
        taken = {home, *(each.price_list.currency for each in found)}
        self.choices = tuple(
            sorted(
                (Choice(code, f"{name(code)} ({code})") for code in CURRENCIES if code not in taken),
                key=lambda choice: choice.label,
            )
        )
        self.loaded = True

    @rx.event
    async def add(self) -> None:
        """Open the form for another currency."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self.adding, self.errors = True, NO_ERRORS
        self.opened += 1

    @rx.event
    async def close(self) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self.adding = False

    @rx.event
    async def create(self, fields: dict[str, Any]) -> Any:
        """Make a price list that nobody sees yet, rounded to what can be paid in coins, and go there."""
        code = short_text(fields.get("currency"), 3)
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                if code not in CURRENCIES:
                    raise Invalid("Choose a currency.", {"currency": "Choose a currency."})
                coins = price_text(Money(max(cash_step(code), charge_step(code)), code))
                form = PriceListForm(rate=short_text(fields.get("rate"), 20), step=coins)
                draft = draft_of(form, code)
                await price_lists.create(uow, code, draft, by=identity)
        except Invalid as invalid:
            self.errors = NO_ERRORS | (invalid.errors or {"form": invalid.detail})
            return None
        except Conflict as conflict:
            self.errors = NO_ERRORS | {"form": conflict.detail}
            return None
        self.adding = False
        return rx.redirect(f"{PATH}/{code}")
