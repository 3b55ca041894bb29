"""Deleting an account: nothing that names the person stays, and nothing that the books need goes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from models.api_key import ApiKey
from models.audit import AuditAction, AuditEntry
from models.cart import Cart, CartOwner
from models.identity import Identity, User
from models.ids import now
from models.order import Order, OrderStatus
from models.payment import Payment
from models.permissions import Permission, Role
from models.saved import LooseLine
from services.account import service as accounts
from services.api_key import service as api_keys
from services.cart import service as carts
from services.checkout.service import Checkout, bring_cart_along, check_out, expire_order
from services.errors import Conflict, PaymentDeclined, StoreError, Unauthenticated, Unavailable
from services.identity import cookies, people, sessions
from services.notification import service as notification
from services.order import service as orders
from services.payment import service as payments
from services.settings import settings
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.checkout_start import adjusted_cart
from tests.api.test_orders import cart_with, key, order_for
from tests.cart_samples import browser, count_stock, fill, in_cart, sign_in_at
from tests.integration.test_jobs import messages
from tests.people_samples import ASKING_CARD, BROWSER, HIDEOUT, MARKS, settled_maya, ship, traces
from tests.services.test_checkout import all_orders, cart_of, fill_cart
from tests.shop_samples import (
    DECLINED_CARD,
    DETAILS,
    GOOD_CARD,
    guest,
    level,
    owner,
    sign_in,
    stock_shop,
    user,
)

pytestmark = pytest.mark.usefixtures("resources")

AT_HOME = browser("home")


async def delete(who: Identity) -> None:
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, who)


async def stored_user(user_id: UUID | None) -> User:
    async with unit_of_work() as uow:
        return (await uow.session.exec(select(User).where(User.id == user_id))).one()


async def payment_of(order_id: str) -> Payment:
    async with unit_of_work() as uow:
        return (await uow.session.exec(select(Payment).where(Payment.order_id == UUID(order_id)))).one()


BOOKKEEPING = (
    "id",
    "number",
    "status",
    "items",
    "subtotal",
    "discount",
    "shipping",
    "tax",
    "total",
    "placed_at",
)


async def books(api: httpx.AsyncClient) -> list[dict[str, Any]]:
    """What staff are told of all orders, less the people."""
    told = await api.get("/api/v1/orders", headers=await sign_in("sam", Role.SUPPORT))
    return [{name: order[name] for name in BOOKKEEPING} for order in told.json()["items"]]


async def test_nothing_in_any_table_tells_of_somebody_who_left(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    assert {mark for _, mark in await traces(*MARKS)} == set(MARKS)
    hashes = [maya.identity.visitor]
    for order in await all_orders():
        hashes += [order.fingerprint, order.checkout_key or order.fingerprint]
    assert {mark for _, mark in await traces(*hashes)} == set(hashes)
    await delete(maya.identity)
    assert await traces(*MARKS, *hashes, "jwt-of", "lk_ab12") == set()
    left = await stored_user(maya.identity.user_id)
    assert (left.subject, left.roles, left.deleted_at is not None) == (f"deleted:{left.id}", [], True)


async def test_what_was_sold_stays_in_the_books_to_the_penny(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    before = await books(api)
    await delete(maya.identity)
    assert await books(api) == before
    support = await sign_in("sam", Role.SUPPORT)
    kept = (await api.get(f"/api/v1/orders/{maya.shipped}", headers=support)).json()
    assert (kept["email"], kept["tracking"], kept["payment"]["card"]) == ("", "RM 42", None)
    assert {name: text for name, text in kept["shipping_address"].items() if text} == {
        "name": "Deleted customer",
        "country": "GB",
    }
    cancelled = (await api.get(f"/api/v1/orders/{maya.cancelled}", headers=support)).json()
    assert [(event["kind"], event["message"]) for event in cancelled["timeline"]][-1] == ("cancelled", "")


async def test_a_reason_that_the_store_gave_stays(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    maya = await user("maya")
    await fill_cart(maya, MUG=1)
    async with unit_of_work() as uow:
        view = await carts.view_cart(uow, owner(maya))
        assert view.id
        cart = await carts.find_open_cart(uow, view.id, maya)
        order = await orders.place_order(uow, cart, maya, DETAILS)
    await expire_order(order.id)
    await delete(maya)
    async with unit_of_work() as uow:
        kept = await orders.get_order(uow, order.id, await user("sam", Role.SUPPORT))
    assert kept.events[-1].message == "not paid in time"


async def test_cart_and_its_holds_are_gone_and_the_goods_are_for_sale_again(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    assert await cart_of(maya.identity) == {"MUG": 3}
    await delete(maya.identity)
    assert await cart_of(maya.identity) == {}
    assert await level("MUG") == (8, 0)
    async with unit_of_work() as uow:
        left = [(cart.status, cart.visitor) for cart in await uow.session.exec(select(Cart))]
    assert left == [("ordered", "")] * 2


async def test_the_browser_is_signed_out_and_the_next_sign_in_begins_afresh(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    elsewhere = await sign_in("maya")
    await delete(maya.identity)
    for headers in (maya.headers, elsewhere):
        assert (await api.get("/api/v1/me", headers=headers)).status_code == 401
    again = await sign_in("maya")
    me = (await api.get("/api/v1/me", headers=again)).json()
    assert (me["name"], me["phone"]) == ("Maya", "")
    assert me["id"] != str(maya.identity.user_id)
    for path in ("orders", "me/addresses"):
        assert (await api.get(f"/api/v1/{path}", headers=again)).json()["items"] == []
    assert (await api.get(f"/api/v1/orders/{maya.shipped}", headers=again)).status_code == 404
    assert (await api.get(f"/api/v1/orders/{maya.shipped}")).status_code == 404


async def test_the_log_says_that_an_account_was_deleted_but_not_whose(api: httpx.AsyncClient) -> None:
    await delete(replace(await user("iris", Role.CATALOG_MANAGER), address="192.0.2.7"))
    async with unit_of_work() as uow:
        query = select(AuditEntry).where(col(AuditEntry.action) == AuditAction.ACCOUNT_DELETED.value)
        (entry,) = await uow.session.exec(query)
    assert (entry.actor, entry.object_name, entry.object_id) == ("customer", "", str(entry.actor_id))
    assert await traces("iris") == set()


async def test_an_account_without_anything_can_be_deleted_and_only_once() -> None:
    maya = await user("maya")
    await delete(maya)
    with pytest.raises(Unauthenticated, match="deleted"):
        await delete(maya)


async def test_orders_under_way_keep_the_account_until_they_are_sent(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    maya = await user("maya")
    await fill_cart(maya, MUG=1)
    paid = (await check_out(maya, Checkout(DETAILS, GOOD_CARD))).order
    await fill_cart(maya, MUG=1)
    async with unit_of_work() as uow:
        view = await carts.view_cart(uow, owner(maya))
        assert view.id
        waiting = await orders.place_order(uow, await carts.find_open_cart(uow, view.id, maya), maya, DETAILS)
    async with unit_of_work() as uow:
        found = await accounts.deletion_obstacles(uow, maya)
    assert [order.number for order in found] == [waiting.number, paid.number]
    with pytest.raises(Conflict) as refused:
        await delete(maya)
    assert (refused.value.code, refused.value.extra["orders"]) == (
        "orders_open",
        [waiting.number, paid.number],
    )
    assert (await stored_user(maya.user_id)).email == "maya@larkspur.example"
    cancelled = await api.post(f"/api/v1/orders/{waiting.id}/cancel", headers=await sign_in("maya"))
    assert cancelled.status_code == 200
    with pytest.raises(Conflict, match=f"is an order under way: {paid.number}"):
        await delete(maya)
    await ship(api, str(paid.id))
    await delete(maya)


async def test_no_mail_goes_to_somebody_who_left(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    (number,) = [order.number for order in await all_orders() if str(order.id) == maya.shipped]
    await delete(maya.identity)
    await notification.send_order_confirmation(UUID(maya.shipped))
    await notification.send_order_shipped(UUID(maya.shipped))
    assert [mail for mail in await messages("") if number in mail["subject"]] == []


async def test_a_late_word_of_the_gateway_brings_no_card_back(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    assert (await payment_of(maya.cancelled)).card_last4 == "3220"
    await delete(maya.identity)
    await payments.settle(UUID(maya.cancelled))
    assert (await payment_of(maya.cancelled)).card_last4 == ""


async def guests_cart() -> UUID:
    async with unit_of_work() as uow:
        view = await carts.create_cart(uow, CartOwner())
        assert view.id
        await carts.add_to_cart(uow, await carts.find_open_cart(uow, view.id, Identity()), "MUG", 1)
        return view.id


@pytest.mark.parametrize("whose", ["their own", "nobody's"])
async def test_an_order_placed_while_the_account_is_being_deleted_is_refused(whose: str) -> None:
    await stock_shop(MUG=5)
    maya = await user("maya")
    await fill_cart(maya, MUG=1)
    cart = await guests_cart() if whose == "nobody's" else None
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, maya)
        buying = asyncio.create_task(check_out(maya, Checkout(DETAILS, GOOD_CARD, cart)))
        await asyncio.sleep(0.5)
        assert not buying.done()
    with pytest.raises(Unauthenticated, match="deleted"):
        await buying
    assert await all_orders() == []


async def test_whoever_writes_an_order_finds_the_account_deleted() -> None:
    """Even with a cart that it has locked before."""
    await stock_shop(MUG=5)
    maya = await user("maya")
    cart_id = await guests_cart()
    await delete(maya)
    async with unit_of_work() as uow:
        cart = await carts.find_open_cart(uow, cart_id, maya)
        with pytest.raises(Unauthenticated, match="deleted"):
            await orders.place_order(uow, cart, maya, DETAILS)


async def test_an_order_that_is_being_placed_keeps_the_account() -> None:
    await stock_shop(MUG=5)
    maya = await user("maya")
    cart_id = await guests_cart()
    async with unit_of_work() as uow:
        await orders.place_order(uow, await carts.find_open_cart(uow, cart_id, maya), maya, DETAILS)
        deleting = asyncio.create_task(delete(maya))
        await asyncio.sleep(0.5)
        assert not deleting.done()
    with pytest.raises(Conflict) as refused:
        await deleting
    assert refused.value.code == "orders_open"


async def test_a_cart_begun_while_the_account_is_being_deleted_is_not_left_behind() -> None:
    await stock_shop(MUG=5)
    maya = await user("maya")
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, maya)
        adding = asyncio.create_task(fill_cart(maya, MUG=1))
        await asyncio.sleep(0.5)
    with pytest.raises(Unauthenticated, match="deleted"):
        await adding
    async with unit_of_work() as uow:
        assert list(await uow.session.exec(select(Cart))) == []


async def saves(uow: UnitOfWork, who: CartOwner) -> None:
    await carts.save_for_later(uow, who, "MUG")


async def puts_back(uow: UnitOfWork, who: CartOwner) -> None:
    await carts.put_back(uow, who, LooseLine("MUG", 99, 1200, "GBP", now()))


async def adds_two(uow: UnitOfWork, who: CartOwner) -> None:
    await carts.create_cart(uow, who, {"BOWL": 1, "MUG": 1})


async def saves_again(uow: UnitOfWork, who: CartOwner) -> None:
    await carts.save_again(uow, who, LooseLine("MUG", 1, 1200, "GBP", now()))


async def buys_what_is_left(uow: UnitOfWork, who: CartOwner) -> None:
    await adjusted_cart(uow, who, {})


async def brings_along(uow: UnitOfWork, who: CartOwner) -> None:
    assert who.user_id
    await carts.merge_carts(uow, who.user_id, AT_HOME.visitor)


async def undoes(uow: UnitOfWork, who: CartOwner) -> None:
    merge = await carts.latest_merge(uow, replace(who, visitor=AT_HOME.visitor))
    assert merge
    await carts.undo_merge(uow, who, merge.id)


@pytest.mark.parametrize(
    ("deed", "on_hand"),
    [
        (saves, 9),
        (saves_again, 9),
        (puts_back, 9),
        (adds_two, 9),
        (buys_what_is_left, 1),
        (brings_along, 9),
        (undoes, 9),
    ],
    ids=["saved", "saved again", "put back", "two added", "adjusted", "brought along", "undone"],
)
async def test_a_cart_that_is_changed_while_its_account_is_being_deleted_gets_in_nobodys_way(
    deed: Callable[[UnitOfWork, CartOwner], Awaitable[None]], on_hand: int
) -> None:
    """Person before cart, also where the cart is written twice or something is saved for the person."""
    await stock_shop(MUG=9, BOWL=9)
    maya = await user("maya")
    await fill_cart(maya, MUG=2, BOWL=2)
    await fill(AT_HOME, MUG=1)
    await sign_in_at("maya", at="home")
    await fill(AT_HOME, BOWL=1)
    await count_stock(MUG=on_hand, BOWL=on_hand)

    async def change() -> None:
        async with unit_of_work() as uow:
            await deed(uow, carts.owner_of(maya))

    async with unit_of_work() as uow:
        assert maya.user_id
        await people.lock_to_delete(uow, maya.user_id)
        changing = asyncio.create_task(change())
        await asyncio.sleep(0.4)
        await accounts.delete_account(uow, maya)
    with pytest.raises(Unauthenticated, match="deleted"):
        await changing
    assert await in_cart(AT_HOME) == {"BOWL": 1}


async def test_an_addition_that_waited_for_a_payment_gets_in_no_deletions_way() -> None:
    """The cart it waited for has become an order, and stays locked although it is of no use any more."""
    await stock_shop(MUG=9)
    maya = await user("maya")
    await fill_cart(maya, MUG=1)
    async with unit_of_work() as uow:
        view = await carts.view_cart(uow, owner(maya))
        assert view.id
        order = await orders.place_order(uow, await carts.find_open_cart(uow, view.id, maya), maya, DETAILS)
    async with unit_of_work() as uow:
        await orders.mark_paid(uow, await orders.lock_order(uow, order.id))
        adding = asyncio.create_task(fill_cart(maya, MUG=1))
        await asyncio.sleep(0.4)
        deleting = asyncio.create_task(delete(maya))
        await asyncio.sleep(0.4)
    await adding
    with pytest.raises(Conflict) as refused:
        await deleting
    assert refused.value.code == "orders_open"
    assert await cart_of(maya) == {"MUG": 1}


async def later(work: Awaitable[Any], chance: random.Random) -> Any:
    await asyncio.sleep(chance.random() * 0.15)
    return await work


async def busy_tab(maya: Identity, visitor: str, headers: dict[str, str]) -> None:
    """A page of another tab: who is there, the guest's cart comes along, an address is saved."""
    token = headers["cookie"].partition("=")[2]
    async with unit_of_work() as uow:
        who = await sessions.identify(uow, cookies.Cookies(session=token, visitor=visitor))
        if who.user_id:
            await bring_cart_along(uow, who.user_id, who.visitor)
            await accounts.add_address(uow, who, HIDEOUT)


async def test_whatever_happens_at_once_an_account_is_there_with_its_order_or_gone_without() -> None:
    await stock_shop(MUG=99)
    chance = random.Random(7)
    outcomes = []
    for number in range(24):
        name = f"person-{number}"
        headers = await sign_in(name)
        maya = await user(name)
        await fill_cart(maya, MUG=1)
        await fill_cart(guest(name), MUG=1)
        await let_sessions_rest()
        told = await asyncio.gather(
            later(check_out(maya, Checkout(DETAILS, GOOD_CARD)), chance),
            later(delete(maya), chance),
            later(busy_tab(maya, name, headers), chance),
            later(fill_cart(maya, MUG=1), chance),
            return_exceptions=True,
        )
        assert [error for error in told if isinstance(error, Unavailable)] == []
        assert all(isinstance(error, StoreError) for error in told if isinstance(error, BaseException)), told
        left = await stored_user(maya.user_id)
        async with unit_of_work() as uow:
            theirs = list(await uow.session.exec(select(Order).where(Order.user_id == maya.user_id)))
        outcomes.append(left.deleted_at is not None)
        if left.deleted_at:
            assert theirs == []
            assert await traces(name) == set()
        else:
            assert [order.status for order in theirs] == [OrderStatus.PAID]
            assert theirs[0].email
    assert set(outcomes) == {True, False}


async def test_a_sign_in_during_the_deletion_begins_a_new_account() -> None:
    maya = await user("maya")
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, maya)
        signing_in = asyncio.create_task(sign_in("maya"))
        await asyncio.sleep(0.5)
        assert not signing_in.done()
    await signing_in
    again = await user("maya")
    assert again.user_id != maya.user_id
    assert (await stored_user(again.user_id)).issuer == settings().oidc_issuer


async def test_no_api_key_is_made_for_an_account_that_is_being_deleted() -> None:
    ada = await user("ada", Role.ADMIN)
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, ada)
        making = asyncio.create_task(new_key(ada))
        await asyncio.sleep(0.5)
    with pytest.raises(Unauthenticated, match="deleted"):
        await making
    async with unit_of_work() as uow:
        assert list(await uow.session.exec(select(ApiKey))) == []


async def new_key(who: Identity) -> None:
    scopes = frozenset({Permission.VIEW_ORDERS})
    async with unit_of_work() as uow:
        await api_keys.create_key(uow, who, name="script", scopes=scopes, expires_in_days=30)


async def test_staff_leave_their_name_on_their_work_but_on_no_order_of_their_own(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=3)
    olga = await user("olga", Role.ORDER_MANAGER)
    await fill_cart(olga, MUG=1)
    order = (await check_out(olga, Checkout(DETAILS, GOOD_CARD))).order
    headers = await sign_in("olga", Role.ORDER_MANAGER)
    await api.post(
        f"/api/v1/orders/{order.id}/cancel", json={"reason": "Olga changed her mind"}, headers=headers
    )
    assert ("order_events", "Olga") in await traces("Olga")
    await delete(olga)
    assert {table for table, _ in await traces("Olga")} == {"audit_entries", "stock_entries"}


async def test_a_guests_open_order_does_not_follow_into_an_account_that_is_gone() -> None:
    await stock_shop(MUG=5)
    maya, ada = await user("maya"), guest("ada")
    await fill_cart(ada, MUG=1)
    with pytest.raises(PaymentDeclined):
        await check_out(ada, Checkout(DETAILS, DECLINED_CARD))
    assert maya.user_id
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, maya)
        opening_a_page = asyncio.create_task(come_along(maya.user_id, ada.visitor))
        await asyncio.sleep(0.5)
        assert not opening_a_page.done()
    with pytest.raises(Unauthenticated, match="deleted"):
        await opening_a_page
    (order,) = await all_orders()
    assert (order.user_id, await cart_of(ada)) == (None, {"MUG": 1})


async def come_along(user_id: UUID, visitor: str) -> None:
    async with unit_of_work() as uow:
        await bring_cart_along(uow, user_id, visitor)


async def test_nobody_signs_in_to_what_is_left_of_an_account() -> None:
    """Not even somebody whose name at the provider is made to fit."""
    maya = await user("maya")
    await delete(maya)
    impostor = await user((await stored_user(maya.user_id)).subject)
    assert impostor.user_id != maya.user_id


async def test_an_answer_kept_for_a_guest_goes_with_the_order_that_became_the_accounts(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=3)
    maya = await user("maya")
    assert maya.user_id
    browser = {
        "cookie": f"{cookies.visitor_cookie(settings())}={BROWSER}",
        "origin": settings().public_url,
    }
    cart = await cart_with(api, browser, MUG=1)
    body = order_for(cart, ASKING_CARD, shipping_address=HIDEOUT.model_dump())
    order = (await api.post("/api/v1/orders", json=body, headers=browser | key())).json()["id"]
    await come_along(maya.user_id, cookies.hash_token(BROWSER))
    assert ("idempotency_records", "hidden lane") in await traces("hidden lane")
    await payments.cancel_order(UUID(order), by=maya, reason="")
    await delete(maya)
    assert await traces("hidden lane") == set()


async def test_a_page_at_work_and_a_deletion_over_rest_wait_for_each_other(api: httpx.AsyncClient) -> None:
    here, there = await sign_in("maya"), await sign_in("maya")
    await let_sessions_rest()
    token = here["cookie"].partition("=")[2]
    async with unit_of_work() as uow:
        who = await sessions.identify(uow, cookies.Cookies(session=token))
        body = {"confirm": "delete my account"}
        deleting = asyncio.create_task(api.request("DELETE", "/api/v1/me", json=body, headers=there))
        await asyncio.sleep(0.5)
        await accounts.add_address(uow, who, HIDEOUT)
    assert (await deleting).status_code == 204
    assert await traces("hidden lane") == set()


async def let_sessions_rest() -> None:
    """So that the next look-up of each is written down."""
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(sa.text("UPDATE user_sessions SET last_seen_at = now() - interval '5 min'"))
