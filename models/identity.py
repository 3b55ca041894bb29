"""People, their sessions and what their roles allow."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, json_column, timestamp


class Role(StrEnum):
    """Staff roles of the identity provider. Any signed-in person is a customer; that needs no role."""

    SUPPORT = "support"
    ORDER_MANAGER = "order_manager"
    CATALOG_MANAGER = "catalog_manager"
    ADMIN = "admin"


class Permission(StrEnum):
    VIEW_STAFF = "view_staff"
    VIEW_ORDERS = "view_orders"
    MANAGE_ORDERS = "manage_orders"
    MANAGE_CATALOG = "manage_catalog"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SUPPORT: frozenset({Permission.VIEW_STAFF, Permission.VIEW_ORDERS}),
    Role.ORDER_MANAGER: frozenset({Permission.VIEW_STAFF, Permission.VIEW_ORDERS, Permission.MANAGE_ORDERS}),
    Role.CATALOG_MANAGER: frozenset({Permission.VIEW_STAFF, Permission.MANAGE_CATALOG}),
    Role.ADMIN: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is behind an event or a request: a guest has no `user_id`. `visitor` is the hash of the visitor cookie."""

    user_id: UUID | None = None
    email: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()
    visitor: str = ""

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(*(PERMISSIONS[role] for role in self.roles))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


GUEST = Identity()


class User(Table, table=True):
    """A person known to the identity provider: `issuer` and `subject` together are the key (OpenID Connect Core 2)."""

    __tablename__ = "users"
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    issuer: str = Field(max_length=255)
    subject: str = Field(max_length=255)
    email: str = Field(default="", max_length=254)
    name: str = Field(default="", max_length=200)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    last_sign_in_at: datetime = Field(default_factory=now, sa_column=timestamp())


class UserSession(Table, table=True):
    """A signed-in browser. Only the SHA-256 hash of its id is kept; `id_token` is the hint for signing out there."""

    __tablename__ = "user_sessions"

    id_hash: str = Field(primary_key=True, max_length=64)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    roles: list[Any] = Field(default_factory=list, sa_column=json_column())
    id_token: str = Field(default="", sa_type=sa.Text)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    last_seen_at: datetime = Field(default_factory=now, sa_column=timestamp())
    expires_at: datetime = Field(sa_column=timestamp())


class SignInAttempt(Table, table=True):
    """A redirect to the identity provider that has not come back yet; used once, by the browser that began it."""

    __tablename__ = "sign_in_attempts"

    state_hash: str = Field(primary_key=True, max_length=64)
    visitor: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    code_verifier: str = Field(max_length=128)
    return_to: str = Field(max_length=500)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
