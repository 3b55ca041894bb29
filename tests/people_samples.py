"""Somebody with a full account, and a look for what is left of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import httpx
import sqlalchemy as sa
from sqlmodel import SQLModel

from models.account import CustomerNote
from models.address import Address
from models.api_key import ApiKey
from models.identity import Identity
from models.ids import now
from models.permissions import Role
from models.saved import LooseLine
from services.account import service as accounts
from services.cart import service as carts
from services.identity.cookies import hash_token, visitor_cookie
from services.settings import settings
from services.unit_of_work import unit_of_work
from services.wishlist import service as wishes
from tests.api.test_orders import cart_with, key, order_for
from tests.shop_samples import owner, sign_in, stock_shop, user

HIDEOUT = Address(
    name="Maya Quill",
    line1="7 Hidden Lane",
    city="Bath",
    postal_code="BA1 1AA",
    country="GB",
    phone="01225 900123",
)
MARKS = (
    "maya",
    "quill",
    "may of bath",
    "hidden lane",
    "BA1 1AA",
    "01225",
    "07700 900123",
    "moved in with",
    "asked twice",
    "quillscript",
    "Firefox of hers",
)
"""What tells of her, in any letter case."""


BROWSER = "the token of her browser"
ASKING_CARD = "pm_card_authenticationRequired"


@dataclass(frozen=True)
class Maya:
    """A customer with everything that can be kept about one. `headers` are those of her browser."""

    identity: Identity
    headers: dict[str, str]
    shipped: str
    cancelled: str


async def ship(api: httpx.AsyncClient, order_id: str, tracking: str = "RM 42") -> None:
    manager = await sign_in("olga", Role.ORDER_MANAGER)
    answer = await api.post(
        f"/api/v1/orders/{order_id}/fulfilments", json={"tracking": tracking}, headers=manager | key()
    )
    assert answer.status_code == 201, answer.text


async def settled_maya(api: httpx.AsyncClient) -> Maya:
    """Maya, with nothing under way: one order shipped, one cancelled while the bank asked, three mugs in the cart."""
    await stock_shop(MUG=9)
    headers = await sign_in("maya")
    headers["cookie"] += f"; {visitor_cookie(settings())}={BROWSER}"
    maya = replace(await user("maya"), visitor=hash_token(BROWSER))
    assert maya.user_id
    shipped = await _order(api, headers)
    await ship(api, shipped)
    cancelled = await _order(api, headers, card=ASKING_CARD)
    reason = {"reason": "moved in with Robin at 7 Hidden Lane"}
    answer = await api.post(f"/api/v1/orders/{cancelled}/cancel", json=reason, headers=headers)
    assert answer.json()["status"] == "cancelled"
    olga = await user("olga", Role.ORDER_MANAGER)
    assert olga.user_id
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(maya), "MUG", 2)
        await carts.save_again(uow, owner(maya), LooseLine("MUG", 1, 1200, "GBP", now()))
        await wishes.add_wish(uow, owner(maya), "mug")
        await accounts.change_profile(uow, maya, name="May of Bath", phone="07700 900123")
        await accounts.add_address(uow, maya, HIDEOUT)
        uow.session.add(
            CustomerNote(
                user_id=maya.user_id, author_id=olga.user_id, author="Olga", text="Asked twice for her mug"
            )
        )
        uow.session.add(
            ApiKey(user_id=maya.user_id, name="quillscript", hint="lk_ab12", key_hash="5" * 64, scopes=[])
        )
        connection = await uow.session.connection()
        told = {"id": maya.user_id, "agent": "Firefox of hers", "token": "jwt-of-maya"}
        await connection.execute(
            sa.text("UPDATE user_sessions SET user_agent = :agent, id_token = :token WHERE user_id = :id"),
            told,
        )
    return Maya(maya, headers, shipped, cancelled)


async def rows() -> list[tuple[str, str]]:
    """Every row of every table, as text."""
    tables = [table.name for table in SQLModel.metadata.sorted_tables] + ["procrastinate_jobs"]
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        found = []
        for table in tables:
            for text in (await connection.execute(sa.text(f'SELECT t::text FROM "{table}" t'))).scalars():  # noqa: S608
                found.append((table, text))
    return found


async def traces(*marks: str) -> set[tuple[str, str]]:
    """Tables in which a mark is found, with the mark."""
    return {(table, mark) for table, text in await rows() for mark in marks if mark.lower() in text.lower()}


async def _order(api: httpx.AsyncClient, headers: dict[str, str], **changes: Any) -> str:
    cart = await cart_with(api, headers, MUG=1)
    wanted: dict[str, Any] = {
        "email": "maya@quill.example",
        "shipping_address": HIDEOUT.model_dump(),
    } | changes
    placed = await api.post(
        "/api/v1/orders",
        json=order_for(cart, wanted.pop("card", "pm_card_visa"), **wanted),
        headers=headers | key(),
    )
    return str(placed.json()["id"])
