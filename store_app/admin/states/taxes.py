"""Taxes: the list of countries and regions, and writing or deleting one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import reflex as rx
from pydantic import ValidationError

from models.address_form import known_countries
from models.countries import country_name
from models.permissions import Permission
from models.pricing.tax import TaxClass
from models.taxes import TaxRate, TaxRegion, TaxRegionDraft
from services.delivery import service as delivery
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.tax import service as taxes
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.view_models.taxes import TaxForm, TaxRow, of_region, percent, place_of
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.toasts import toast
from store_app.view_models.checkout import of_countries

ERRORS: dict[str, str] = {"country": "", "region": "", "name": "", "rates": "", "form": ""}
COUNTRIES = of_countries(known_countries())
_RATE = re.compile(r"(standard|reduced|zero)\s+(\d{1,3}(?:\.\d{1,2})?)\s*%?\s+from\s+(\d{4}-\d\d-\d\d)")
EXAMPLE = "standard 20% from 2026-01-01"


class StaffTaxesState(rx.State):
    """`untaxed` names served countries of which no taxes are known. `asking` says whether the question before deleting
    is open, `doomed` what it is about, `problem` why it can't be deleted."""

    rows: tuple[TaxRow, ...] = ()
    untaxed: str = ""
    loaded: bool = False
    editing: bool = False
    opened: int = 0
    form: TaxForm = TaxForm()
    errors: dict[str, str] = ERRORS
    asking: bool = False
    doomed: str = ""
    problem: str = ""
    _doomed: str = ""
    _version: int | None = None

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_SETTINGS) is None:
                return
            await self._show(uow)
        self.loaded = True

    @rx.event
    async def add(self) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            today = taxes.today(uow)
        self._open(TaxForm(rates=f"standard 20% from {today.isoformat()}"), None)

    @rx.event
    async def edit(self, region_id: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            region = await taxes.get_region(uow, identifier(region_id))
        self._open(form_of_region(region), region.version)

    @rx.event
    async def save(self, fields: dict[str, Any]) -> Any:
        """Store the form; it closes when that worked, and a second press of its button does nothing."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_SETTINGS)
                if not self.editing:
                    return None
                self.form = _typed(self.form, fields)
                draft = draft_of(self.form)
                if self.form.id:
                    key = identifier(self.form.id)
                    await taxes.change_region(uow, key, draft, by=identity, expected_version=self._version)
                else:
                    await taxes.create_region(uow, draft, by=identity)
                await self._show(uow)
        except (Conflict, PreconditionFailed, NotFound, Invalid) as refusal:
            told = refusal.errors if isinstance(refusal, Invalid) else {}
            placed = {name: text for name, text in told.items() if name in ERRORS}
            self.errors = ERRORS | (placed or {"form": refusal.detail})
            return await focus(self, f"tax-{next(iter(placed), 'country')}")
        self.editing = False
        await toast(self, f"Saved the taxes of {country_name(draft.country)}.")
        return None

    @rx.event
    async def ask_delete(self, region_id: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            region = await taxes.get_region(uow, identifier(region_id))
        self._doomed, self.doomed, self.problem, self.asking = str(region.id), place_of(region), "", True

    @rx.event
    async def delete(self) -> None:
        """Delete what was asked for, or say why that can't be."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_SETTINGS)
                await taxes.delete_region(uow, identifier(self._doomed), by=identity)
                await self._show(uow)
        except (Conflict, NotFound) as refusal:
            self.problem = refusal.detail
            return
        self.asking = False
        await toast(self, f"The taxes of {self.doomed} are deleted.")

    @rx.event
    async def close(self) -> None:
        """Either dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
        self.editing = self.asking = False

    async def _show(self, uow: UnitOfWork) -> None:
        regions = await taxes.regions(uow, checked=True)
        rows = [of_region(region, taxes.today(uow)) for region in regions]
        self.rows = tuple(sorted(rows, key=lambda row: row.place.split(", ")[::-1]))
        missing = await delivery.countries(uow) - {region.country for region in regions}
        self.untaxed = ", ".join(sorted(country_name(each) for each in missing))

    def _open(self, form: TaxForm, version: int | None) -> None:
        self.form, self._version, self.errors = form, version, ERRORS
        self.editing = True
        self.opened += 1


def form_of_region(region: TaxRegion) -> TaxForm:
    rates = (
        f"{rate.tax_class.value} {percent(rate.basis_points)} from {rate.valid_from.isoformat()}"
        for rate in sorted(
            region.rates, key=lambda each: (list(TaxClass).index(each.tax_class), each.valid_from)
        )
    )
    return TaxForm(
        id=str(region.id),
        country=region.country,
        region=region.region,
        name=region.name,
        included="included" if region.included else "added",
        rates="\n".join(rates),
    )


def draft_of(form: TaxForm) -> TaxRegionDraft:
    """Raises Invalid; its errors are named like the fields of the form."""
    rates = tuple(_rate(line.strip()) for line in form.rates.splitlines() if line.strip())
    if not form.name:
        raise Invalid("Name the tax.", {"name": "What is it called there? VAT, GST, Sales tax …"})
    try:
        return TaxRegionDraft(
            country=form.country,
            region=form.region,
            name=form.name,
            included=form.included == "included",
            rates=rates,
        )
    except ValidationError as error:
        raise _invalid(error) from None


def _rate(line: str) -> TaxRate:
    found = _RATE.fullmatch(line.casefold())
    told = f"“{line}” can’t be read. Write a line like {EXAMPLE}."
    if not found:
        raise Invalid(told, {"rates": told})
    whole, _, rest = found[2].partition(".")
    share = {"basis_points": int(whole) * 100 + int(rest.ljust(2, "0") or 0)}
    try:
        return TaxRate.model_validate({"tax_class": found[1], "valid_from": found[3], **share})
    except ValidationError:
        raise Invalid(told, {"rates": told}) from None


def _invalid(error: ValidationError) -> Invalid:
    told = {}
    for each in error.errors():
        name = str(each["loc"][0]) if each["loc"] else "rates"
        words = str(each["msg"]).removeprefix("Value error, ")
        own = f"{words[:1].upper()}{words[1:]}."
        told[name] = own if not each["loc"] else f"Write at least one line like {EXAMPLE}."
    return Invalid("Some fields need another look.", told)


def _typed(form: TaxForm, fields: Mapping[str, Any]) -> TaxForm:
    return replace(
        form,
        country=short_text(fields.get("country"), 2),
        region=short_text(fields.get("region"), 60),
        name=short_text(fields.get("name"), 40),
        included=short_text(fields.get("included"), 12),
        rates=short_text(fields.get("rates"), 10_000, lines=True),
    )
