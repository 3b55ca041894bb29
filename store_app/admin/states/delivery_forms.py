"""Writing a delivery zone, and writing a method of one. Nothing that was typed is lost when it can't be stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import reflex as rx

from models.delivery import Zone
from models.permissions import Permission
from services.delivery import service as delivery
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.unit_of_work import unit_of_work
from store_app.admin.states.delivery_drafts import (
    LONG,
    METHOD_ERRORS,
    ZONE_ERRORS,
    first_field,
    method_draft,
    method_form,
    new_code,
    told_at,
    typed_method,
    zone_draft,
)
from store_app.admin.states.delivery_texts import areas_text
from store_app.admin.states.guard import staff
from store_app.admin.view_models.delivery import MethodForm, ZoneForm
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.toasts import toast


class ZoneFormState(rx.State):
    """`opened` counts how often the dialog was, so that it starts from its form each time."""

    editing: bool = False
    opened: int = 0
    form: ZoneForm = ZoneForm()
    errors: dict[str, str] = ZONE_ERRORS
    _version: int | None = None

    @rx.event
    async def add(self) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            count = len(await delivery.zones(uow))
        self._open(ZoneForm(position=str(count)), None)

    @rx.event
    async def edit(self, zone_id: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            zone = await delivery.get_zone(uow, identifier(zone_id))
        form = ZoneForm(str(zone.id), zone.name, areas_text(zone.areas), str(zone.position))
        self._open(form, zone.version)

    @rx.event
    async def save(self, fields: dict[str, Any]) -> Any:
        """Store the form; it closes when that worked, and a second press of its button does nothing."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_SETTINGS)
                if not self.editing:
                    return None
                self.form = replace(
                    self.form,
                    name=short_text(fields.get("name"), 200),
                    areas=short_text(fields.get("areas"), LONG, lines=True),
                    position=short_text(fields.get("position"), 6),
                )
                draft = zone_draft(self.form)
                if self.form.id:
                    zone_id = identifier(self.form.id)
                    await delivery.change_zone(
                        uow, zone_id, draft, by=identity, expected_version=self._version
                    )
                else:
                    await delivery.create_zone(uow, draft, by=identity)
        except (Conflict, PreconditionFailed, NotFound, Invalid) as refusal:
            self.errors = told_at(ZONE_ERRORS, refusal)
            return await focus(self, first_field(self.errors, "zone"))
        self.editing = False
        await toast(self, f"Saved “{draft.name}”.")
        return None

    @rx.event
    async def close(self) -> None:
        """The dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
        self.editing = False

    def _open(self, form: ZoneForm, version: int | None) -> None:
        self.form, self._version, self.errors = form, version, ZONE_ERRORS
        self.editing = True
        self.opened += 1


class MethodFormState(rx.State):
    """As ZoneFormState, for a method of a zone."""

    editing: bool = False
    opened: int = 0
    form: MethodForm = MethodForm()
    errors: dict[str, str] = METHOD_ERRORS
    _version: int | None = None

    @rx.event
    async def add(self, zone_id: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            zone = await delivery.get_zone(uow, identifier(zone_id))
        self._open(
            MethodForm(zone_id=str(zone.id), zone_name=zone.name, position=str(len(zone.methods))), zone
        )

    @rx.event
    async def edit(self, zone_id: str, code: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
            zone = await delivery.get_zone(uow, identifier(zone_id))
        method = zone.method(short_text(code, 32))
        if method is None:
            raise NotFound("This method was deleted meanwhile. Reload the page to see what is left.")
        self._open(method_form(zone, method), zone)

    @rx.event
    async def save(self, fields: dict[str, Any]) -> Any:
        """Store the form; it closes when that worked, and a second press of its button does nothing."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_SETTINGS)
                if not self.editing:
                    return None
                self.form = typed_method(self.form, fields)
                zone = await delivery.get_zone(uow, identifier(self.form.zone_id))
                draft = method_draft(self.form, uow.settings.currency)
                code = self.form.code_now or new_code(zone, draft.name)
                await delivery.write_method(
                    uow, zone.id, code, draft, by=identity, expected_version=self._version
                )
        except (Conflict, PreconditionFailed, NotFound, Invalid) as refusal:
            self.errors = told_at(METHOD_ERRORS, refusal)
            return await focus(self, first_field(self.errors, "method"))
        self.editing = False
        await toast(self, f"Saved “{draft.name}”.")
        return None

    @rx.event
    async def close(self) -> None:
        """The dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_SETTINGS)
        self.editing = False

    def _open(self, form: MethodForm, zone: Zone) -> None:
        self.form, self._version, self.errors = form, zone.version, METHOD_ERRORS
        self.editing = True
        self.opened += 1
