"""Delivery: the list of zones, taking one or a method of it away, and trying out what a shopper would be offered."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.delivery import zone_of
from models.money import Money
from models.permissions import Permission
from services.addresses import read_destination
from services.delivery import service as delivery
from services.errors import Invalid, NotFound
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.prices import BadPrice, parse_amount
from store_app.admin.view_models.delivery import TrialRow, ZoneCard, of_trial, of_zone
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.toasts import toast
from store_app.view_models.checkout import Option, of_countries

TRIAL_ERRORS: dict[str, str] = {"country": "", "region": "", "postal_code": "", "weight": "", "goods": ""}


class StaffDeliveryState(rx.State):
    """`asking` says whether the question before deleting is open, `doomed` what it is about. `tried` says that the
    trial has an answer: `trial` are the offers, `trial_zone` the zone."""

    zones: tuple[ZoneCard, ...] = ()
    loaded: bool = False
    currency: str = ""
    asking: bool = False
    doomed: str = ""
    countries: tuple[Option, ...] = ()
    home: str = "GB"
    trial: tuple[TrialRow, ...] = ()
    trial_zone: str = ""
    trial_errors: dict[str, str] = TRIAL_ERRORS
    tried: bool = False
    _doomed: tuple[str, str] = ("", "")

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_SETTINGS) is None:
                return
            await self._show(uow)
        self.loaded = True

    @rx.event
    async def refresh(self) -> None:
        """A form was sent."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            await self._show(uow)

    @rx.event
    async def ask_delete(self, zone_id: str, code: str) -> None:
        """Without a code the zone is meant, else a method of it."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            zone = await delivery.get_zone(uow, identifier(zone_id))
        method = zone.method(short_text(code, 32))
        self._doomed = (str(zone.id), method.code if method else "")
        self.doomed = f"{zone.name}: {method.name}" if method else zone.name
        self.asking = True

    @rx.event
    async def delete(self) -> None:
        """Delete what was asked for."""
        zone_id, code = self._doomed
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_SETTINGS)
            try:
                if code:
                    await delivery.delete_method(uow, identifier(zone_id), code, by=identity)
                else:
                    await delivery.delete_zone(uow, identifier(zone_id), by=identity)
                told = f"“{self.doomed}” is deleted."
            except NotFound:
                told = "Somebody else has deleted it meanwhile."
            await self._show(uow)
        self.asking = False
        await toast(self, told)

    @rx.event
    async def close(self) -> None:
        """The question was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
        self.asking = False

    @rx.event
    async def try_out(self, form: dict[str, Any]) -> Any:
        """What a shopper there is offered now."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            try:
                await self._try(uow, form)
            except Invalid as invalid:
                self.trial_errors, self.tried = TRIAL_ERRORS | invalid.errors, False
                return await focus(self, f"trial-{next(iter(invalid.errors))}")
        self.trial_errors, self.tried = TRIAL_ERRORS, True
        return None

    async def _try(self, uow: UnitOfWork, form: dict[str, Any]) -> None:
        currency = uow.settings.currency
        place = read_destination(
            short_text(form.get("country"), 2),
            short_text(form.get("region"), 60),
            short_text(form.get("postal_code"), 16),
        )
        weight, goods = _grams(form.get("weight")), Money(_amount(form.get("goods"), currency), currency)
        zone = zone_of(await delivery.zones(uow, checked=True), place)
        found = await delivery.methods(uow, place, currency, goods, weight)
        self.trial = of_trial([(each, delivery.dates(uow, each, place)) for each in found], goods, weight)
        self.trial_zone = zone.name if zone else ""

    async def _show(self, uow: UnitOfWork) -> None:
        self.zones = tuple(of_zone(zone) for zone in await delivery.zones(uow, checked=True))
        self.currency, self.home = uow.settings.currency, uow.settings.home_country
        self.countries = of_countries(await delivery.countries(uow), self.home)


def _grams(value: Any) -> int:
    """Kilograms as they were typed. Raises Invalid."""
    text = short_text(value, 12).replace(",", ".") or "0"
    try:
        return round(float(text) * 1000) if text.replace(".", "", 1).isdecimal() else _no_weight()
    except OverflowError:
        return _no_weight()


def _no_weight() -> int:
    told = "Write kilograms, like 2.5."
    raise Invalid(told, {"weight": told})


def _amount(value: Any, currency: str) -> int:
    try:
        return parse_amount(short_text(value, 20) or "0", currency)
    except BadPrice as problem:
        raise Invalid(str(problem), {"goods": str(problem)}) from None
