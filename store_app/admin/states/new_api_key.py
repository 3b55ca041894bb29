"""Making an API key, and showing it the one time that it can be shown."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.api_key import LIFETIMES_DAYS, SCOPES
from models.permissions import Permission
from services.api_key import service as api_keys
from services.api_key.service import MAX_NAME, offered_scopes
from services.errors import Conflict, Invalid
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import staff
from store_app.admin.view_models.api_keys import NO_END, FreshKey, choices_of, command_for
from store_app.admin.view_models.filters import Choice
from store_app.states.focus import focus
from store_app.states.parsing import short_text

ERRORS: dict[str, str] = {"name": "", "scopes": "", "expires_in_days": "", "form": ""}


class NewApiKeyState(rx.State):
    """`creating` says whether the form is open, `opened` counts how often it was. `fresh` is the only place where a
    whole key stands, until its dialog closes or the page is left."""

    creating: bool = False
    opened: int = 0
    offered: tuple[Choice, ...] = ()
    errors: dict[str, str] = ERRORS
    fresh: FreshKey = FreshKey()

    @rx.event
    async def start(self) -> None:
        """Open the form."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.USE_API_KEYS)
        self.offered = choices_of(offered_scopes(identity))
        self.errors = ERRORS
        self.creating = True
        self.opened += 1

    @rx.event
    async def create(self, fields: dict[str, Any]) -> Any:
        """Make the key of the form; a second press of its button does nothing."""
        scopes = frozenset(scope for scope in SCOPES if fields.get(scope.value))
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.USE_API_KEYS)
                if not self.creating:
                    return None
                key, secret = await api_keys.create_key(
                    uow,
                    identity,
                    name=short_text(fields.get("name"), MAX_NAME),
                    scopes=scopes,
                    expires_in_days=_days(fields.get("expires_in_days")),
                )
                public_url = uow.settings.public_url
        except Conflict as conflict:
            field = "name" if conflict.code == "key_name_taken" else "form"
            self.errors = ERRORS | {field: conflict.detail}
            return await focus(self, "name")
        except Invalid as invalid:
            self.errors = ERRORS | invalid.errors
            return await focus(self, "name" if self.errors["name"] else self._first_field())
        self.creating = False
        self.fresh = FreshKey(key.name, secret, command_for(scopes, public_url))
        return None

    @rx.event
    async def close(self) -> None:
        """The form was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.USE_API_KEYS)
        self.creating = False

    @rx.event
    async def forget(self) -> None:
        """The dialog with the key was closed, or the page left. Nobody is too little trusted to have it wiped."""
        self._wipe()
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.USE_API_KEYS)

    def _wipe(self) -> None:
        self.fresh = FreshKey()

    def _first_field(self) -> str:
        """What to look at when the name is right."""
        if self.errors["scopes"] and self.offered:
            return self.offered[0].key
        return "expires_in_days"


def _days(value: Any) -> int | None:
    """The choice of the form; -1, which nothing lasts, for anything else."""
    text = short_text(value, 8)
    return None if text == NO_END else next((days for days in LIFETIMES_DAYS if str(days) == text), -1)
