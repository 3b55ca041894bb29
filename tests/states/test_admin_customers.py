"""Staff with customers: finding them, reading their page, noting things down."""

from __future__ import annotations

from typing import Any

import pytest

from models.permissions import Role
from services.errors import Forbidden
from store_app.admin.states.customer import NOTE, StaffCustomerState
from store_app.admin.states.customers import StaffCustomersState
from store_app.admin.states.guard import StaffState
from store_app.admin.states.order import StaffOrderState
from tests.customer_samples import WHITBY, buys, leaves, person, saves
from tests.shop_samples import guest, sign_in, stock_shop
from tests.states.tab import Tab, events, goes_to

pytestmark = pytest.mark.usefixtures("resources")


async def staff_tab(name: str = "sam", role: Role = Role.SUPPORT) -> Tab:
    return Tab(cookie=(await sign_in(name, role))["cookie"])


async def listed(tab: Tab, query: str = "") -> StaffCustomersState:
    tab.go(f"/admin/customers?{query}")
    state = await tab.state(StaffCustomersState)
    await state.load()
    return state


async def shown(tab: Tab, customer_id: Any, query: str = "") -> StaffCustomerState:
    tab.go(f"/admin/customers/{customer_id}?{query}")
    state = await tab.state(StaffCustomerState)
    await state.load()
    return state


async def test_the_list_shows_who_bought_what_and_the_roles_of_staff() -> None:
    await stock_shop(MUG=9)
    robin = await person("robin")
    await buys(robin, units=2)
    await person("nameless", name="")
    state = await listed(await staff_tab())
    assert [(row.name, row.email, row.roles, row.orders, row.spent) for row in state.rows] == [
        ("Sam", "sam@larkspur.example", ("Support",), 0, "–"),
        ("nameless@larkspur.example", "", (), 0, "–"),
        ("Robin", robin.email, (), 1, "£28.50"),
    ]
    assert (state.total, state.filtered, state.loaded) == (3, False, True)


async def test_search_and_sort_live_in_the_address() -> None:
    await stock_shop(MUG=9)
    for name in ("zoe", "adam"):
        await person(name)
    await buys(await person("robin"))
    tab = await staff_tab()
    assert [row.name for row in (await listed(tab, "sort=name")).rows] == ["Adam", "Robin", "Sam", "Zoe"]
    state = await listed(tab, "sort=spent&q=larkspur&page=zero")
    assert state.rows[0].name == "Robin"
    assert (state.sort, state.filtered) == ("spent", True)
    assert state.chips[1].href == "/admin/customers?q=larkspur&sort=spent&show=deleted"
    assert events(await state.load()) == [("_set_value", {"ref": "ref_customers_sort", "value": "spent"})]
    assert [row.name for row in (await listed(tab, "sort=richest")).rows] == ["Sam", "Robin", "Adam", "Zoe"]


async def test_who_is_not_found_may_be_among_the_orders() -> None:
    state = await listed(await staff_tab(), "q=nobody%40post.example")
    assert (state.rows, state.orders_href) == ((), "/admin/orders?q=nobody%40post.example")


async def test_a_deleted_account_has_no_name_and_appears_only_when_asked_for() -> None:
    gone = await person("gone")
    await leaves(gone)
    tab = await staff_tab()
    assert [row.name for row in (await listed(tab)).rows] == ["Sam"]
    assert [row.name for row in (await listed(tab, "show=deleted")).rows] == ["Deleted customer"]
    state = await shown(tab, gone.user_id)
    assert (state.customer.name, bool(state.customer.deleted), state.may_write) == (
        "Deleted customer",
        True,
        False,
    )


async def test_a_long_list_has_pages() -> None:
    for number in range(30):
        await person(f"p{number}")
    tab = await staff_tab()
    assert (await listed(tab, "q=larkspur")).pages.next == "/admin/customers?q=larkspur&page=2"
    assert len((await listed(tab, "page=2")).rows) == 6


async def test_a_page_shows_figures_orders_addresses_and_orders_of_guests() -> None:
    await stock_shop(MUG=50)
    robin = await person("robin", phone="+44 1947 600 000")
    await saves(robin, default_shipping=True)
    await buys(robin)
    latest = (await buys(robin, units=2)).order
    as_guest = (await buys(guest(), email=robin.email)).order
    state = await shown(await staff_tab(), robin.user_id)
    customer = state.customer
    assert (customer.name, customer.email, customer.phone_href) == ("Robin", robin.email, "tel:+441947600000")
    assert (customer.orders, customer.spent, customer.average) == (2, "£45.00", "£22.50")
    assert (state.orders[0].number, len(state.orders)) == (latest.number, 2)
    assert [row.number for row in state.guest_orders] == [as_guest.number]
    assert [(card.lines[1], card.use) for card in customer.addresses] == [
        (WHITBY.line1, "Default for delivery"),
        ("1 Quay Street", "From the latest order"),
    ]


async def test_an_address_that_is_saved_is_not_shown_again_as_that_of_the_latest_order() -> None:
    await stock_shop(MUG=50)
    robin = await person("robin")
    await saves(robin)
    await buys(robin, shipping_address=WHITBY.model_copy(update={"phone": "123"}))
    state = await shown(await staff_tab(), robin.user_id)
    assert [(card.lines[0], card.use) for card in state.customer.addresses] == [("Robin Hale", "")]


async def test_many_orders_have_pages() -> None:
    await stock_shop(MUG=50)
    robin = await person("robin")
    first = (await buys(robin)).order
    for _ in range(10):
        await buys(robin)
    tab = await staff_tab()
    state = await shown(tab, robin.user_id)
    assert (len(state.orders), state.pages.next) == (10, f"/admin/customers/{robin.user_id}?page=2")
    assert [row.number for row in (await shown(tab, robin.user_id, "page=2")).orders] == [first.number]


@pytest.mark.parametrize("customer_id", ["nonsense", "0190a9f0-7b1a-7c00-8000-000000000000"])
async def test_an_unknown_customer_gets_a_page_that_shows_nothing_of_the_one_before(customer_id: str) -> None:
    robin, tab = await person("robin"), await staff_tab()
    await shown(tab, robin.user_id)
    state = await shown(tab, customer_id)
    assert (state.missing, state.shown, state.customer.name, state.notes) == (True, customer_id, "", ())


async def test_a_note_is_seen_by_colleagues_who_cannot_remove_it() -> None:
    robin = await person("robin")
    sam, maya, ada = (
        await staff_tab("sam"),
        await staff_tab("maya", Role.ORDER_MANAGER),
        await staff_tab("ada", Role.ADMIN),
    )
    state = await shown(sam, robin.user_id)
    result = await state.add_note({NOTE: "  Prefers the telephone.\r\nAfter six. "})
    assert events(result) == [("_set_value", {"ref": "ref_note", "value": ""})]
    assert await goes_to(state) == NOTE
    assert [(note.author, note.text, note.removable) for note in state.notes] == [
        ("Sam", "Prefers the telephone.\nAfter six.", True)
    ]
    assert [note.removable for note in (await shown(maya, robin.user_id)).notes] == [False]
    assert [note.removable for note in (await shown(ada, robin.user_id)).notes] == [True]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001, None])
async def test_what_was_typed_stays_when_a_note_is_refused(text: str | None) -> None:
    state = await shown(await staff_tab(), (await person("robin")).user_id)
    result = await state.add_note({NOTE: text})
    assert state.note_error
    assert not any("value" in payload for _, payload in events(result))
    await state.add_note({NOTE: "Better"})
    assert (state.note_error, len(state.notes)) == ("", 1)


async def test_a_note_about_an_account_deleted_meanwhile_is_refused_beside_the_field() -> None:
    robin = await person("robin")
    state = await shown(await staff_tab(), robin.user_id)
    await leaves(robin)
    await state.add_note({NOTE: "Rang twice"})
    assert "deleted" in state.note_error


async def test_a_note_is_removed_after_a_question() -> None:
    robin, tab = await person("robin"), await staff_tab()
    state = await shown(tab, robin.user_id)
    await state.add_note({NOTE: "First"})
    await state.ask_remove(state.notes[0].id)
    assert state.removing
    await state.stop_asking()
    assert (state.removing, len(state.notes)) == ("", 1)
    await state.ask_remove(state.notes[0].id)
    await state.remove_note()
    assert (state.removing, state.notes) == ("", ())


async def test_a_note_that_a_colleague_removed_first_is_simply_gone() -> None:
    robin = await person("robin")
    state = await shown(await staff_tab(), robin.user_id)
    await state.add_note({NOTE: "First"})
    other = await shown(await staff_tab("ada", Role.ADMIN), robin.user_id)
    for each in (state, other):
        await each.ask_remove(each.notes[0].id)
        await each.remove_note()
    assert (state.notes, other.notes) == ((), ())


async def test_somebody_elses_note_stays_whatever_the_browser_sends() -> None:
    robin = await person("robin")
    written = await shown(await staff_tab(), robin.user_id)
    await written.add_note({NOTE: "First"})
    state = await shown(await staff_tab("maya", Role.ORDER_MANAGER), robin.user_id)
    await state.ask_remove(state.notes[0].id)
    with pytest.raises(Forbidden):
        await state.remove_note()
    assert len((await shown(await staff_tab("ada", Role.ADMIN), robin.user_id)).notes) == 1


async def test_who_runs_the_catalogue_sees_no_customers() -> None:
    robin = await person("robin")
    tab = await staff_tab("tom", Role.CATALOG_MANAGER)
    assert (await listed(tab)).rows == ()
    assert (await shown(tab, robin.user_id)).customer.name == ""
    access = await tab.state(StaffState)
    assert (access.refusal, access.sees_customers) == ("forbidden", False)


async def test_an_order_leads_to_its_customer_if_there_is_an_account() -> None:
    await stock_shop(MUG=9)
    robin, tab = await person("robin"), await staff_tab()
    orders = [(await buys(robin)).order.id, (await buys(guest())).order.id]
    links = []
    for order_id in orders:
        tab.go(f"/admin/orders/{order_id}")
        state = await tab.state(StaffOrderState)
        await state.load()
        links.append(state.order.customer_href)
    assert links == [f"/admin/customers/{robin.user_id}", ""]
