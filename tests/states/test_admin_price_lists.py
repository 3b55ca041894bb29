"""Staff with price lists."""

from __future__ import annotations

import pytest

from models.permissions import Role
from services.checkout.service import Checkout, check_out
from services.price_list import service as price_lists
from services.unit_of_work import unit_of_work
from store_app.admin.states.home import StaffHomeState
from store_app.admin.states.listed_prices import StaffListedPricesState
from store_app.admin.states.price_list import StaffPriceListState
from store_app.admin.states.price_lists import StaffPriceListsState
from tests.price_samples import sell_in
from tests.services.test_currencies import ADA, IN_EUROS, add, choose
from tests.shop_samples import DETAILS, GOOD_CARD, sign_in, stock_shop
from tests.states.tab import Tab, events

pytestmark = pytest.mark.usefixtures("resources")


async def tab_of_iris(path: str = "/admin/price-lists", role: Role = Role.CATALOG_MANAGER) -> Tab:
    tab = Tab(cookie=(await sign_in("iris", role))["cookie"])
    tab.go(path)
    return tab


async def euros() -> tuple[StaffPriceListState, StaffListedPricesState]:
    tab = await tab_of_iris("/admin/price-lists/EUR")
    one, prices = await tab.state(StaffPriceListState), await tab.state(StaffListedPricesState)
    await one.load()
    await prices.load()
    return one, prices


async def test_a_new_currency_starts_unseen_and_rounded_to_coins() -> None:
    state = await (await tab_of_iris()).state(StaffPriceListsState)
    await state.load()
    await state.add()
    assert await state.create({"currency": "", "rate": "1.1"}) is None
    assert (state.adding, state.errors["currency"]) == (True, "Choose a currency.")
    await state.create({"currency": "CHF", "rate": "a lot"})
    assert state.errors["rate"].startswith("Write a number like 1.17")
    went = events(await state.create({"currency": "CHF", "rate": "1.123"}))
    assert went[0][1]["path"] == "/admin/price-lists/CHF"
    await state.load()
    (row,) = state.rows
    assert (row.code, row.rate, row.rounding, row.label) == (
        "CHF",
        "£1 = 1.123 CHF",
        "to CHF\u00a00.05",
        "Not offered",
    )
    assert "CHF" not in {choice.key for choice in state.choices}


async def test_what_is_typed_is_previewed_before_it_is_saved() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    one, _ = await euros()
    assert (one.form.rate, one.form.step, one.form.ending) == ("1.25", "0.01", "0.00")
    await one.preview("rate", "1.5")
    (row,) = one.preview_rows
    assert (row.home, row.now, row.then, row.changed) == ("£12.00", "€15.00", "€18.00", True)
    await one.preview("step", "1.00")
    await one.preview("ending", "0.99")
    assert one.preview_rows[0].then == "€17.99"
    await one.preview("rate", "1,5 or so")
    assert one.errors["rate"]
    assert one.preview_rows[0].then == "€17.99"
    async with unit_of_work() as uow:
        assert (await price_lists.get(uow, "EUR")).rate == 1_250_000
    await one.save({"rate": "1.5", "step": "1", "ending": ".99", "enabled": "on"})
    async with unit_of_work() as uow:
        saved = await price_lists.get(uow, "EUR")
    assert (saved.rate, saved.step, saved.ending, saved.enabled) == (1_500_000, 100, 99, True)


async def test_somebody_else_s_change_is_not_overwritten_and_nothing_typed_is_lost() -> None:
    await sell_in("EUR", 1_250_000)
    one, _ = await euros()
    other, _ = await euros()
    await other.save({"rate": "1.3", "step": "0.01", "ending": ""})
    await one.save({"rate": "1.4", "step": "0.01", "ending": ""})
    assert "meanwhile" in one.errors["form"]
    assert one.form.rate == "1.4"


async def test_a_price_is_written_by_hand_and_converted_again() -> None:
    await stock_shop(MUG=5, JUG=5)
    await sell_in("EUR", 1_250_000)
    one, prices = await euros()
    await prices.write({"sku": "MUG", "price": "13.90", "before": "15"})
    shown = {row.sku: (row.shown, row.price, row.before, row.by_hand) for row in prices.rows}
    assert shown == {"MUG": ("€13.90", "13.90", "15.00", True), "JUG": ("€15.00", "", "", False)}
    await prices.write({"sku": "JUG", "price": "13.905", "before": ""})
    assert (prices.error_sku, prices.error) == ("JUG", "Use at most 2 decimal places.")
    await prices.convert("MUG")
    assert not any(row.by_hand for row in prices.rows)
    await one.save({"rate": "1.3", "step": "0.01", "ending": "", "enabled": True})
    assert one.errors["form"] == ""


async def test_a_list_that_is_not_there_says_so() -> None:
    tab = await tab_of_iris("/admin/price-lists/XXX")
    one = await tab.state(StaffPriceListState)
    await one.load()
    assert one.missing


async def test_pounds_and_euros_are_never_added_up() -> None:
    await stock_shop(MUG=9)
    await sell_in("EUR", 1_250_000)
    await add(ADA)
    await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    await choose(ADA, "EUR")
    await add(IN_EUROS, quantity=2)
    await check_out(IN_EUROS, Checkout(DETAILS, GOOD_CARD))
    home = await (await tab_of_iris("/admin", Role.ORDER_MANAGER)).state(StaffHomeState)
    await home.load()
    assert home.home.orders_today == 2
    assert (home.home.revenue_today, home.home.others_today) == ("£16.50", "€35.63")
    assert (home.home.revenue_of_days, home.home.others_of_days) == ("£16.50", "€35.63")
