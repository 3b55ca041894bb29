"""My account: the profile."""

from __future__ import annotations

from typing import Any

import reflex as rx

from services.account import service as accounts
from services.errors import Invalid
from services.unit_of_work import unit_of_work
from store_app.states.focus import focus
from store_app.states.parsing import short_text
from store_app.states.session import forget_look_up, identity_of, show_identity
from store_app.states.toasts import toast
from store_app.view_models.account import ProfileView, of_profile

FIELDS = ("name", "phone")


class AccountState(rx.State):
    """`loaded` means that the profile was asked for; whether there is one, SessionState knows."""

    profile: ProfileView = ProfileView()
    errors: dict[str, str] = {}
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            user = await accounts.get_profile(uow, identity) if identity.signed_in else None
        if user:
            self.profile = of_profile(user, uow.settings.oidc_account_url)
        self.loaded = True

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """The header says the new name at once. What can't be used is explained and stays as it was typed."""
        typed = {field: short_text(form.get(field), 500) for field in FIELDS}
        try:
            async with unit_of_work() as uow:
                identity = await identity_of(uow, self)
                user = await accounts.change_profile(uow, identity, name=typed["name"], phone=typed["phone"])
                forget_look_up()
                identity = await identity_of(uow, self)
        except Invalid as invalid:
            self.errors = invalid.errors
            return await focus(self, next((field for field in FIELDS if field in invalid.errors), "name"))
        await show_identity(self, identity)
        self.profile = of_profile(user, uow.settings.oidc_account_url)
        self.errors = {}
        await toast(self, "Your profile is saved.")
        kept = {"name": self.profile.name, "phone": self.profile.phone}
        return [rx.set_value(field, kept[field]) for field in FIELDS if kept[field] != form.get(field)]
