"""Deleting an account: what names the person goes, what the books need stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog

from models.audit import AuditAction
from models.identity import Identity, User
from models.order import Order
from services import idempotency_records
from services.account.addresses import forget_addresses
from services.account.person import lock_account_to_delete, owner_of
from services.api_key import personal as api_keys
from services.audit import service as audit
from services.cart import personal as carts
from services.customer import personal as notes
from services.errors import Conflict
from services.identity import people, sessions
from services.order import personal as orders
from services.payment import personal as payments
from services.unit_of_work import UnitOfWork
from services.wishlist import service as wishes

log = structlog.get_logger()


async def deletion_obstacles(uow: UnitOfWork, identity: Identity) -> list[Order]:
    """One's orders that wait for their payment or their parcel, newest first: they still need who and where.

    Raises Unauthenticated, Forbidden (an API key).
    """
    return await orders.open_orders_of(uow, owner_of(identity))


async def delete_account(uow: UnitOfWork, identity: Identity) -> None:
    """Forget a person. Their orders stay without them; signing in again begins a new account that sees none of it.

    An order placed at the same time is either seen here, or finds the account deleted.
    Raises Unauthenticated, Forbidden (an API key) and Conflict `orders_open` while something is under way.
    """
    user = await lock_account_to_delete(uow, identity)
    their_carts = await carts.lock_carts_of(uow, user.id)
    their_orders = await orders.lock_orders_of(uow, user.id)
    _refuse_while_open(their_orders)
    nameless, order_ids = replace(identity, roles=frozenset()), [order.id for order in their_orders]
    await sessions.end_all_sessions(uow, nameless)
    await api_keys.forget_keys_of(uow, user.id)
    await notes.forget_notes_about(uow, user.id)
    await forget_addresses(uow, user.id)
    await orders.anonymise(uow, their_orders, _names(user))
    await payments.forget_cards(uow, order_ids)
    await carts.forget(uow, user.id, their_carts, ordered={order.cart_id for order in their_orders})
    await wishes.forget(uow, user.id)
    await idempotency_records.forget_those_of(uow, user.id, order_ids)
    await people.refuse_old_tokens_of(uow, user)
    user.anonymise()
    audit.record(uow, AuditAction.ACCOUNT_DELETED, nameless, user.id)
    log.info("account_deleted", user_id=str(user.id), orders=len(their_orders))


def _refuse_while_open(their_orders: Sequence[Order]) -> None:
    numbers = [order.number for order in their_orders if order.status in orders.OPEN]
    if numbers:
        raise Conflict(
            f"There {'are orders' if len(numbers) > 1 else 'is an order'} under way: {', '.join(numbers)}. "
            "Cancel what isn't sent yet, or wait until the parcel has left us. Then delete your account.",
            code="orders_open",
            orders=numbers,
        )


def _names(user: User) -> set[str]:
    """What timelines may call this person."""
    return {name for name in (user.name, user.preferred_name, user.email) if name}
