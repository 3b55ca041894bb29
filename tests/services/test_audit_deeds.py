"""What staff do is written down with the change itself; what shoppers and the store do is not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
import structlog

from models.audit import AuditAction
from models.catalog import CategoryDraft
from models.identity import STORE, Identity
from models.ids import new_id
from models.permissions import Permission, Role
from models.stock import StockReason
from services.account import service as accounts
from services.audit import service as audit
from services.catalog import service as catalog
from services.checkout.service import expire_order
from services.errors import Conflict, Invalid, PaymentDeclined
from services.identity import sessions
from services.identity.cookies import parse
from services.inventory import service as inventory
from services.media import service as media
from services.order import service as orders
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from tests.audit_samples import TOM, entries, told
from tests.catalog_samples import add, add_categories, draft, variant
from tests.shop_samples import DECLINED_CARD, MAYA, guest, sign_in, stock_shop, user
from tests.states.purchases import buy

pytestmark = pytest.mark.usefixtures("resources")


async def test_an_order_shipped_and_delivered_by_staff_leaves_two_entries() -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    async with unit_of_work() as uow:
        await orders.ship(uow, order.id, tracking=" RM123 ", by=MAYA)
    async with unit_of_work() as uow:
        await orders.deliver(uow, order.id, by=MAYA)
    assert await told() == [
        ("order.shipped", order.number, {"status": ["paid", "shipped"], "tracking": ["", "RM123"]}),
        ("order.delivered", order.number, {"status": ["shipped", "delivered"]}),
    ]


async def test_an_entry_says_who_did_it_to_what_and_from_where() -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    with structlog.contextvars.bound_contextvars(request_id="request-42"):
        async with unit_of_work() as uow:
            await orders.ship(uow, order.id, tracking="", by=MAYA)
    (entry,) = await entries()
    assert (entry.actor_id, entry.actor, entry.address) == (MAYA.user_id, "Maya", "203.0.113.7")
    assert (entry.object_id, entry.request_id) == (str(order.id), "request-42")


async def test_an_order_cancelled_by_staff_is_recorded_under_their_name() -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    view = await payments.cancel_order(order.id, by=MAYA, reason="Robin Hale asked for it")
    assert await told() == [("order.cancelled", order.number, {"status": ["paid", "cancelled"]})]
    assert view.events[-1].actor == "Maya"


async def test_a_shopper_who_cancels_is_in_the_timeline_only_and_without_a_name() -> None:
    await stock_shop(MUG=2)
    robin = await user("robin")
    order = (await buy(robin)).order
    view = await payments.cancel_order(order.id, by=robin, reason="cancelled by the buyer")
    async with unit_of_work() as uow:
        ledger = await inventory.ledger(uow, "MUG")
    assert (view.events[-1].actor, ledger[0].actor) == ("shopper", "shopper")
    assert await told() == []


async def test_an_order_that_expires_is_nobodys_deed() -> None:
    await stock_shop(MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(guest(), card=DECLINED_CARD)
    async with unit_of_work() as uow:
        (order,) = (await orders.list_orders(uow, guest())).items
    await expire_order(order.order.id)
    async with unit_of_work() as uow:
        view = await orders.get_order(uow, order.order.id, guest())
    assert (view.order.status, view.events[-1].actor) == ("cancelled", "store")
    assert await told() == []


async def test_who_may_manage_orders_answers_for_their_own_as_well() -> None:
    await stock_shop(MUG=1)
    iris = await user("iris", Role.ORDER_MANAGER)
    order = (await buy(iris)).order
    await payments.cancel_order(order.id, by=iris, reason="cancelled by the buyer")
    assert [entry.actor for entry in await entries()] == ["Iris"]


async def test_a_refused_step_and_a_rolled_back_one_leave_no_entry() -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    with pytest.raises(Conflict):
        async with unit_of_work() as uow:
            await orders.deliver(uow, order.id, by=MAYA)
    with suppress(ZeroDivisionError):
        async with unit_of_work() as uow:
            await orders.ship(uow, order.id, tracking="", by=MAYA)
            raise ZeroDivisionError
    assert await told() == []


async def test_counts_and_adjustments_of_stock_are_told_apart() -> None:
    await stock_shop(MUG=5)
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 8, by=TOM)
        await inventory.set_on_hand(uow, "MUG", 8, by=TOM)
        await inventory.adjust(uow, "MUG", -2, reason=StockReason.DAMAGED, by=TOM)
        await inventory.set_on_hand(uow, "MUG", 9, by=STORE)
        with pytest.raises(Invalid):
            await inventory.adjust(uow, "MUG", -20, reason=StockReason.DAMAGED, by=TOM)
    assert await told() == [
        ("stock.counted", "MUG", {"on_hand": [5, 8]}),
        ("stock.adjusted", "MUG", {"on_hand": [8, 6], "reason": [None, "damaged"]}),
    ]


async def test_units_that_come_in_are_told_with_what_is_owed() -> None:
    await stock_shop(MUG=0)
    buyer = new_id()
    async with unit_of_work() as uow:
        await inventory.set_backorder(uow, "MUG", limit=5, days=9, by=STORE)
        await inventory.hold(uow, buyer, {"MUG": 2})
        await inventory.sell(uow, buyer)
        await inventory.adjust(uow, "MUG", 5, reason=StockReason.RECEIVED, by=TOM)
    assert await told() == [
        ("stock.adjusted", "MUG", {"on_hand": [-2, 3], "owed": [2, 0], "reason": [None, "received"]})
    ]


async def test_a_changed_product_tells_its_changed_fields_and_variants_one_by_one() -> None:
    await add_categories()
    known = draft("Harbour mug", variant("HM-1", 1200), brand="Larkspur", tags=["mug"])
    await add(known)
    changed = draft(
        "Harbour mug",
        variant("HM-1", 1400),
        brand="",
        tags=["mug", "sea"],
        attributes={"Made in": "Portugal"},
    )
    async with unit_of_work() as uow:
        await catalog.replace_product(uow, "harbour-mug", changed, expected_version=1, by=TOM)
    await audit.relay()
    (entry,) = await told()
    assert entry == (
        "product.changed",
        "Harbour mug",
        {
            "brand": ["Larkspur", None],
            "tags": [["mug"], ["mug", "sea"]],
            "attributes.Made in": [None, "Portugal"],
            "variants.HM-1.price": [
                {"amount": 1200, "currency": "GBP"},
                {"amount": 1400, "currency": "GBP"},
            ],
        },
    )


async def test_a_product_is_followed_from_its_making_to_its_end_by_one_id() -> None:
    await add_categories()
    async with unit_of_work() as uow:
        product = await catalog.create_product(uow, draft("Slow mug"), stock={"SLOW-MUG": 4}, by=TOM)
        renamed = draft("Slow mug", variant("SLOW-MUG"), slug="slower-mug")
        await catalog.replace_product(uow, "slow-mug", renamed, expected_version=None, by=TOM)
        await catalog.replace_product(uow, "slower-mug", renamed, expected_version=None, by=TOM)
        await catalog.archive_product(uow, "slower-mug", by=TOM)
        await catalog.archive_product(uow, "slower-mug", by=TOM)
    await audit.relay()
    log = await entries()
    assert [(entry.action, entry.object_id) for entry in log] == [
        ("stock.counted", "SLOW-MUG"),
        ("product.created", str(product.id)),
        ("product.changed", str(product.id)),
        ("product.archived", str(product.id)),
    ]
    assert log[1].changes["title"] == [None, "Slow mug"]
    assert log[2].changes == {"slug": ["slow-mug", "slower-mug"]}
    assert log[3].changes == {"status": ["active", "archived"]}


async def test_categories_are_followed_as_well() -> None:
    async with unit_of_work() as uow:
        await catalog.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=TOM)
        await catalog.update_category(uow, "mugs", CategoryDraft(slug="mugs", name="Cups"), by=TOM)
        await catalog.delete_category(uow, "mugs", by=TOM)
    await audit.relay()
    assert await told() == [
        ("category.created", "Mugs", {"slug": [None, "mugs"], "name": [None, "Mugs"], "position": [None, 0]}),
        ("category.changed", "Cups", {"name": ["Mugs", "Cups"]}),
        ("category.deleted", "Cups", {"slug": ["mugs", None], "name": ["Cups", None], "position": [0, None]}),
    ]


async def test_a_picture_is_recorded_when_it_is_new() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    for _ in range(2):
        async with unit_of_work() as uow:
            url = await media.store_image(uow, drawing, "image/svg+xml", by=TOM)
    await audit.relay()
    assert await told() == [
        (
            "picture.stored",
            url.removeprefix("/media/"),
            {"type": [None, "image/svg+xml"], "bytes": [None, len(drawing)]},
        )
    ]


async def test_what_the_store_does_by_itself_is_not_recorded() -> None:
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await media.store_image(uow, b'<svg xmlns="http://www.w3.org/2000/svg"/>', "", by=STORE)
        await catalog.archive_product(uow, "mug", by=STORE)
        await catalog.update_category(uow, "mugs", CategoryDraft(slug="mugs", name="Cups"), by=STORE)
    assert await audit.relay() == 0
    assert await told() == []


async def test_the_deeds_of_an_api_key_are_its_owners() -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    key = replace(MAYA, scopes=frozenset({Permission.MANAGE_ORDERS}))
    async with unit_of_work() as uow:
        await orders.ship(uow, order.id, tracking="", by=key)
    assert [(entry.actor_id, entry.actor) for entry in await entries()] == [(MAYA.user_id, "Maya")]


async def test_a_customer_leaves_neither_name_nor_address_in_the_log() -> None:
    robin = Identity(user_id=new_id(), name="Robin Hale", email="robin@larkspur.example", address="192.0.2.1")
    async with unit_of_work() as uow:
        audit.record(uow, AuditAction.ACCOUNT_CHANGED, robin, str(robin.user_id), after={"phone": "changed"})
    (entry,) = await entries()
    assert (entry.actor, entry.actor_id, entry.address) == ("customer", robin.user_id, "")


@pytest.mark.parametrize("name", ["Mugs\x00", "Mugs\x1b[31m"])
async def test_what_postgresql_cannot_keep_does_not_hold_up_the_log(name: str) -> None:
    async with unit_of_work() as uow:
        await catalog.create_category(uow, CategoryDraft(slug="mugs", name=name), by=TOM)
    assert await audit.relay() == 1
    (entry,) = await entries()
    assert entry.object_name.startswith("Mugs ")
    assert entry.changes["name"] == [None, name]


async def test_a_checkout_is_no_deed_of_staff() -> None:
    await stock_shop(MUG=1)
    await buy(await user("maya", Role.ADMIN))
    assert await told() == []


async def test_nobody_signs_their_deeds_with_the_name_of_a_colleague() -> None:
    """A name of one's own is for shopping: staff are called as the sign-in service calls them."""
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    shopper = await user("mallory")
    async with unit_of_work() as uow:
        await accounts.change_profile(uow, shopper, name="Maya", phone="")
    sent = await sign_in("mallory", Role.ORDER_MANAGER)
    async with unit_of_work() as uow:
        mallory = await sessions.identify(uow, parse(sent["cookie"], uow.settings))
        with pytest.raises(Invalid) as refused:
            await accounts.change_profile(uow, mallory, name="store", phone="")
        view = await orders.ship(uow, order.id, tracking="", by=mallory)
    assert refused.value.errors.keys() == {"name"}
    assert view.events[-1].actor == (await entries())[-1].actor == "Mallory"
