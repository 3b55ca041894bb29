"""The audit log, narrowed by the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import reflex as rx

from models.audit import AuditEntry
from models.permissions import Permission
from services.audit import service as audit
from services.audit.service import AuditPage
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.audit_filters import PATH, PREFIX, asked_for, filter_of, tools_of
from store_app.admin.states.audit_links import Links, links_of
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.listing import address
from store_app.admin.view_models.audit import AuditRow, AuditTools, of_entry

PAGE_SIZE = 25
SEARCH, SINCE, UNTIL = f"{PREFIX}-search", f"{PREFIX}-since", f"{PREFIX}-until"
"""The ids of the filter fields, which follow the address."""


class StaffAuditState(rx.State):
    """`more` says that there are entries after those shown."""

    rows: tuple[AuditRow, ...] = ()
    tools: AuditTools = AuditTools()
    total: int = 0
    more: bool = False
    loaded: bool = False
    _cursor: str = ""

    @rx.event
    async def load(self) -> Any:
        """Parameters of the address: `action`, `actor`, `object`, `from`, `to`, `q`."""
        asked = asked_for(self.router.url.query_parameters)
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.VIEW_AUDIT) is None:
                return []
            page = await audit.list_entries(uow, filter_of(asked), limit=PAGE_SIZE)
            rows = await _rows(uow, page.items)
        self.rows, self.tools = rows, tools_of(asked, page.items)
        self._turn_to(page)
        self.loaded = True
        fields = {SEARCH: asked["q"], SINCE: asked["from"], UNTIL: asked["to"]}
        return [rx.set_value(field, text) for field, text in fields.items()]

    @rx.event
    async def load_more(self) -> None:
        """The entries after those shown; they stay until the filter changes."""
        asked = asked_for(self.router.url.query_parameters)
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.VIEW_AUDIT)
            if not self.more:
                return
            page = await audit.list_entries(uow, filter_of(asked), limit=PAGE_SIZE, cursor=self._cursor)
            rows = await _rows(uow, page.items)
        self.rows = (*self.rows, *rows)
        self._turn_to(page)

    def _turn_to(self, page: AuditPage) -> None:
        self.total, self.more = page.total, page.next_cursor is not None
        self._cursor = page.next_cursor or ""


async def _rows(uow: UnitOfWork, entries: Sequence[AuditEntry]) -> tuple[AuditRow, ...]:
    links = await links_of(uow, entries)
    return tuple(_row(entry, links) for entry in entries)


def _row(entry: AuditEntry, links: Links) -> AuditRow:
    return of_entry(entry, who_href=_who(entry), href=links.get(entry.id, ""))


def _who(entry: AuditEntry) -> str:
    """A customer's page; for staff, all that they did."""
    if entry.actor_id is None:
        return ""
    if entry.actor == "customer":
        return f"/admin/customers/{entry.actor_id}"
    return address(PATH, {"actor": str(entry.actor_id)})
