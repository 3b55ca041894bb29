"""Administrators with the audit log: finding, following, loading more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from models.audit import AuditAction, AuditEntry
from models.identity import Identity
from models.ids import new_id
from models.money import Money
from models.permissions import Role
from services.audit import service as audit
from services.catalog import service as catalog
from services.errors import Forbidden
from services.inventory import service as inventory
from services.order import service as orders
from services.unit_of_work import unit_of_work
from store_app.admin.states.audit import PAGE_SIZE, StaffAuditState
from store_app.admin.states.guard import StaffState
from store_app.admin.states.order import StaffOrderState
from store_app.admin.states.product_editor import ProductEditorState
from store_app.admin.view_models.audit import DEEDS, KIND_LABELS, Change, of_entry
from tests.audit_samples import TOM
from tests.catalog_samples import draft, variant
from tests.shop_samples import MAYA, guest, sign_in, stock_shop
from tests.states.purchases import buy
from tests.states.tab import Tab, events

resources = pytest.mark.usefixtures("resources")

SUMMER_NIGHT = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
"""Half past midnight on 2 June in the store."""


async def admin_tab() -> Tab:
    return Tab(cookie=(await sign_in("ada", Role.ADMIN))["cookie"])


async def shown(tab: Tab, query: str = "") -> StaffAuditState:
    tab.go(f"/admin/audit{query and '?'}{query}")
    state = await tab.state(StaffAuditState)
    await state.load()
    return state


async def write(by: Identity, name: str, *, at: datetime = SUMMER_NIGHT, **fields: Any) -> None:
    async with unit_of_work() as uow:
        entry = audit.entry_of(
            fields.pop("action", AuditAction.ORDER_SHIPPED), by, f"id-{name}", name, **fields
        )
        entry.at = at
        uow.session.add(entry)


@resources
async def test_an_entry_reads_as_a_sentence_with_its_diff_and_leads_to_its_order() -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    async with unit_of_work() as uow:
        await orders.ship(uow, order.id, tracking="RM1", by=MAYA)
    (row,) = (await shown(await admin_tab())).rows
    assert (row.who, row.deed, row.object) == ("Maya", "Shipped order", order.number)
    assert (row.href, row.who_href) == (f"/admin/orders/{order.id}", f"/admin/audit?actor={MAYA.user_id}")
    assert row.address == "203.0.113.7"
    assert row.changes == (Change("Status", "paid", "shipped"), Change("Tracking", "", "RM1"))


@resources
async def test_products_are_followed_to_where_they_are_now_by_id_and_by_sku() -> None:
    await stock_shop(MUG=1)
    renamed = draft("Cup", variant("MUG", 1450), slug="cup", status="active")
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 7, by=TOM)
        await inventory.set_on_hand(uow, "NOBODYS", 7, by=TOM)
        await catalog.replace_product(uow, "mug", renamed, expected_version=None, by=TOM)
    await audit.relay()
    rows = {row.deed + row.object: row for row in (await shown(await admin_tab())).rows}
    assert rows["Changed productCup"].href == "/admin/products/cup"
    assert rows["Counted stock ofMUG"].href == "/admin/products/cup"
    assert rows["Counted stock ofNOBODYS"].href == ""
    assert Change("Price of MUG", "£12.00", "£14.50") in rows["Changed productCup"].changes
    assert rows["Counted stock ofMUG"].changes == (Change("Units on hand", "1", "7"),)


@resources
async def test_a_customer_is_a_link_without_a_name() -> None:
    robin = Identity(user_id=new_id(), name="Robin Hale")
    async with unit_of_work() as uow:
        audit.record(uow, AuditAction.CUSTOMER_VIEWED, MAYA, robin.user_id or "")
        audit.record(uow, AuditAction.ACCOUNT_EXPORTED, robin, robin.user_id or "")
    own, viewed = (await shown(await admin_tab())).rows
    assert (own.who, own.who_href) == ("customer", f"/admin/customers/{robin.user_id}")
    assert (own.deed, own.object) == ("Downloaded their data", "")
    assert (viewed.deed, viewed.object, viewed.href) == (
        "Looked at",
        "a customer",
        f"/admin/customers/{robin.user_id}",
    )


@resources
async def test_the_address_narrows_the_log_and_its_chips_say_how() -> None:
    await write(MAYA, "LK-1")
    await write(MAYA, "LK-2", action=AuditAction.ORDER_CANCELLED)
    await write(TOM, "MUG", action=AuditAction.STOCK_COUNTED)
    tab = await admin_tab()

    async def names(query: str) -> set[str]:
        return {row.object for row in (await shown(tab, query)).rows}

    assert await names("action=order") == {"LK-1", "LK-2"}
    state = await tab.state(StaffAuditState)
    assert [chip.label for chip in state.tools.chips if chip.current] == ["Orders"]
    assert await names(f"actor={TOM.user_id}&action=nonsense&from=never") == {"MUG"}
    assert [(chip.label, chip.href) for chip in state.tools.narrowed] == [
        ("By Tomás Ferreira", "/admin/audit")
    ]
    assert await names("object=id-LK-2&q=lk") == {"LK-2"}
    assert [(chip.label, chip.href) for chip in state.tools.narrowed] == [("About LK-2", "/admin/audit?q=lk")]
    assert await names("action=order.cancelled") == {"LK-2"}
    assert [chip.label for chip in state.tools.narrowed] == ["Cancelled order"]
    assert await names("q=nothing+like+it") == set()
    assert state.tools.active


@resources
async def test_a_day_is_the_stores_own_and_the_fields_follow_the_address() -> None:
    await write(MAYA, "LK-1")
    tab = await admin_tab()
    assert (await shown(tab, "from=2026-06-01&to=2026-06-01")).rows == ()
    state = await shown(tab, "from=2026-06-02&to=2026-06-02")
    assert [row.when for row in state.rows] == ["2 Jun 2026, 00:30"]
    assert state.rows[0].exactly == "2 June 2026, 00:30:00 BST"
    set_values = [payload for _, payload in events(await state.load())]
    assert any("2026-06-02" in str(payload) for payload in set_values)


@resources
async def test_the_exports_have_what_the_page_has() -> None:
    state = await shown(
        await admin_tab(), f"action=order&actor={MAYA.user_id}&from=2026-06-02&to=2026-06-02&q=LK"
    )
    asked = parse_qs(urlsplit(state.tools.csv).query)
    assert urlsplit(state.tools.csv).path == "/api/v1/audit/export"
    assert asked == {
        "action": ["order"],
        "actor": [str(MAYA.user_id)],
        "from": ["2026-06-02T00:00:00+01:00"],
        "to": ["2026-06-03T00:00:00+01:00"],
        "q": ["LK"],
        "format": ["csv"],
    }
    assert state.tools.json.endswith("format=json")


@resources
async def test_more_is_loaded_below_until_there_is_no_more() -> None:
    for number in range(PAGE_SIZE + 3):
        await write(MAYA, f"LK-{number}", at=SUMMER_NIGHT + timedelta(seconds=number))
    state = await shown(await admin_tab(), "action=order")
    assert (len(state.rows), state.total, state.more) == (PAGE_SIZE, PAGE_SIZE + 3, True)
    await state.load_more()
    await state.load_more()
    assert state.more is False
    assert [row.object for row in state.rows] == [f"LK-{number}" for number in reversed(range(PAGE_SIZE + 3))]


@resources
@pytest.mark.parametrize("roles", [(Role.SUPPORT,), (Role.ORDER_MANAGER, Role.CATALOG_MANAGER)])
async def test_other_staff_see_neither_the_log_nor_the_way_to_it(roles: tuple[Role, ...]) -> None:
    await write(MAYA, "LK-1")
    tab = Tab(cookie=(await sign_in("sam", *roles))["cookie"])
    state = await shown(tab)
    assert (state.rows, state.total) == ((), 0)
    assert (await tab.state(StaffState)).refusal == "forbidden"
    with pytest.raises(Forbidden):
        await state.load_more()


@resources
async def test_orders_and_products_are_looked_up_under_the_id_in_the_log() -> None:
    await stock_shop(MUG=2)
    order = (await buy(guest())).order
    tab = Tab(cookie=(await sign_in("iris", Role.ADMIN))["cookie"])
    tab.go(f"/admin/orders/{order.id}")
    page = await tab.state(StaffOrderState)
    await page.load()
    await page.ship({"tracking": ""})
    tab.go("/admin/products/mug")
    editor = await tab.state(ProductEditorState)
    await editor.load()
    await editor.archive()
    await audit.relay()
    for object_id, deed in ((page.order.id, "Shipped order"), (editor.form.id, "Archived product")):
        assert [(row.deed, row.who) for row in (await shown(tab, f"object={object_id}")).rows] == [
            (deed, "Iris")
        ]


def test_every_deed_has_words_and_every_kind_a_chip() -> None:
    assert set(DEEDS) == set(AuditAction)
    assert set(KIND_LABELS) == set(audit.KINDS)


@pytest.mark.parametrize(
    ("name", "values", "change"),
    [
        ("variants.MUG-1.price", [None, Money(1250, "GBP")], Change("Price of MUG-1", "", "£12.50")),
        ("variants.MUG-1.options", [None, {"Size": "L"}], Change("Options of MUG-1", "", "Size: L")),
        ("attributes.Made in", ["Portugal", None], Change("Made in", "Portugal", "")),
        ("options.Colour", [["Moss"], ["Moss", "Sea"]], Change("Values of Colour", "Moss", "Moss, Sea")),
        (
            "details",
            [["Oven proof"], ["Oven proof", "Blue"]],
            Change("Details", "Oven proof", "Oven proof\nBlue"),
        ),
        ("status", ["pending_payment", "paid"], Change("Status", "pending payment", "paid")),
        ("movable", [True, False], Change("Movable", "yes", "no")),
        ("position", [0, 1], Change("Position", "0", "1")),
        ("description", ["", "x" * 900], Change("Description", "", "x" * 600 + " …")),
    ],
)
def test_a_change_is_told_in_words(name: str, values: list[Any], change: Change) -> None:
    entry = audit.entry_of(
        AuditAction.PRODUCT_CHANGED, TOM, "1", before={name: values[0]}, after={name: values[1]}
    )
    assert of_entry(entry, who_href="", href="").changes == (change,)


def test_an_action_of_another_version_of_the_store_is_shown_as_it_is() -> None:
    entry = AuditEntry(action="voucher.printed", actor="Ada", object_id="V1", object_name="")
    row = of_entry(entry, who_href="", href="")
    assert (row.deed, row.object) == ("voucher.printed", "V1")
