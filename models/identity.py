"""People, their sessions and what their roles allow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.permissions import Permission, Role, permissions_of
from models.tables import Table, json_column, timestamp


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is behind an event or a request: a guest has no `user_id`.

    `visitor` is the hash of the visitor cookie, `session_id` the browser's session. `scopes` narrows what an API key
    may do to less than its owner's roles. `address` is the network address it came from.
    """

    user_id: UUID | None = None
    email: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()
    visitor: str = ""
    session_id: UUID | None = None
    scopes: frozenset[Permission] | None = None
    address: str = ""

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def permissions(self) -> frozenset[Permission]:
        granted = permissions_of(self.roles)
        return granted if self.scopes is None else granted & self.scopes

    @property
    def label(self) -> str:
        """How timelines and the audit log name this person."""
        return self.name or self.email

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


GUEST = Identity()
STORE = Identity(name="store")
"""Who acts when nobody does: jobs, and the seeding of the demo store."""

SORT_NAME = "lower(coalesce(nullif(preferred_name, ''), nullif(name, ''), email))"
"""Where a user stands in a list by name: an SQL expression over this table alone, which its index repeats."""


class User(Table, table=True):
    """A person known to the identity provider: `issuer` and `subject` together are the key (OpenID Connect Core 2).

    `name` and `email` are the provider's words, `preferred_name` and `phone` the person's own. `roles` are those of the
    last sign-in. A deleted account keeps its row, for its orders, without anything that names the person. `found_by` is
    what a search looks in, kept by the database.
    """

    __tablename__ = "users"
    __table_args__ = (
        sa.UniqueConstraint("issuer", "subject"),
        sa.Index(
            "ix_users_found_by",
            "found_by",
            postgresql_using="gin",
            postgresql_ops={"found_by": "gin_trgm_ops"},
        ),
        sa.Index("ix_users_sort_name", sa.text(SORT_NAME), "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    issuer: str = Field(max_length=255)
    subject: str = Field(max_length=255)
    email: str = Field(default="", max_length=254)
    name: str = Field(default="", max_length=200)
    preferred_name: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=40)
    roles: list[Any] = Field(default_factory=list, sa_column=json_column())
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    deleted_at: datetime | None = Field(default=None, sa_column=timestamp(nullable=True))
    last_sign_in_at: datetime = Field(default_factory=now, sa_column=timestamp())
    found_by: str | None = Field(
        default=None,
        sa_column=sa.Column(
            sa.Text,
            sa.Computed(
                "folded(name || ' ' || preferred_name || ' ' || email)"
                " || ' ' || regexp_replace(phone, '[^0-9]', '', 'g')",
                persisted=True,
            ),
        ),
    )

    @property
    def display_name(self) -> str:
        """What we call them; empty for who never said, and for a deleted account."""
        return self.preferred_name or self.name


class UserSession(Table, table=True):
    """A signed-in browser. Only the SHA-256 hash of the token in its cookie is kept; `id` is its name in lists.

    `provider_session` is the provider's `sid`, by which a back-channel logout names it; `id_token` is the hint for
    signing out there. `user_agent` and `address` are those of the sign-in.
    """

    __tablename__ = "user_sessions"

    id_hash: str = Field(primary_key=True, max_length=64)
    id: UUID = Field(default_factory=new_id, unique=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    roles: list[Any] = Field(default_factory=list, sa_column=json_column())
    id_token: str = Field(default="", sa_type=sa.Text)
    provider_session: str = Field(default="", max_length=255, index=True)
    user_agent: str = Field(default="", max_length=300)
    address: str = Field(default="", max_length=64)
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
