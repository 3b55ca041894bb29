"""The places where units lie, in the order in which orders are served from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from models.countries import country_name
from models.permissions import Permission
from models.stock_location import StockLocation
from services.errors import Conflict, Invalid
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.view_models.stock import LocationRow
from store_app.states.focus import focus
from store_app.states.parsing import short_text
from store_app.states.toasts import toast

PATH = "/admin/locations"
ERRORS: dict[str, str] = {"code": "", "name": "", "country": "", "form": ""}
NEW = LocationRow("", "", "GB", "", active=True, first=False, last=False)


class StaffLocationsState(rx.State):
    """`editing` says whether the form is open, `opened` counts how often it was, `form` is what it is about."""

    rows: tuple[LocationRow, ...] = ()
    form: LocationRow = NEW
    editing: bool = False
    opened: int = 0
    errors: dict[str, str] = ERRORS
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            self._show(await inventory.locations(uow))
        self.loaded = True

    @rx.event
    async def edit(self, code: str) -> None:
        """Open the form, empty for a new location."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            self._show(await inventory.locations(uow))
        wanted = short_text(code, 40)
        self.form = next((row for row in self.rows if row.code == wanted), NEW)
        self.errors, self.editing = ERRORS, True
        self.opened += 1

    @rx.event
    async def save(self, fields: dict[str, Any]) -> Any:
        """Store the form; it closes when that worked, and a second press of its button does nothing."""
        name, country = short_text(fields.get("name"), 81), short_text(fields.get("country"), 3)
        code = self.form.code
        try:
            async with unit_of_work() as uow:
                by = await staff(uow, self, Permission.MANAGE_CATALOG)
                if not self.editing:
                    return None
                if code:
                    await inventory.change_location(uow, code, name=name, country=country, by=by)
                else:
                    new = short_text(fields.get("code"), 41)
                    await inventory.add_location(uow, code=new, name=name, country=country, by=by)
                self._show(await inventory.locations(uow))
        except Conflict as conflict:
            field = "code" if conflict.code == "code_taken" else "form"
            self.errors = ERRORS | {field: conflict.detail}
            return await focus(self, "code") if field == "code" else None
        except Invalid as invalid:
            field = next(iter(invalid.errors))
            self.errors = ERRORS | {field: invalid.detail}
            return await focus(self, field)
        self.editing = False
        await toast(self, f"Saved “{name}”.")
        return None

    @rx.event
    async def close_form(self) -> None:
        """The dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
        self.editing = False

    @rx.event
    async def move(self, code: str, by: int) -> None:
        """Up with -1, down with 1."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            codes = [each.code for each in await inventory.locations(uow)]
            place = codes.index(code) if code in codes else -1
            target = place + by if by in (-1, 1) else -1
            if place >= 0 and 0 <= target < len(codes):
                codes[place], codes[target] = codes[target], codes[place]
                await inventory.order_locations(uow, codes, by=identity)
            self._show(await inventory.locations(uow))

    @rx.event
    async def set_open(self, code: str, is_open: bool) -> None:
        """Close a location, or open it again."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                changed = await inventory.change_location(
                    uow, short_text(code, 40), active=bool(is_open), by=identity
                )
                self._show(await inventory.locations(uow))
        except Conflict as conflict:
            await toast(self, conflict.detail, "error")
            return
        await toast(self, f"{changed.name} is {'open' if changed.active else 'closed'}.")

    def _show(self, locations: Sequence[StockLocation]) -> None:
        self.rows = tuple(
            LocationRow(
                code=each.code,
                name=each.name,
                country=each.country,
                country_name=country_name(each.country),
                active=each.active,
                first=index == 0,
                last=index == len(locations) - 1,
            )
            for index, each in enumerate(locations)
        )
