"""Keys by which scripts of staff use the REST API."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field

from models.identity import User
from models.ids import new_id, now
from models.permissions import Permission
from models.tables import Table, json_column, timestamp

PREFIX = "lk_"
"""What every key begins with, so that a leaked one is found by a search for it."""
SCOPES = (
    Permission.VIEW_ORDERS,
    Permission.MANAGE_ORDERS,
    Permission.MANAGE_CATALOG,
    Permission.VIEW_CUSTOMERS,
    Permission.MANAGE_CUSTOMERS,
    Permission.VIEW_AUDIT,
)
"""What a key can be allowed to do: what the REST API has routes for, but not to make or revoke keys."""
LIFETIMES_DAYS = (30, 90, 365)
"""How long a key may last; it may also have no end."""
DEFAULT_LIFETIME_DAYS = 90
OWNER_AWAY_AFTER = timedelta(days=30)
"""Roles are as old as their owner's last sign-in; this old they count for nothing."""
MAX_LIVE_KEYS = 20
"""Of one person."""


class KeyStatus(StrEnum):
    LIVE = "live"
    EXPIRED = "expired"
    REVOKED = "revoked"
    RESTING = "resting"
    """Its owner has not signed in for so long that nobody knows whether they still may do anything here."""
    ORPHANED = "orphaned"
    """Its owner has deleted their account."""


class ApiKey(Table, table=True):
    """Of the key itself only the SHA-256 hash is kept, and `hint`, its first characters, to tell keys apart.

    It may do what is both in `scopes` (permissions) and in the roles of its owner.
    """

    __tablename__ = "api_keys"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    name: str = Field(max_length=80)
    hint: str = Field(max_length=12)
    key_hash: str = Field(max_length=64, unique=True)
    scopes: list[Any] = Field(sa_column=json_column())
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    expires_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    last_used_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    revoked_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))

    def status_at(self, moment: datetime, owner: User) -> KeyStatus:
        """Only a live key opens anything."""
        if self.revoked_at is not None:
            return KeyStatus.REVOKED
        if owner.deleted_at is not None:
            return KeyStatus.ORPHANED
        if self.expires_at is not None and self.expires_at <= moment:
            return KeyStatus.EXPIRED
        away = moment - owner.last_sign_in_at >= OWNER_AWAY_AFTER
        return KeyStatus.RESTING if away else KeyStatus.LIVE
