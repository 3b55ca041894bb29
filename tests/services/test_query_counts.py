"""How many times each use case asks a database. A figure that grows is a query in a loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa
from pymongo import monitoring

from models.cart import CartOwner
from models.identity import Identity
from models.promotion import PromotionState, StoredPromotion
from services import reference
from services.bootstrap import Resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout import holding
from services.checkout.service import Checkout, bring_cart_along, check_out
from services.identity import sessions
from services.identity.cookies import Cookies, session_cookie
from services.inventory import service as inventory
from services.live.listener import listening
from services.promotion import service as promotions
from services.promotion.service import PromotionQuery
from services.settings import settings
from services.unit_of_work import unit_of_work
from services.wishlist import service as wishes
from tests.price_samples import price_by_hand, sell_in
from tests.promotion_samples import offer
from tests.shop_samples import DETAILS, GOOD_CARD, guest, owner, sign_in, stock_shop, user


@dataclass
class Counts:
    """Statements sent to PostgreSQL by the store's own session, and commands sent to MongoDB."""

    postgresql: int = 0
    mongodb: int = 0


class _Commands(monitoring.CommandListener):
    current: Counts | None = None

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        if self.current and event.command_name in (
            "find",
            "aggregate",
            "insert",
            "update",
            "delete",
            "count",
        ):
            self.current.mongodb += 1

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        pass

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        pass


COMMANDS = _Commands()
monitoring.register(COMMANDS)


@contextmanager
def counting(resources: Resources) -> Iterator[Counts]:
    counts = Counts()

    def statement(*_: Any) -> None:
        counts.postgresql += 1

    engine = resources.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", statement)
    COMMANDS.current = counts
    try:
        yield counts
    finally:
        COMMANDS.current = None
        sa.event.remove(engine, "before_cursor_execute", statement)


@pytest.fixture(autouse=True)
async def nothing_to_check_again(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    """Delivery and taxes were read before, and looked at within the last second, however slow the machine is."""
    monkeypatch.setattr("services.reference.TRUSTED_SECONDS", 3600)
    async with unit_of_work() as uow:
        await carts.view_cart(uow, owner(guest()))


ADA = guest()
GOODS = {f"MUG-{number}": 9 for number in range(8)}


async def fill_cart(who: Identity = ADA, lines: int = 1) -> None:
    async with unit_of_work() as uow:
        for sku in list(GOODS)[:lines]:
            await carts.add_item(uow, owner(who), sku, 1)


async def test_who_is_there_is_one_query_and_none_for_a_guest(resources: Resources) -> None:
    token = (await sign_in("maya"))["cookie"].partition("=")[2]
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            assert (await sessions.identify(uow, Cookies(session=token))).signed_in
    assert counts == Counts(postgresql=1, mongodb=0)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            await sessions.identify(uow, Cookies(visitor="somebody"))
    assert counts == Counts()
    assert session_cookie(settings()) == "larkspur_session"


async def test_a_page_of_goods_with_facets_and_stock(resources: Resources) -> None:
    await stock_shop(**GOODS)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            page = await catalog.list_products(uow, catalog.ProductQuery(category="mugs", facets=True))
            await inventory.levels(uow, [variant.sku for item in page.items for variant in item.variants])
    assert len(page.items) == len(GOODS)
    assert counts.postgresql <= 1
    assert counts.mongodb <= 3


@pytest.mark.parametrize("lines", [1, 8])
async def test_a_cart_costs_the_same_with_one_line_or_eight(resources: Resources, lines: int) -> None:
    await stock_shop(**GOODS)
    await fill_cart(lines=lines)
    for number in range(4):
        await offer(f"CODE-{number}" if number % 2 else "", per_customer_limit=1)
    async with unit_of_work() as uow:
        await carts.enter_code(uow, owner(ADA), "CODE-1", address="")
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            await carts.view_cart(uow, owner(ADA))
    assert counts.postgresql <= 4
    assert counts.mongodb == 1


@pytest.mark.parametrize("lines", [1, 8])
async def test_a_cart_in_another_currency_costs_two_looks_more(resources: Resources, lines: int) -> None:
    """At its prices, and at what delivery costs in it; changing to it, as much with any number of lines."""
    await stock_shop(**GOODS)
    await sell_in("EUR", 1_250_000)
    for sku in GOODS:
        await price_by_hand("EUR", sku, 1490)
    await fill_cart(lines=lines)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            await carts.choose_currency(uow, ADA, "EUR")
    assert counts.postgresql <= 7
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            assert (await carts.view_cart(uow, owner(ADA))).currency == "EUR"
    assert counts.postgresql <= 6
    assert counts.mongodb == 1


@pytest.mark.parametrize("state", [None, PromotionState.RUNNING])
async def test_a_page_of_promotions_is_three_statements_and_reads_no_more_than_it_shows(
    resources: Resources, state: PromotionState | None
) -> None:
    for number in range(12):
        await offer(f"CODE-{number}")
    rows = 0

    def loaded(*_: Any) -> None:
        nonlocal rows
        rows += 1

    sa.event.listen(StoredPromotion, "load", loaded)
    try:
        with counting(resources) as counts:
            async with unit_of_work() as uow:
                page = await promotions.list_promotions(uow, PromotionQuery(state=state), limit=5)
    finally:
        sa.event.remove(StoredPromotion, "load", loaded)
    assert counts == Counts(postgresql=3, mongodb=0)
    assert (len(page.items), page.total, rows) == (5, 12, 6)


@pytest.mark.parametrize("lines", [1, 7])
async def test_adding_to_a_cart(resources: Resources, lines: int) -> None:
    await stock_shop(**GOODS)
    await fill_cart(lines=lines)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            await carts.add_item(uow, owner(ADA), "MUG-7", 1)
    assert counts.postgresql <= 6
    assert counts.mongodb <= 2


@pytest.mark.parametrize(("limits", "statements"), [({}, 2), ({"per_customer_limit": 1}, 3)])
async def test_a_new_cart_is_two_statements_and_one_more_where_an_offer_depends_on_the_buyer(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, limits: dict[str, Any], statements: int
) -> None:
    monkeypatch.setattr(reference, "TRUSTED_SECONDS", 3600)
    await stock_shop(**GOODS)
    await offer(**limits)
    asked = []
    for _ in ("reads what every price hangs on", "knows it"):
        with counting(resources) as counts:
            async with unit_of_work() as uow:
                view = await carts.create_cart(uow, CartOwner(), {"MUG-1": 2, "MUG-2": 1})
        assert [each.name for each in view.totals.applied] == ["Offer"]
        asked.append(counts.postgresql)
    assert asked[-1] == statements


async def test_products_read_a_moment_ago_are_not_read_again(resources: Resources) -> None:
    await stock_shop(**GOODS)
    await fill_cart(lines=7)
    async with listening(), unit_of_work() as uow:
        await carts.view_cart(uow, owner(ADA))
        with counting(resources) as counts:
            await carts.view_cart(uow, owner(ADA))
    assert counts.mongodb == 0


async def test_holding_a_cart_costs_the_same_for_any_number_of_lines_and_renewing_it_less(
    resources: Resources,
) -> None:
    await stock_shop(**GOODS)
    first: list[Counts] = []
    renewed: list[Counts] = []
    for who, lines in ((guest("one"), 1), (guest("many"), 8)):
        await fill_cart(who, lines)
        for figures in (first, renewed):
            with counting(resources) as counts:
                async with unit_of_work() as uow:
                    cart = await carts.lock_own_cart(uow, owner(who))
                    assert cart
                    await holding.reserve(uow, cart)
            figures.append(counts)
    assert first[0] == first[1]
    assert renewed[0] == renewed[1]
    assert first[0].postgresql <= 10
    assert renewed[0].postgresql <= 6
    assert first[0].mongodb == 1


async def test_a_press_with_a_key_costs_one_statement_more(resources: Resources) -> None:
    await stock_shop(**GOODS)
    await fill_cart()
    figures = []
    for click in ("", "a press", "a press"):
        with counting(resources) as counts:
            async with unit_of_work() as uow:
                await carts.add_item(uow, owner(ADA), "MUG-7", 1, click=click)
        figures.append(counts.postgresql)
    plain, first, again = figures
    assert first == plain + 1
    assert again <= 5


@pytest.mark.parametrize("lines", [1, 8])
async def test_a_sign_in_costs_the_same_with_one_line_or_eight_and_hardly_anything_with_none(
    resources: Resources, lines: int
) -> None:
    await stock_shop(**GOODS)
    await fill_cart(lines=lines)
    maya = await user("maya")
    assert maya.user_id
    figures = []
    for _ in range(2):
        with counting(resources) as counts:
            async with unit_of_work() as uow:
                await bring_cart_along(uow, maya.user_id, ADA.visitor)
        figures.append(counts)
    brought, nothing_left = figures
    assert brought.postgresql <= 22
    assert brought.mongodb == 1
    assert nothing_left == Counts(postgresql=2, mongodb=0)


async def test_what_is_kept_beside_the_cart_costs_three_questions_while_there_is_nothing(
    resources: Resources,
) -> None:
    maya = replace(await user("maya"), visitor=ADA.visitor)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            await carts.view_saved(uow, owner(maya))
            await wishes.wished_ids(uow, owner(maya))
            await carts.latest_merge(uow, owner(maya))
    assert counts == Counts(postgresql=3, mongodb=0)


@pytest.mark.parametrize("lines", [1, 8])
async def test_saved_items_cost_the_same_with_one_or_eight(resources: Resources, lines: int) -> None:
    await stock_shop(**GOODS)
    await fill_cart(lines=lines)
    async with unit_of_work() as uow:
        for sku in list(GOODS)[:lines]:
            await carts.save_for_later(uow, owner(ADA), sku)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            assert len(await carts.view_saved(uow, owner(ADA))) == lines
    assert counts == Counts(postgresql=2, mongodb=1)


async def test_placing_and_paying_costs_the_same_for_any_number_of_lines(resources: Resources) -> None:
    await stock_shop(**GOODS)
    figures = []
    for who, lines in ((guest("one"), 1), (guest("many"), 8)):
        await fill_cart(who, lines)
        with counting(resources) as counts:
            await check_out(who, Checkout(DETAILS, GOOD_CARD))
        figures.append(counts)
    one, many = figures
    assert many.postgresql == one.postgresql
    assert many.mongodb == one.mongodb <= 4
    assert one.postgresql <= 62
