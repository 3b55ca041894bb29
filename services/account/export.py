"""Everything the store keeps about somebody, for themselves.

Source: GDPR, articles 15 and 20. Others who appear in it, members of staff, do so without their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from models.account import SavedAddress
from models.api_key import ApiKey
from models.audit import AuditAction, AuditEntry
from models.cart import CartOwner
from models.identity import Identity, User, UserSession
from models.ids import now
from models.money import Money
from models.order import OrderEvent
from services.account.addresses import addresses_of
from services.account.person import owner_of
from services.api_key import personal as api_keys
from services.audit import personal as log
from services.audit import service as audit
from services.cart import service as carts
from services.cart.service import CartView, SavedLine
from services.customer import personal as notes
from services.identity import people
from services.order import personal as orders
from services.order.service import OrderView
from services.unit_of_work import UnitOfWork
from services.wishlist import service as wishes
from services.wishlist.service import Wished

_DONE_TO_OTHERS = ("customer", "order")
"""Kinds of objects that are, or belong to, other people."""
_NOT_STAFF = frozenset({"shopper", "store", "gateway"})


async def export(uow: UnitOfWork, identity: Identity) -> dict[str, Any]:
    """As plain JSON values. Hashes and tokens, which open things and say nothing, are left out.

    Raises Unauthenticated, Forbidden (an API key).
    """
    user = await people.find(uow, owner_of(identity))
    kept = {
        "exported_at": now(),
        "profile": _profile(user),
        "addresses": [_address(saved) for saved in await addresses_of(uow, user.id)],
        "sessions": [_session(session) for session in await people.kept_sessions(uow, user.id)],
        "orders": [_order(view, user) for view in await orders.orders_of(uow, user.id)],
        "cart": _cart(await carts.view_cart(uow, CartOwner(user_id=user.id))),
        "saved_for_later": _saved(await carts.view_saved(uow, CartOwner(user_id=user.id))),
        "wish_list": _wishes(await wishes.list_wishes(uow, CartOwner(user_id=user.id))),
        "notes": [
            {"text": note.text, "written_at": note.created_at}
            for note in await notes.notes_about(uow, user.id)
        ],
        "api_keys": [_api_key(key) for key in await api_keys.keys_of(uow, user.id)],
        "audit_log": [_entry(entry, user.id) for entry in await log.entries_concerning(uow, user.id)],
    }
    audit.record(uow, AuditAction.ACCOUNT_EXPORTED, identity, user.id)
    plain: dict[str, Any] = to_jsonable_python(kept)
    return plain


def _profile(user: User) -> dict[str, Any]:
    fields = user.model_dump(
        include={"id", "issuer", "subject", "email", "name", "preferred_name", "phone", "currency", "roles"}
    )
    return fields | {"created_at": user.created_at, "last_sign_in_at": user.last_sign_in_at}


def _address(saved: SavedAddress) -> dict[str, Any]:
    return saved.model_dump(exclude={"user_id"})


def _session(session: UserSession) -> dict[str, Any]:
    return {
        "device": session.user_agent,
        "address": session.address,
        "roles": session.roles,
        "created_at": session.created_at,
        "last_seen_at": session.last_seen_at,
        "expires_at": session.expires_at,
    }


def _order(view: OrderView, user: User) -> dict[str, Any]:
    order, payment = view.order, view.payment

    def money(amount: int) -> Money:
        return Money(amount, order.currency)

    facts = order.model_dump(
        include={"id", "number", "status", "email", "shipping_address", "shipping_method", "tracking"}
    )
    return facts | {
        "placed_at": order.placed_at,
        "paid_at": order.paid_at,
        "items": [
            {
                "sku": item.sku,
                "title": item.title,
                "options": item.options,
                "quantity": item.quantity,
                "unit_price": money(item.unit_price_amount),
                "discount": money(item.discount_amount),
            }
            for item in view.items
        ],
        "subtotal": money(order.subtotal_amount),
        "discount": money(order.discount_amount),
        "promotions": [
            {"name": each["name"], "code": each["code"], "amount": money(each["amount"])}
            for each in order.promotions
        ],
        "shipping": money(order.shipping_amount),
        "tax": money(order.tax_amount),
        "total": money(order.total_amount),
        "payment": {
            "status": payment.status,
            "amount": Money(payment.amount, payment.currency),
            "attempts": payment.attempts,
            "card_brand": payment.card_brand,
            "card_last4": payment.card_last4,
        },
        "refunds": [
            {
                "amount": Money(refund.amount, payment.currency),
                "status": refund.status,
                "reason": refund.reason,
                "created_at": refund.created_at,
            }
            for refund in view.refunds
        ],
        "timeline": [_event(event, user) for event in view.events],
    }


def _event(event: OrderEvent, user: User) -> dict[str, Any]:
    themselves = event.actor in (user.name, user.preferred_name, user.email)
    by = "shopper" if themselves else event.actor or "store"
    by = by if by in _NOT_STAFF else "staff"
    return {"kind": event.kind, "message": event.message, "by": by, "at": event.created_at}


def _cart(view: CartView) -> list[dict[str, Any]]:
    return [
        {
            "sku": line.sku,
            "title": line.title,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
        }
        for line in view.lines
    ]


def _saved(lines: Sequence[SavedLine]) -> list[dict[str, Any]]:
    return [
        {
            "sku": line.sku,
            "title": line.title,
            "quantity": line.quantity,
            "seen_price": line.seen_price,
        }
        for line in lines
    ]


def _wishes(wished: Sequence[Wished]) -> list[dict[str, Any]]:
    return [
        {"sku": each.variant.sku, "title": each.product.title, "wished_at": each.wished_at} for each in wished
    ]


def _api_key(key: ApiKey) -> dict[str, Any]:
    return key.model_dump(exclude={"user_id", "key_hash", "hint"})


def _entry(entry: AuditEntry, user_id: UUID) -> dict[str, Any]:
    """Where staff sat when they did something is theirs; to whom they did it is those others' own."""
    own = entry.actor_id == user_id
    about_others = entry.object_id != str(user_id) and entry.action.partition(".")[0] in _DONE_TO_OTHERS
    by = "you" if own else "staff" if entry.actor_id else "store"
    return {
        "at": entry.at,
        "action": entry.action,
        "by": by,
        "object": "" if about_others else entry.object_id,
        "object_name": "" if about_others else entry.object_name,
        "changes": {} if about_others else entry.changes,
        "address": entry.address if own else "",
    }
