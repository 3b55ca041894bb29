"""The list of API keys: one's own, for administrators everybody's; and ending one."""

from __future__ import annotations

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from services.api_key import service as api_keys
from services.api_key.service import KeyPage
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.states.new_api_key import NewApiKeyState
from store_app.admin.view_models.api_keys import KeyRow, of_key
from store_app.states.parsing import identifier
from store_app.states.toasts import toast
from store_app.view_models.links import FIRST_PAGE, Link, Pages

PATH = "/admin/keys"
PAGE_SIZE = 25
EVERYBODY = "everybody"


class StaffApiKeysState(rx.State):
    """`revoking` says whether the question about `doomed` is open, which names the key."""

    rows: tuple[KeyRow, ...] = ()
    views: tuple[Link, ...] = ()
    everybodys: bool = False
    pages: Pages = FIRST_PAGE
    loaded: bool = False
    revoking: bool = False
    doomed: str = ""
    _doomed_id: str = ""

    @rx.event
    async def load(self) -> None:
        """Parameters of the address: `of` (everybody, for administrators), `page`. A key just made is forgotten."""
        async with unit_of_work() as uow:
            identity = await admit(uow, self, Permission.USE_API_KEYS)
            if identity is None:
                return
            (await self.get_state(NewApiKeyState))._wipe()
            await self._refresh(uow, identity)
        self.loaded = True

    @rx.event
    async def refresh(self) -> None:
        """A key was made: show it too."""
        async with unit_of_work() as uow:
            await self._refresh(uow, await staff(uow, self, Permission.USE_API_KEYS))

    @rx.event
    async def ask_revoke(self, key_id: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.USE_API_KEYS)
        row = next((row for row in self.rows if row.id == key_id and row.live), None)
        if row:
            self._doomed_id, self.doomed, self.revoking = row.id, row.name, True

    @rx.event
    async def revoke(self) -> None:
        """End the key that was asked about."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.USE_API_KEYS)
            key = await api_keys.revoke_key(uow, identity, identifier(self._doomed_id))
            await self._refresh(uow, identity)
        self.revoking = False
        await toast(self, f"“{key.name}” is revoked. Whoever uses it is refused from now on.")

    @rx.event
    async def close(self) -> None:
        """The question was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.USE_API_KEYS)
        self.revoking = False

    async def _refresh(self, uow: UnitOfWork, identity: Identity) -> None:
        asked = self.router.url.query_parameters
        number = page_number(asked.get("page"))
        sees_all = identity.may(Permission.MANAGE_API_KEYS)
        everybodys = sees_all and asked.get("of") == EVERYBODY
        offset = (number - 1) * PAGE_SIZE
        page = await api_keys.list_keys(uow, identity, everybodys=everybodys, limit=PAGE_SIZE, offset=offset)
        self._show(page, number, everybodys=everybodys)
        self.views = _views(everybodys=everybodys) if sees_all else ()

    def _show(self, page: KeyPage, number: int, *, everybodys: bool) -> None:
        self.rows = tuple(of_key(each.key, each.owner, each.status) for each in page.items)
        self.everybodys = everybodys
        parameters = {"of": EVERYBODY} if everybodys else {}
        self.pages = pages_of(PATH, parameters, number, page.total, PAGE_SIZE)


def _views(*, everybodys: bool) -> tuple[Link, ...]:
    return (
        Link("Mine", PATH, current=not everybodys),
        Link("Everybody’s", address(PATH, {"of": EVERYBODY}), current=everybodys),
    )
