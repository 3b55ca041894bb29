"""Customers for staff: who is found by what, in which order, what is known of them, and what is noted."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from models.account import MAX_NOTE_LENGTH
from models.audit import AuditAction
from models.identity import STORE, Identity
from models.ids import new_id
from models.money import Money
from models.permissions import Role
from services.bootstrap import Resources
from services.customer import service as customers
from services.customer.service import CustomerPage, CustomerView
from services.errors import Conflict, Forbidden, Invalid, NotFound
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from tests.customer_samples import WHITBY, an_hour_passes, audited, buys, leaves, person, saves
from tests.services.test_query_counts import counting
from tests.shop_samples import guest, sign_in, stock_shop, user

pytestmark = pytest.mark.usefixtures("resources")


async def listed(text: str = "", **asked: Any) -> CustomerPage:
    async with unit_of_work() as uow:
        return await customers.list_customers(uow, text=text, **asked)


async def names(text: str = "", **asked: Any) -> list[str]:
    return [each.user.display_name for each in (await listed(text, **asked)).items]


async def opened(who: Identity, by: Identity, **asked: Any) -> CustomerView:
    assert who.user_id
    async with unit_of_work() as uow:
        return await customers.get_customer(uow, who.user_id, by, **asked)


async def noted(about: Identity, text: str, by: Identity) -> UUID:
    assert about.user_id
    async with unit_of_work() as uow:
        return (await customers.add_note(uow, about.user_id, text, by=by)).id


async def unnoted(about: Identity, note_id: UUID, by: Identity) -> None:
    assert about.user_id
    async with unit_of_work() as uow:
        await customers.remove_note(uow, about.user_id, note_id, by=by)


@pytest.mark.parametrize(
    "text",
    [
        "köhler",
        "KOHLER",
        "anne köh",
        "  köh   anne ",
        "liese.k",
        "post.example",
        "+49 761 1234-56",
        "0761 123456",
        "123456",
    ],
)
async def test_a_customer_is_found_by_any_part_of_name_email_or_phone(text: str) -> None:
    await person("robin")
    await person("anne", name="Anneliese Köhler", email="Anneliese.K@post.example", phone="+49 (761) 123456")
    assert await names(text) == ["Anneliese Köhler"]


async def test_a_customer_is_found_by_what_they_want_to_be_called_and_by_their_full_name() -> None:
    await person("wil", name="Wilhelmina Vandenberghe", preferred_name="Billie")
    assert await names("billie") == await names("vandenb") == ["Billie"]


@pytest.mark.parametrize("text", ["%", "_", "a%l", "\\", "100%", "'; --", "kohler robin"])
async def test_signs_of_a_pattern_stand_for_themselves(text: str) -> None:
    await person("robin")
    await person("anne", name="Anneliese Köhler")
    assert await names(text) == []


async def test_a_percent_sign_in_a_name_is_found() -> None:
    await person("robin")
    await person("shop", name="100% Wool")
    assert await names("100%") == await names("%") == ["100% Wool"]


async def test_a_customer_is_found_by_the_number_of_an_order() -> None:
    await stock_shop(MUG=9)
    robin, other = await person("robin"), await person("other")
    number = (await buys(robin)).order.number
    await buys(other)
    await buys(guest())
    assert await names(number) == await names(number.lower()) == await names(number[3:]) == ["Robin"]


@pytest.mark.parametrize("text", ["YO22 4DE", "yo224de", "YO22 4", "YO2"])
async def test_a_customer_is_found_by_a_postcode_of_their_addresses_or_orders(text: str) -> None:
    await stock_shop(MUG=9)
    orders, saved = await person("orders"), await person("saved")
    await buys(await person("elsewhere"))
    await buys(orders, shipping_address=WHITBY)
    await buys(orders, shipping_address=WHITBY)
    await saves(saved)
    assert await names(text) == ["Saved", "Orders"]


async def test_customers_are_sorted_by_age_name_spending_and_orders() -> None:
    await stock_shop(MUG=50)
    often, much, never = await person("often"), await person("Much"), await person("an", name="")
    for _ in range(3):
        await buys(often)
    await buys(much, units=9)
    declined = await buys(never)
    await payments.cancel_order(declined.order.id, by=STORE, reason="test")
    assert [each.user.email for each in (await listed(sort="name")).items] == [
        "an@larkspur.example",
        much.email,
        often.email,
    ]
    assert await names(sort="newest") == ["", "Much", "Often"]
    assert await names(sort="spent") == ["Much", "Often", ""]
    assert await names(sort="orders") == ["Often", "Much", ""]
    assert await names("larkspur", sort="spent") == ["Much", "Often", ""]


@pytest.mark.parametrize("sort", ["newest", "name", "spent", "orders"])
async def test_a_cursor_goes_on_where_the_page_before_ended_whoever_comes_and_goes(sort: str) -> None:
    await stock_shop(MUG=50)
    people = [await person(name) for name in ("eve", "adam", "cain", "abel", "Éva")]
    await buys(people[1])
    await buys(people[3], units=2)
    everybody = [each.user.id for each in (await listed(sort=sort)).items]
    first = await listed(sort=sort, limit=2)
    await leaves(Identity(user_id=everybody[0]))
    await leaves(Identity(user_id=everybody[1]))
    second = await listed(sort=sort, limit=2, cursor=first.next_cursor or "")
    third = await listed(sort=sort, limit=2, cursor=second.next_cursor or "")
    pages = (first, second, third)
    assert [each.user.id for page in pages for each in page.items] == everybody
    assert [page.total for page in pages] == [5, 3, 3]
    assert third.next_cursor is None


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WyJuYW1lIiwgMSwgIngiXQ", "é"])
async def test_a_cursor_of_something_else_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        await listed(cursor=cursor)


async def test_a_cursor_of_another_sort_is_refused() -> None:
    for name in ("ann", "ben"):
        await person(name)
    cursor = (await listed(sort="spent", limit=1)).next_cursor
    assert cursor
    with pytest.raises(Invalid):
        await listed(sort="orders", cursor=cursor)


async def test_deleted_accounts_are_listed_only_when_asked_for() -> None:
    await stock_shop(MUG=5)
    gone = await person("gone")
    number = (await buys(gone)).order.number
    await person("stays")
    await leaves(gone)
    assert await names() == ["Stays"]
    assert await names("gone") == await names(number) == []
    [deleted] = (await listed(deleted=True)).items
    assert (deleted.user.id, deleted.user.email, deleted.purchases.orders) == (gone.user_id, "", 1)
    assert len((await listed(number, deleted=True)).items) == 1


async def test_figures_count_what_was_paid_and_kept() -> None:
    await stock_shop(MUG=50)
    robin = await person("robin")
    await buys(robin)
    await buys(robin, units=2)
    cancelled = (await buys(robin)).order
    await payments.cancel_order(cancelled.id, by=STORE, reason="test")
    purchases = (await opened(robin, await user("sam", Role.SUPPORT))).customer.purchases
    [spending] = purchases.spending
    assert (purchases.orders, spending.total, spending.average) == (
        2,
        Money(1650 + 2850, "GBP"),
        Money(2250, "GBP"),
    )
    assert purchases.last_order_at == cancelled.placed_at


async def test_a_customers_page_has_their_orders_and_marks_those_of_guests() -> None:
    await stock_shop(MUG=50)
    robin, sam = await person("robin"), await user("sam", Role.SUPPORT)
    await buys(await person("somebody"), email=robin.email)
    own = [(await buys(robin)).order.number for _ in range(3)]
    as_guest = (await buys(guest(), email="ROBIN@larkspur.example")).order.number
    await saves(robin, default_shipping=True)
    await sign_in("robin")
    view = await opened(robin, sam, limit=2)
    assert [each.order.number for each in view.orders.items] == own[:0:-1]
    assert view.orders.total == 3
    assert [each.order.number for each in (await opened(robin, sam, limit=2, offset=2)).orders.items] == [
        own[0]
    ]
    assert [each.order.number for each in view.guest_orders.items] == [as_guest]
    assert [saved.address["city"] for saved in view.addresses] == ["Whitby"]
    assert view.customer.sessions == 1
    assert view.customer.last_seen_at > view.customer.user.last_sign_in_at


async def test_a_deleted_customer_has_no_guest_orders() -> None:
    await stock_shop(MUG=5)
    gone, sam = await person("gone"), await user("sam", Role.SUPPORT)
    await leaves(gone)
    await buys(guest())
    assert (await opened(gone, sam)).guest_orders.total == 0


async def test_nobody_has_a_page_of_a_customer_who_is_not_there() -> None:
    with pytest.raises(NotFound):
        await opened(Identity(user_id=new_id()), await user("sam", Role.SUPPORT))


async def test_looking_at_a_customer_is_audited_once_an_hour_for_each_member_of_staff() -> None:
    robin, sam, ada = await person("robin"), await user("sam", Role.SUPPORT), await user("ada", Role.ADMIN)
    for by in (sam, sam, ada, sam):
        await opened(robin, by)
    await opened(await person("other"), sam)
    looks = await audited(robin.user_id)
    assert [(look.action, look.actor_id) for look in looks] == [
        (AuditAction.CUSTOMER_VIEWED, sam.user_id),
        (AuditAction.CUSTOMER_VIEWED, ada.user_id),
    ]
    await an_hour_passes()
    await opened(robin, sam)
    assert len(await audited(robin.user_id)) == 3


async def test_a_note_is_read_by_colleagues_newest_first() -> None:
    robin, sam, maya = (
        await person("robin"),
        await user("sam", Role.SUPPORT),
        await user("maya", Role.ORDER_MANAGER),
    )
    await noted(robin, "  Prefers the telephone.\nAfter six.  ", sam)
    await noted(robin, "Sent a voucher.", maya)
    notes = (await opened(robin, maya)).notes
    assert [(note.author, note.text) for note in notes] == [
        ("Maya", "Sent a voucher."),
        ("Sam", "Prefers the telephone.\nAfter six."),
    ]


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MAX_NOTE_LENGTH + 1), "a\x00b"])
async def test_a_note_needs_words_and_has_limits(text: str) -> None:
    robin, sam = await person("robin"), await user("sam", Role.SUPPORT)
    with pytest.raises(Invalid):
        await noted(robin, text, sam)
    assert await audited(robin.user_id) == []


async def test_the_audit_log_knows_of_notes_but_not_what_they_say() -> None:
    robin, sam = await person("robin"), await user("sam", Role.SUPPORT)
    note_id = await noted(robin, "Allergic to lavender", sam)
    await unnoted(robin, note_id, sam)
    written, removed = await audited(robin.user_id)
    assert (written.action, written.changes) == (
        AuditAction.CUSTOMER_NOTE_WRITTEN,
        {"note": [None, str(note_id)]},
    )
    assert (removed.action, removed.changes) == (
        AuditAction.CUSTOMER_NOTE_REMOVED,
        {"note": [str(note_id), None]},
    )
    assert written.object_name == removed.object_name == ""


async def test_a_note_is_removed_by_its_author_or_an_administrator_only() -> None:
    robin, sam = await person("robin"), await user("sam", Role.SUPPORT)
    first, second = await noted(robin, "First", sam), await noted(robin, "Second", sam)
    with pytest.raises(Forbidden):
        await unnoted(robin, first, await user("maya", Role.ORDER_MANAGER))
    await unnoted(robin, first, sam)
    await unnoted(robin, second, await user("ada", Role.ADMIN))
    async with unit_of_work() as uow:
        assert robin.user_id
        assert await customers.list_notes(uow, robin.user_id) == []


async def test_a_note_is_removed_once_and_only_from_its_own_customer() -> None:
    robin, other, sam = await person("robin"), await person("other"), await user("sam", Role.SUPPORT)
    note_id = await noted(robin, "First", sam)
    with pytest.raises(NotFound):
        await unnoted(other, note_id, sam)
    assert robin.user_id
    async with unit_of_work() as quicker:
        await customers.remove_note(quicker, robin.user_id, note_id, by=sam)
        await quicker.session.flush()
        slower = asyncio.create_task(unnoted(robin, note_id, sam))
        await asyncio.sleep(0.3)
    with pytest.raises(NotFound):
        await slower
    assert len(await audited(robin.user_id)) == 2


async def test_nothing_more_is_written_about_a_deleted_account() -> None:
    gone, sam = await person("gone"), await user("sam", Role.SUPPORT)
    await leaves(gone)
    with pytest.raises(Conflict):
        await noted(gone, "Came back", sam)
    with pytest.raises(NotFound):
        await noted(Identity(user_id=new_id()), "Nobody", sam)


async def test_a_list_costs_the_same_for_one_customer_or_many(resources: Resources) -> None:
    await stock_shop(MUG=50)
    await buys(await person("first"))
    figures = []
    for more in ((), ("second", "third", "fourth")):
        for name in more:
            await buys(await person(name))
        with counting(resources) as counts:
            await listed("larkspur", sort="spent")
        figures.append(counts.postgresql)
    assert figures[0] == figures[1] <= 4
