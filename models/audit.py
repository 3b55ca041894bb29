"""The audit log: who did what to which object, when and from where."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, timestamp


class AuditAction(StrEnum):
    """Object and deed; the part before the point is the kind of the object."""

    PRODUCT_CREATED = "product.created"
    PRODUCT_CHANGED = "product.changed"
    PRODUCT_ARCHIVED = "product.archived"
    CATEGORY_CREATED = "category.created"
    CATEGORY_CHANGED = "category.changed"
    CATEGORY_DELETED = "category.deleted"
    PROMOTION_CREATED = "promotion.created"
    PROMOTION_CHANGED = "promotion.changed"
    PROMOTION_DELETED = "promotion.deleted"
    DELIVERY_ZONE_CREATED = "delivery.zone_created"
    DELIVERY_ZONE_CHANGED = "delivery.zone_changed"
    DELIVERY_ZONE_DELETED = "delivery.zone_deleted"
    DELIVERY_METHOD_CHANGED = "delivery.method_changed"
    TAX_CREATED = "tax.created"
    TAX_CHANGED = "tax.changed"
    TAX_DELETED = "tax.deleted"
    PICTURE_STORED = "picture.stored"
    PRICE_LIST_CREATED = "price_list.created"
    PRICE_LIST_CHANGED = "price_list.changed"
    PRICE_SET = "price_list.price_set"
    PRICE_REMOVED = "price_list.price_removed"
    STOCK_COUNTED = "stock.counted"
    STOCK_ADJUSTED = "stock.adjusted"
    STOCK_TRANSFERRED = "stock.transferred"
    STOCK_BACKORDER_CHANGED = "stock.backorder_changed"
    LOCATION_CREATED = "location.created"
    LOCATION_CHANGED = "location.changed"
    ORDER_SHIPPED = "order.shipped"
    ORDER_DELIVERED = "order.delivered"
    ORDER_CANCELLED = "order.cancelled"
    ORDER_REFUNDED = "order.refunded"
    CUSTOMER_VIEWED = "customer.viewed"
    CUSTOMER_NOTE_WRITTEN = "customer.note_written"
    CUSTOMER_NOTE_REMOVED = "customer.note_removed"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    STAFF_SIGNED_IN = "staff.signed_in"
    STAFF_SIGNED_OUT = "staff.signed_out"
    STAFF_ROLES_CHANGED = "staff.roles_changed"
    ACCOUNT_SESSIONS_ENDED = "account.sessions_ended"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_EXPORTED = "account.exported"
    ACCOUNT_DELETED = "account.deleted"
    AUDIT_EXPORTED = "audit.exported"


class AuditEntry(Table, table=True):
    """One deed. The database refuses to change or delete an entry.

    `changes` maps each changed field to what it was before and is after. `actor` is the name at the time.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        sa.Index("ix_audit_entries_at", "at", "id"),
        sa.Index("ix_audit_entries_actor_id_at", "actor_id", "at"),
        sa.Index("ix_audit_entries_object_id_at", "object_id", "at"),
        sa.Index("ix_audit_entries_action_at", "action", "at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = Field(default_factory=now, sa_column=timestamp())
    action: str = Field(max_length=40)
    actor_id: UUID | None = None
    actor: str = Field(max_length=254)
    object_id: str = Field(max_length=120)
    object_name: str = Field(default="", max_length=200)
    changes: dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(sa.JSON, nullable=False))
    address: str = Field(default="", max_length=64)
    request_id: str = Field(default="", max_length=64)


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, Any]:
    """Each field that differs: [before, after], None where it was not there."""
    old, new = dict(before or {}), dict(after or {})
    return {
        name: [old.get(name), new.get(name)]
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    }
