"""The stock of one article: what is where, and changing it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from models.stock import StockReason
from services.catalog import service as catalog
from services.errors import Invalid
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.view_models.stock import LedgerRow, StockArticle, of_article, of_entry
from store_app.states.focus import focus
from store_app.states.parsing import last_segment, short_text, whole_number
from store_app.states.toasts import toast

LEDGER_STEP = 20
MAX_LEDGER = 200
SIGNS: dict[str, int] = {StockReason.RECEIVED: 1, StockReason.RETURNED: 1, StockReason.DAMAGED: -1}
"""What staff say happened, and whether units came or went; a count says how many there are."""
COUNT, MOVE, BACKORDER = "count", "move", "backorder"
"""The forms; the ids of their fields begin so."""
_FIELDS = {
    COUNT: {"on_hand": "units", "delta": "units", "units": "units", "location": "location"},
    MOVE: {"units": "units", "location": "source", "target": "target"},
    BACKORDER: {"limit": "limit", "days": "days"},
}
"""Where a form shows what the store says about a value."""
ERRORS: dict[str, str] = {
    f"{form}-{field}": "" for form, fields in _FIELDS.items() for field in (*fields.values(), "form")
}

NEVER_SAVED = dict.fromkeys(_FIELDS, 0)


class StaffStockArticleState(rx.State):
    """`shown` is the SKU in the address that `article` or `missing` answers; `saved` counts what was changed by
    each form, which starts afresh then: the others keep what was typed."""

    article: StockArticle = StockArticle()
    ledger: tuple[LedgerRow, ...] = ()
    more: bool = False
    errors: dict[str, str] = ERRORS
    saved: dict[str, int] = NEVER_SAVED
    missing: bool = False
    shown: str = ""
    _entries: int = LEDGER_STEP

    @rx.event
    async def load(self) -> None:
        asked = short_text(last_segment(self.router.url.path), 48)
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            self._entries, self.errors = LEDGER_STEP, ERRORS
            self.missing = not await self._read(uow, asked)
        self.saved = {form: count + 1 for form, count in self.saved.items()}
        self.shown = asked

    @rx.event
    async def show_more(self) -> None:
        """Older entries of the ledger."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            self._entries = min(self._entries + LEDGER_STEP, MAX_LEDGER)
            await self._read(uow, self.article.sku)

    @rx.event
    async def count(self, form: dict[str, Any]) -> Any:
        """Write down a count, or what came and went."""
        return await self._save(COUNT, form)

    @rx.event
    async def move(self, form: dict[str, Any]) -> Any:
        """Carry units from one location to another."""
        return await self._save(MOVE, form)

    @rx.event
    async def allow_backorder(self, form: dict[str, Any]) -> Any:
        return await self._save(BACKORDER, form)

    async def _save(self, kind: str, form: dict[str, Any]) -> Any:
        """What was typed stays in the form when it is refused."""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                said = await _write(uow, kind, self.article.sku, form, identity)
                await self._read(uow, self.article.sku)
        except Invalid as refusal:
            shown = _errors(kind, refusal)
            self.errors = ERRORS | shown
            field = next(iter(shown))
            return await focus(self, field) if not field.endswith("-form") else None
        self.errors = ERRORS
        self.saved = self.saved | {kind: self.saved[kind] + 1}
        await toast(self, said)
        return None

    async def _read(self, uow: UnitOfWork, sku: str) -> bool:
        """Whether there is such an article."""
        found = (await catalog.variants_by_sku(uow, [sku])).get(sku) if sku else None
        entries = await inventory.ledger(uow, sku, self._entries + 1) if sku else []
        if found is None and not entries:
            self.article, self.ledger, self.more = StockArticle(), (), False
            return False
        places = await inventory.locations(uow)
        level = (await inventory.levels(uow, [sku]))[sku]
        shelves = (await inventory.shelves(uow, [sku]))[sku]
        names = {place.code: place.name for place in places}
        self.article = of_article(level, found, shelves, places)
        self.ledger = tuple(of_entry(entry, names) for entry in entries[: self._entries])
        self.more = len(entries) > self._entries < MAX_LEDGER
        return True


async def _write(uow: UnitOfWork, kind: str, sku: str, form: dict[str, Any], by: Identity) -> str:
    """Raises Invalid. Returns what to say about it."""
    if kind == MOVE:
        units = whole_number(form.get("units"), "units")
        source, target = (short_text(form.get(name), 40) for name in ("source", "target"))
        await inventory.transfer(uow, sku, units, source=source, target=target, by=by)
        return "Carried over."
    if kind == BACKORDER:
        limit = whole_number(form.get("limit"), "limit")
        days = whole_number(form.get("days") or 0, "days")
        await inventory.set_backorder(uow, sku, limit=limit, days=days, by=by)
        return "Saved what may be made to order."
    units, reason = whole_number(form.get("units"), "units"), short_text(form.get("reason"), 20)
    location = short_text(form.get("location"), 40)
    if reason in SIGNS:
        if units < 1:
            raise Invalid("Please say how many units.", {"units": "1 or more"})
        await inventory.adjust(
            uow, sku, SIGNS[reason] * units, reason=StockReason(reason), by=by, location=location
        )
    else:
        await inventory.set_on_hand(uow, sku, units, by=by, location=location)
    return "The stock is written down."


def _errors(kind: str, refusal: Invalid) -> dict[str, str]:
    """What is wrong, at the field it is about."""
    field = next((_FIELDS[kind][name] for name in refusal.errors if name in _FIELDS[kind]), "form")
    return {f"{kind}-{field}": refusal.detail}
