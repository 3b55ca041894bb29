"""Staff with the stock and its locations."""

from __future__ import annotations

import pytest

from models.ids import new_id
from models.permissions import Role
from models.stock import StockReason
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from store_app.admin.states.locations import StaffLocationsState
from store_app.admin.states.stock import StaffStockState
from store_app.admin.states.stock_article import StaffStockArticleState
from store_app.states.toasts import ToastState
from tests.shop_samples import MAYA, level, sign_in, stock_shop
from tests.states.tab import Tab, goes_to

pytestmark = pytest.mark.usefixtures("resources")


async def tab() -> Tab:
    return Tab(cookie=(await sign_in("tom", Role.CATALOG_MANAGER))["cookie"])


async def leeds() -> None:
    async with unit_of_work() as uow:
        await inventory.add_location(uow, code="leeds-store", name="Leeds store", country="GB", by=MAYA)


async def listed(query: str = "") -> list[str]:
    opened = await tab()
    opened.go(f"/admin/stock{query}")
    state = await opened.state(StaffStockState)
    await state.load()
    return [row.sku for row in state.rows]


async def article(sku: str = "MUG") -> StaffStockArticleState:
    opened = await tab()
    opened.go(f"/admin/stock/{sku}")
    state = await opened.state(StaffStockArticleState)
    await state.load()
    return state


def shelves(state: StaffStockArticleState) -> dict[str, str]:
    return {shelf.name: shelf.on_hand for shelf in state.article.shelves}


def wrong(state: StaffStockArticleState) -> set[str]:
    return {field for field, text in state.errors.items() if text}


async def test_the_stock_is_found_by_sku_title_state_and_location() -> None:
    await stock_shop(MUG=9, BOWL=2, JUG=0, VASE=8)
    await leeds()
    async with unit_of_work() as uow:
        await inventory.set_backorder(uow, "VASE", limit=5, days=9, by=MAYA)
        await inventory.hold(uow, new_id(), {"VASE": 10})
        await inventory.transfer(uow, "MUG", 4, source="workshop", target="leeds-store", by=MAYA)
    assert await listed() == ["BOWL", "JUG", "MUG", "VASE"]
    assert await listed("?q=ow") == ["BOWL"]
    assert await listed("?q=vase") == ["VASE"]
    assert await listed("?show=low") == ["BOWL", "JUG", "VASE"]
    assert await listed("?show=backordered") == ["VASE"]
    assert await listed("?location=leeds-store") == ["MUG"]
    assert await listed("?q=zzqx") == []


async def test_a_row_says_what_is_there_promised_and_where() -> None:
    await stock_shop(MUG=9)
    await leeds()
    async with unit_of_work() as uow:
        await inventory.transfer(uow, "MUG", 4, source="workshop", target="leeds-store", by=MAYA)
        await inventory.hold(uow, new_id(), {"MUG": 7})
    opened = await tab()
    opened.go("/admin/stock")
    state = await opened.state(StaffStockState)
    await state.load()
    (row,) = state.rows
    assert (row.title, row.on_hand, row.reserved, row.available, row.note) == ("Mug", "9", 7, 2, "Low")
    assert row.where == "5 in Bristol workshop · 4 in Leeds store"
    assert row.href == "/admin/stock/MUG"


async def test_units_are_counted_received_lost_and_carried_over() -> None:
    await stock_shop(MUG=5)
    await leeds()
    state = await article()
    await state.count({"location": "leeds-store", "reason": "counted", "units": "4"})
    await state.count({"location": "leeds-store", "reason": "received", "units": "2"})
    await state.count({"location": "workshop", "reason": "damaged", "units": "1"})
    await state.move({"source": "leeds-store", "target": "workshop", "units": "3"})
    assert shelves(state) == {"Bristol workshop": "7", "Leeds store": "3"}
    assert await level("MUG") == (10, 0)
    assert [(row.what, row.change, row.where, row.who) for row in state.ledger] == [
        ("Carried over", "+3", "Bristol workshop", "Tom"),
        ("Carried over", "−3", "Leeds store", "Tom"),
        ("Damaged or lost", "−1", "Bristol workshop", "Tom"),
        ("Received", "+2", "Leeds store", "Tom"),
        ("Counted", "+4", "Leeds store", "Tom"),
        ("First count", "+5", "Bristol workshop", "The store"),
    ]


@pytest.mark.parametrize(
    ("form", "fields", "field"),
    [
        ("count", {"location": "workshop", "reason": "damaged", "units": "9"}, "count-units"),
        ("count", {"location": "workshop", "reason": "received", "units": "-2"}, "count-units"),
        ("count", {"location": "workshop", "reason": "counted", "units": "1"}, "count-units"),
        ("count", {"location": "workshop", "reason": "counted", "units": "many"}, "count-units"),
        ("count", {"location": "hull", "reason": "counted", "units": "3"}, "count-location"),
        ("move", {"source": "workshop", "target": "workshop", "units": "1"}, "move-target"),
        ("move", {"source": "workshop", "target": "leeds-store", "units": "9"}, "move-units"),
        ("allow_backorder", {"limit": "5", "days": ""}, "backorder-days"),
        ("allow_backorder", {"limit": "-5", "days": "3"}, "backorder-limit"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(
    form: str, fields: dict[str, str], field: str
) -> None:
    await stock_shop(MUG=5)
    await leeds()
    async with unit_of_work() as uow:
        await inventory.hold(uow, new_id(), {"MUG": 2})
    state = await article()
    saved = state.saved
    await getattr(state, form)(fields)
    assert wrong(state) == {field}
    assert state.saved == saved, "the form keeps what was typed"
    assert await goes_to(state) == field
    assert await level("MUG") == (5, 2)


async def test_what_may_be_made_to_order_is_said_and_not_taken_back_from_buyers() -> None:
    await stock_shop(MUG=1)
    state = await article()
    await state.allow_backorder({"limit": "5", "days": "12"})
    assert (state.article.available, state.article.limit, state.article.days) == (6, "5", "12")
    async with unit_of_work() as uow:
        await inventory.hold(uow, new_id(), {"MUG": 4})
    await state.allow_backorder({"limit": "2", "days": "12"})
    assert state.errors["backorder-limit"] == (
        "3 units of MUG are owed to buyers already: add those to the stock first."
    )


async def test_whoever_counts_reads_that_units_are_owed_and_keeps_what_was_typed() -> None:
    await stock_shop(MUG=0)
    buyer = new_id()
    async with unit_of_work() as uow:
        await inventory.set_backorder(uow, "MUG", limit=5, days=9, by=MAYA)
        await inventory.hold(uow, buyer, {"MUG": 2})
        await inventory.sell(uow, buyer)
    state = await article()
    assert state.article.owing == (
        "Bristol workshop owes 2 to buyers. Choose “Received” for what comes in: it goes to them first."
    )
    assert (state.article.on_hand, shelves(state)) == ("−2", {"Bristol workshop": "−2"})
    saved = state.saved
    await state.count({"location": "workshop", "reason": "counted", "units": "5"})
    assert state.errors["count-units"].startswith("2 units of MUG are sold and owed to buyers.")
    assert state.saved == saved, "the form keeps what was typed"
    await state.count({"location": "workshop", "reason": "received", "units": "5"})
    assert (state.article.owing, shelves(state)) == ("", {"Bristol workshop": "3"})


async def test_an_article_never_heard_of_is_missing() -> None:
    state = await article("NOBODYS")
    assert (state.missing, state.shown, state.article.sku) == (True, "NOBODYS", "")


async def test_older_entries_are_fetched() -> None:
    await stock_shop(MUG=5)
    for _ in range(25):
        async with unit_of_work() as uow:
            await inventory.adjust(uow, "MUG", 1, reason=StockReason.RECEIVED, by=MAYA)
    state = await article()
    assert (len(state.ledger), state.more) == (20, True)
    await state.show_more()
    assert (len(state.ledger), state.more) == (26, False)


async def locations() -> tuple[StaffLocationsState, ToastState]:
    opened = await tab()
    opened.go("/admin/locations")
    state = await opened.state(StaffLocationsState)
    await state.load()
    return state, await opened.state(ToastState)


def codes(state: StaffLocationsState) -> list[str]:
    return [row.code for row in state.rows]


async def test_a_location_is_made_renamed_moved_closed_and_opened() -> None:
    state, _ = await locations()
    await state.edit("")
    await state.save({"name": "Leeds store", "code": "leeds-store", "country": "GB"})
    assert (codes(state), state.editing) == (["workshop", "leeds-store"], False)
    await state.edit("leeds-store")
    assert (state.form.name, state.form.country) == ("Leeds store", "GB")
    await state.save({"name": "Leeds shop", "country": "IE"})
    assert (state.rows[1].name, state.rows[1].country_name) == ("Leeds shop", "Ireland")
    await state.move("leeds-store", -1)
    await state.move("leeds-store", -1)
    assert codes(state) == ["leeds-store", "workshop"]
    await state.set_open("leeds-store", False)
    assert [row.active for row in state.rows] == [False, True]
    await state.set_open("leeds-store", True)
    assert all(row.active for row in state.rows)


async def test_a_location_that_can_not_be_kept_is_said_so_in_the_form() -> None:
    state, _ = await locations()
    for fields, field in (
        ({"name": "", "code": "leeds", "country": "GB"}, "name"),
        ({"name": "Leeds", "code": "Leeds Store", "country": "GB"}, "code"),
        ({"name": "Leeds", "code": "workshop", "country": "GB"}, "code"),
        ({"name": "Leeds", "code": "leeds", "country": "Britain"}, "country"),
    ):
        await state.edit("")
        await state.save(fields)
        assert {name for name, text in state.errors.items() if text} == {field}
        assert state.editing
    assert codes(state) == ["workshop"]


async def test_a_location_with_units_stays_open_and_staff_read_why() -> None:
    await stock_shop(MUG=5)
    await leeds()
    state, told = await locations()
    await state.set_open("workshop", False)
    assert all(row.active for row in state.rows)
    assert told.toasts[-1].text == (
        "Bristol workshop still has or owes units of 1 article. Move them to another location first."
    )
