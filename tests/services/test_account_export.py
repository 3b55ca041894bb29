"""Taking one's data along."""

from __future__ import annotations

import json

import httpx
import pytest

from models.audit import AuditAction
from models.identity import STORE
from models.ids import new_id
from models.permissions import Role
from services.account import service as accounts
from services.audit import service as audit
from services.bootstrap import Resources
from services.unit_of_work import unit_of_work
from tests.people_samples import HIDEOUT, MARKS, settled_maya
from tests.services.test_query_counts import counting
from tests.shop_samples import sign_in, user

pytestmark = pytest.mark.usefixtures("resources")


async def test_everything_that_is_kept_about_somebody_is_in_it(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    async with unit_of_work() as uow:
        kept = await accounts.export(uow, maya.identity)
    text = json.dumps(kept).lower()
    assert [mark for mark in MARKS if mark.lower() not in text] == []
    assert kept["profile"]["preferred_name"] == "May of Bath"
    assert [saved["address"] for saved in kept["addresses"]] == [HIDEOUT.model_dump()]
    cancelled, shipped = kept["orders"]
    assert (shipped["status"], shipped["total"]) == ("shipped", {"amount": 1650, "currency": "GBP"})
    assert (shipped["payment"]["card_last4"], shipped["tracking"]) == ("4242", "RM 42")
    assert [(item["sku"], item["quantity"]) for item in shipped["items"]] == [("MUG", 1)]
    assert cancelled["timeline"][-1]["message"] == "moved in with Robin at 7 Hidden Lane"
    assert kept["cart"] == [
        {"sku": "MUG", "title": "Mug", "quantity": 3, "unit_price": {"amount": 1200, "currency": "GBP"}}
    ]
    assert [(line["sku"], line["quantity"]) for line in kept["saved_for_later"]] == [("MUG", 1)]
    assert [wish["title"] for wish in kept["wish_list"]] == ["Mug"]
    assert [note["text"] for note in kept["notes"]] == ["Asked twice for her mug"]
    assert [key["name"] for key in kept["api_keys"]] == ["quillscript"]
    assert [session["device"] for session in kept["sessions"]] == ["Firefox of hers"]


async def test_what_opens_things_and_who_works_here_is_left_out(api: httpx.AsyncClient) -> None:
    maya = await settled_maya(api)
    async with unit_of_work() as uow:
        text = json.dumps(await accounts.export(uow, maya.identity)).lower()
    for secret in ("jwt-of-maya", "5" * 64, "hash", "olga", "fingerprint", "checkout_key", "visitor"):
        assert secret not in text
    assert maya.headers["cookie"].partition("=")[2] not in text


async def test_the_log_shows_what_one_did_and_what_was_done_to_the_account() -> None:
    maya = await user("maya")
    assert maya.user_id
    olga = await user("olga", Role.SUPPORT)
    async with unit_of_work() as uow:
        audit.record(uow, AuditAction.CUSTOMER_VIEWED, olga, maya.user_id)
        audit.record(uow, AuditAction.STOCK_COUNTED, STORE, "MUG")
        await accounts.change_profile(uow, maya, name="May", phone="")
    for _ in range(2):
        async with unit_of_work() as uow:
            kept = await accounts.export(uow, maya)
    assert [(entry["action"], entry["by"]) for entry in reversed(kept["audit_log"])] == [
        ("customer.viewed", "staff"),
        ("account.changed", "you"),
        ("account.exported", "you"),
    ]


async def test_it_shows_nothing_of_anybody_else(api: httpx.AsyncClient) -> None:
    await settled_maya(api)
    await sign_in("robin")
    robin = await user("robin")
    async with unit_of_work() as uow:
        kept = await accounts.export(uow, robin)
    assert {
        name: kept[name] for name in ("addresses", "orders", "cart", "notes", "api_keys", "audit_log")
    } == {
        "addresses": [],
        "orders": [],
        "cart": [],
        "notes": [],
        "api_keys": [],
        "audit_log": [],
    }


async def test_it_costs_the_same_for_any_number_of_orders(
    api: httpx.AsyncClient, resources: Resources
) -> None:
    maya = await settled_maya(api)
    with counting(resources) as counts:
        async with unit_of_work() as uow:
            kept = await accounts.export(uow, maya.identity)
    assert len(kept["orders"]) == 2
    assert counts.postgresql <= 20


async def test_staff_take_along_what_they_did_but_not_to_whom() -> None:
    robin, olga = await user("robin"), await user("olga", Role.ORDER_MANAGER)
    assert robin.user_id
    assert olga.user_id
    async with unit_of_work() as uow:
        audit.record(uow, AuditAction.CUSTOMER_VIEWED, olga, robin.user_id)
        audit.record(uow, AuditAction.ORDER_SHIPPED, olga, new_id(), "LK-10042", after={"tracking": "RM 42"})
        audit.record(uow, AuditAction.STOCK_COUNTED, olga, "MUG", "MUG", after={"on_hand": 3})
        audit.record(uow, AuditAction.CUSTOMER_VIEWED, olga, olga.user_id)
    async with unit_of_work() as uow:
        kept = (await accounts.export(uow, olga))["audit_log"]
    assert [(entry["action"], entry["object"], entry["changes"]) for entry in reversed(kept)] == [
        ("customer.viewed", "", {}),
        ("order.shipped", "", {}),
        ("stock.counted", "MUG", {"on_hand": [None, 3]}),
        ("customer.viewed", str(olga.user_id), {}),
    ]
    assert "LK-10042" not in json.dumps(kept)
