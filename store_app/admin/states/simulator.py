"""What would this cart get? Staff put one together and see what every promotion makes of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import reflex as rx

from models.address import Destination
from models.address_form import is_known
from models.cart import MAX_LINE_QUANTITY
from models.permissions import Permission
from services.cart import service as carts
from services.cart.service import SimulatedCart
from services.catalog import service as catalog
from services.catalog.service import ProductQuery
from services.errors import Invalid
from services.identity.access import require
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.view_models.simulator import (
    Offered,
    Outcome,
    SimulatedLine,
    of_simulated_line,
    of_totals,
    of_variant,
)
from store_app.states.parsing import short_text, whole_number

FOUND = 8
MAX_LINES = 20


class SimulatorState(rx.State):
    """`found` answers the search for goods, `lines` is the cart. The choices below it are kept as they were typed."""

    found: tuple[Offered, ...] = ()
    searched: str = ""
    lines: tuple[SimulatedLine, ...] = ()
    outcome: Outcome = Outcome()
    codes: str = ""
    email: str = ""
    country: str = ""
    moment: str = ""
    knows_customers: bool = False
    errors: dict[str, str] = {}
    loaded: bool = False
    _quantities: dict[str, int] = {}

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            identity = await admit(uow, self, Permission.MANAGE_CATALOG)
            if identity is None:
                return
            self.knows_customers = identity.may(Permission.VIEW_CUSTOMERS)
            await self._simulate(uow)
        self.loaded = True

    @rx.event
    async def search(self, form: dict[str, Any]) -> None:
        """Look for goods by their names, or by a whole SKU."""
        text = short_text(form.get("goods"), 100)
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            self.found = await _found(uow, text) if text else ()
        self.searched = text

    @rx.event
    async def add(self, sku: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            wanted = short_text(sku, 48)
            if wanted not in self._quantities and len(self._quantities) == MAX_LINES:
                raise Invalid(f"A simulated cart has room for {MAX_LINES} lines. Take one out first.")
            units = min(MAX_LINE_QUANTITY, self._quantities.get(wanted, 0) + 1)
            await self._take(uow, {**self._quantities, wanted: units})

    @rx.event
    async def set_quantity(self, sku: str, quantity: int) -> None:
        """None at all takes the line out."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CATALOG)
            wanted, units = short_text(sku, 48), min(MAX_LINE_QUANTITY, max(0, whole_number(quantity)))
            changed = {**self._quantities, wanted: units}
            await self._take(uow, {each: number for each, number in changed.items() if number})

    @rx.event
    async def ask(self, form: dict[str, Any]) -> None:
        """The choices of the form: codes, customer, country, moment."""
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_CATALOG)
            self.codes = short_text(form.get("codes"), 200)
            self.email = short_text(form.get("email"), 254)
            if self.email:
                require(identity, Permission.VIEW_CUSTOMERS)
            country = short_text(form.get("country"), 2)
            self.country = country if is_known(country) else ""
            self.moment = short_text(form.get("moment"), 20)
            await self._simulate(uow)

    async def _take(self, uow: UnitOfWork, quantities: dict[str, int]) -> None:
        before = self._quantities
        self._quantities = quantities
        try:
            await self._simulate(uow)
        except Invalid:
            self._quantities = before
            raise

    async def _simulate(self, uow: UnitOfWork) -> None:
        self.errors = {}
        cart = SimulatedCart(
            quantities=self._quantities,
            codes=re.split(r"[\s,;]+", self.codes) if self.codes else (),
            email=self.email,
            destination=Destination(self.country) if self.country else None,
            moment=self._moment(),
        )
        simulation = await carts.simulate(uow, cart)
        self.lines = tuple(
            of_simulated_line(
                line.sku, line.product, line.variant, line.quantity, line.unit_price, simulation.totals
            )
            for line in simulation.lines
            if line.product and line.variant
        )
        self.outcome = of_totals(simulation.totals)

    def _moment(self) -> datetime | None:
        if not self.moment:
            return None
        try:
            return datetime.fromisoformat(self.moment).replace(tzinfo=UTC)
        except ValueError:
            self.errors = {"moment": "Choose a day and a time."}
            return None


async def _found(uow: UnitOfWork, text: str) -> tuple[Offered, ...]:
    exact = (await catalog.variants_by_sku(uow, [text.upper()])).values()
    page = await catalog.list_products(uow, ProductQuery(q=text, limit=FOUND))
    named = [(product, variant) for product in page.items for variant in product.variants]
    return tuple(of_variant(product, variant) for product, variant in [*exact, *named])[: FOUND * 2]
