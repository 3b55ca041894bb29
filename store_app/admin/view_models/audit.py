"""The audit log in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.audit import AuditAction, AuditEntry
from models.money import Money
from store_app.admin.view_models.filters import Chip
from store_app.view_models.dates import exactly, numbered_day_and_time

KIND_LABELS = {
    "order": "Orders",
    "product": "Products",
    "category": "Categories",
    "promotion": "Promotions",
    "price_list": "Price lists",
    "stock": "Stock",
    "location": "Locations",
    "delivery": "Delivery",
    "tax": "Taxes",
    "picture": "Pictures",
    "customer": "Customers",
    "account": "Accounts",
    "api_key": "API keys",
    "staff": "Sign-ins",
    "audit": "Exports",
}
DEEDS: dict[str, str] = {
    AuditAction.PRODUCT_CREATED: "Created product",
    AuditAction.PRODUCT_CHANGED: "Changed product",
    AuditAction.PRODUCT_ARCHIVED: "Archived product",
    AuditAction.CATEGORY_CREATED: "Created category",
    AuditAction.CATEGORY_CHANGED: "Changed category",
    AuditAction.CATEGORY_DELETED: "Deleted category",
    AuditAction.PROMOTION_CREATED: "Created promotion",
    AuditAction.PROMOTION_CHANGED: "Changed promotion",
    AuditAction.PROMOTION_DELETED: "Deleted promotion",
    AuditAction.DELIVERY_ZONE_CREATED: "Created delivery zone",
    AuditAction.DELIVERY_ZONE_CHANGED: "Changed delivery zone",
    AuditAction.DELIVERY_ZONE_DELETED: "Deleted delivery zone",
    AuditAction.DELIVERY_METHOD_CHANGED: "Changed delivery by",
    AuditAction.TAX_CREATED: "Created taxes of",
    AuditAction.TAX_CHANGED: "Changed taxes of",
    AuditAction.TAX_DELETED: "Deleted taxes of",
    AuditAction.PICTURE_STORED: "Stored picture",
    AuditAction.PRICE_LIST_CREATED: "Created price list",
    AuditAction.PRICE_LIST_CHANGED: "Changed price list",
    AuditAction.PRICE_SET: "Set the price of",
    AuditAction.PRICE_REMOVED: "Removed the price of",
    AuditAction.STOCK_COUNTED: "Counted stock of",
    AuditAction.STOCK_ADJUSTED: "Adjusted stock of",
    AuditAction.STOCK_TRANSFERRED: "Moved stock of",
    AuditAction.STOCK_BACKORDER_CHANGED: "Changed made-to-order of",
    AuditAction.LOCATION_CREATED: "Added location",
    AuditAction.LOCATION_CHANGED: "Changed location",
    AuditAction.ORDER_SHIPPED: "Shipped order",
    AuditAction.ORDER_DELIVERED: "Delivered order",
    AuditAction.ORDER_CANCELLED: "Cancelled order",
    AuditAction.ORDER_REFUNDED: "Refunded order",
    AuditAction.CUSTOMER_VIEWED: "Looked at",
    AuditAction.CUSTOMER_NOTE_WRITTEN: "Wrote a note about",
    AuditAction.CUSTOMER_NOTE_REMOVED: "Removed a note about",
    AuditAction.API_KEY_CREATED: "Created API key",
    AuditAction.API_KEY_REVOKED: "Revoked API key",
    AuditAction.STAFF_SIGNED_IN: "Signed in",
    AuditAction.STAFF_SIGNED_OUT: "Signed out",
    AuditAction.STAFF_ROLES_CHANGED: "Was given other roles",
    AuditAction.ACCOUNT_SESSIONS_ENDED: "Signed out other devices",
    AuditAction.ACCOUNT_CHANGED: "Changed their account",
    AuditAction.ACCOUNT_EXPORTED: "Downloaded their data",
    AuditAction.ACCOUNT_DELETED: "Deleted their account",
    AuditAction.AUDIT_EXPORTED: "Exported the audit log",
}
_ABOUT_ONESELF = ("staff.", "account.", "audit.")
"""Deeds whose words say already what they were done to."""
_FIELD_LABELS = {
    "on_hand": "Units on hand",
    "owed": "Units owed to buyers",
    "backorder_limit": "Units made to order",
    "backorder_days": "Days to make them",
    "step": "Rounded to",
    "compare_at_price": "Compare-at price",
    "weight_grams": "Weight in grams",
    "image_url": "Picture",
    "images": "Pictures",
    "slug": "Address",
    "bytes": "Size in bytes",
    "expires_at": "Ends",
    "since": "From",
    "until": "Until",
    "text": "Search",
    "actor_id": "By",
    "object_id": "About",
}
_CODES = ("status", "reason", "scopes", "roles")
"""Fields whose values are written like_this."""
LONGEST = 600
"""Characters of a value that are shown; exports have all of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field; `before` or `after` is empty where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`who_href` leads to what else they did, or to a customer; `outside` says that `href` is no page of the app."""

    id: str
    when: str
    exactly: str
    who: str
    who_href: str
    deed: str
    object: str
    href: str
    outside: bool
    address: str
    request: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class AuditTools:
    """What narrows the list: `narrowed` are filters that can only be taken back. `csv` and `json` are the exports."""

    chips: tuple[Chip, ...] = ()
    narrowed: tuple[Chip, ...] = ()
    text: str = ""
    since: str = ""
    until: str = ""
    csv: str = ""
    json: str = ""
    active: bool = False


def of_entry(entry: AuditEntry, *, who_href: str, href: str) -> AuditRow:
    return AuditRow(
        id=str(entry.id),
        when=numbered_day_and_time(entry.at),
        exactly=exactly(entry.at),
        who=entry.actor,
        who_href=who_href,
        deed=DEEDS.get(entry.action, entry.action),
        object=object_label(entry),
        href=href,
        outside=href.startswith("/media/"),
        address=entry.address,
        request=entry.request_id,
        changes=tuple(_change(name, *values) for name, values in entry.changes.items()),
    )


def object_label(entry: AuditEntry) -> str:
    """What it was done to; a customer has no name here, so that they can be forgotten."""
    if entry.action.startswith(_ABOUT_ONESELF):
        return ""
    return entry.object_name or ("a customer" if entry.action.startswith("customer.") else entry.object_id)


def _change(name: str, before: Any, after: Any) -> Change:
    return Change(_field(name), _shown(name, before), _shown(name, after))


def _field(name: str) -> str:
    """`variants.MUG-1.price` is the price of MUG-1."""
    kind, _, rest = name.partition(".")
    if kind == "variants" and "." in rest:
        sku, _, field = rest.rpartition(".")
        return f"{_field(field)} of {sku}"
    if kind == "options" and rest:
        return f"Values of {rest}"
    return _FIELD_LABELS.get(name) or (rest or name.replace("_", " ").capitalize())


def _shown(name: str, value: Any) -> str:
    text = _text(value)
    if name in _CODES:
        text = text.replace("_", " ")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if value.keys() == {"amount", "currency"}:
            return Money(**value).format()
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, list):
        texts = [_text(each) for each in value]
        return ("\n" if any(" " in text for text in texts) else ", ").join(texts)
    return str(value)
