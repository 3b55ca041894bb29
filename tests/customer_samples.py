"""People with accounts, and what staff know of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from models.account import SavedAddress
from models.address import Address
from models.audit import AuditEntry
from models.identity import Identity, User
from models.ids import now
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.order.service import CheckoutDetails, OrderView
from services.unit_of_work import unit_of_work
from tests.shop_samples import ADDRESS, GOOD_CARD, owner, user

WHITBY = Address(
    name="Robin Hale", line1="9 Harbour View", city="Whitby", postal_code="YO22 4DE", country="GB"
)


async def person(username: str, /, **known: Any) -> Identity:
    """Somebody with an account; `known` are fields of it, such as a phone number."""
    identity = await user(username)
    if known:
        async with unit_of_work() as uow:
            await uow.session.exec(sa.update(User).where(col(User.id) == identity.user_id).values(**known))
    return identity


async def buys(identity: Identity, sku: str = "MUG", units: int = 1, **details: Any) -> OrderView:
    """Each unit costs £12.00, delivery £4.50."""
    written = {"email": identity.email or "ada@larkspur.example", "shipping_address": ADDRESS, **details}
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(identity), sku, units)
    return await check_out(
        identity, Checkout(CheckoutDetails(**written, shipping_method="standard"), GOOD_CARD)
    )


async def saves(identity: Identity, address: Address = WHITBY, *, default_shipping: bool = False) -> None:
    """Put an address into somebody's address book."""
    assert identity.user_id
    async with unit_of_work() as uow:
        saved = SavedAddress(
            user_id=identity.user_id, address=address.model_dump(), default_shipping=default_shipping
        )
        uow.session.add(saved)


async def leaves(identity: Identity) -> None:
    """Delete somebody's account, as far as staff see it."""
    nothing = {"email": "", "name": "", "preferred_name": "", "phone": "", "roles": []}
    async with unit_of_work() as uow:
        await uow.session.exec(
            sa.update(User).where(col(User.id) == identity.user_id).values(deleted_at=now(), **nothing)
        )


async def audited(object_id: UUID | None) -> list[AuditEntry]:
    """What the audit log has about something, oldest first."""
    async with unit_of_work() as uow:
        found = select(AuditEntry).where(AuditEntry.object_id == str(object_id))
        return list(await uow.session.exec(found.order_by(col(AuditEntry.at), col(AuditEntry.id))))


async def an_hour_passes() -> None:
    """All that is written so far in the audit log lies an hour back."""
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        for trigger in ("DISABLE", "ENABLE"):
            await connection.execute(sa.text(f"ALTER TABLE audit_entries {trigger} TRIGGER USER"))
            if trigger == "DISABLE":
                await connection.execute(
                    sa.update(AuditEntry).values(at=col(AuditEntry.at) - timedelta(hours=1, seconds=1))
                )
