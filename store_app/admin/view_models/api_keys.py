"""API keys as staff see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.api_key import DEFAULT_LIFETIME_DAYS, SCOPES, ApiKey, KeyStatus
from models.identity import User
from models.ids import now
from models.permissions import Permission
from store_app.admin.view_models.filters import Choice
from store_app.view_models.dates import day_and_time, numbered_day

SCOPE_LABELS: dict[str, str] = {
    Permission.VIEW_ORDERS: "See orders",
    Permission.MANAGE_ORDERS: "Ship and cancel orders",
    Permission.MANAGE_CATALOG: "Change products, categories, stock and promotions",
    Permission.VIEW_CUSTOMERS: "See customers",
    Permission.MANAGE_CUSTOMERS: "Write notes about customers",
    Permission.VIEW_AUDIT: "Read the audit log",
}
STATUS_LABELS: dict[str, str] = {
    KeyStatus.EXPIRED: "Expired",
    KeyStatus.REVOKED: "Revoked",
    KeyStatus.RESTING: "Rests: owner away",
    KeyStatus.ORPHANED: "Account deleted",
}
NO_END = "never"
LIFETIMES = (
    Choice("30", "30 days"),
    Choice("90", "90 days"),
    Choice("365", "A year"),
    Choice(NO_END, "Never, until it is revoked"),
)
USUAL_LIFETIME = str(DEFAULT_LIFETIME_DAYS)
ENDS_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """`label` is what is remarkable about the key; empty for a live one that has weeks to go.

    `live` means that it can be revoked.
    """

    id: str
    name: str
    hint: str
    owner: str
    may: tuple[str, ...]
    created: str
    last_used: str
    ends: str
    label: str
    tone: str
    live: bool


@dataclass(frozen=True, slots=True)
class FreshKey:
    """A key in the moment of its making; all empty otherwise. `command` tries it out."""

    name: str = ""
    key: str = ""
    command: str = ""


def of_key(key: ApiKey, owner: User, status: KeyStatus) -> KeyRow:
    live = status in (KeyStatus.LIVE, KeyStatus.RESTING)
    end = key.revoked_at or key.expires_at
    soon = live and key.expires_at is not None and key.expires_at - now() < ENDS_SOON
    return KeyRow(
        id=str(key.id),
        name=key.name,
        hint=f"{key.hint}…",
        owner=owner.name or owner.email or "A deleted account",
        may=tuple(SCOPE_LABELS[scope] for scope in SCOPES if scope.value in key.scopes),
        created=numbered_day(key.created_at),
        last_used=_moment(key.last_used_at),
        ends=numbered_day(end) if end else "Never",
        label=STATUS_LABELS.get(status) or ("Ends soon" if soon else ""),
        tone="warning" if soon else "plain",
        live=live,
    )


def choices_of(scopes: Iterable[Permission]) -> tuple[Choice, ...]:
    return tuple(Choice(scope.value, SCOPE_LABELS[scope]) for scope in scopes)


def command_for(scopes: frozenset[Permission], public_url: str) -> str:
    """A command that asks for the key, so that it stays out of the shell's history, and reads something it may read."""
    path = "products?limit=3"
    if Permission.VIEW_ORDERS in scopes:
        path = "orders?limit=3"
    elif Permission.MANAGE_CATALOG in scopes:
        path = "products?status=draft&limit=3"
    address = f"{public_url}/api/v1/{path}"
    return f'read -rs KEY && curl -H "Authorization: Bearer $KEY" "{address}"'


def _moment(at: datetime | None) -> str:
    if at is None:
        return "Never"
    recent = now() - at < timedelta(days=180)
    return day_and_time(at) if recent else numbered_day(at)
