"""The guard of the staff side: every staff handler and every on_load begins here."""

from __future__ import annotations

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from services.errors import Forbidden, Unauthenticated
from services.identity.access import require
from services.unit_of_work import UnitOfWork
from store_app.states.session import identity_of, show_identity


async def staff(uow: UnitOfWork, state: rx.State, permission: Permission) -> Identity:
    """Who sent this event. Raises Unauthenticated for a guest, Forbidden for roles that don't allow it."""
    identity = await identity_of(uow, state)
    require(identity, permission)
    return identity


async def admit(uow: UnitOfWork, state: rx.State, permission: Permission) -> Identity | None:
    """For on_load: as `staff`, but a refusal becomes the page, and what staff pages left in the tab is forgotten."""
    identity = await identity_of(uow, state)
    await show_identity(state, identity)
    access = await state.get_state(StaffState)
    try:
        require(identity, permission)
    except (Unauthenticated, Forbidden) as refusal:
        await _forget_staff_pages(state)
        access.refusal = "sign_in" if isinstance(refusal, Unauthenticated) else "forbidden"
        return None
    access._welcome(identity)
    return identity


class StaffState(rx.State):
    """What staff pages show of themselves. `refusal` is empty, sign_in or forbidden, `known` that it isn’t."""

    refusal: str = ""
    known: bool = False
    sees_orders: bool = False
    manages_orders: bool = False
    manages_catalog: bool = False
    sees_customers: bool = False
    uses_api_keys: bool = False
    sees_audit: bool = False
    manages_settings: bool = False

    def _welcome(self, identity: Identity) -> None:
        self.refusal = ""
        self.known = True
        self.sees_orders = identity.may(Permission.VIEW_ORDERS)
        self.manages_orders = identity.may(Permission.MANAGE_ORDERS)
        self.manages_catalog = identity.may(Permission.MANAGE_CATALOG)
        self.sees_customers = identity.may(Permission.VIEW_CUSTOMERS)
        self.uses_api_keys = identity.may(Permission.USE_API_KEYS)
        self.sees_audit = identity.may(Permission.VIEW_AUDIT)
        self.manages_settings = identity.may(Permission.MANAGE_SETTINGS)


async def _forget_staff_pages(state: rx.State) -> None:
    for each in rx.State.get_substates():
        if each.__module__.startswith("store_app.admin."):
            (await state.get_state(each)).reset()
