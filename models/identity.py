"""People, their sessions and what their roles allow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.ids import new_id, now
from models.permissions import Permission, Role, permissions_of
from models.tables import Table, json_column, timestamp


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is behind an event or a request: a guest has no `user_id`.

    `visitor` is the hash of the visitor cookie, `session_id` the browser's session. `scopes` narrows what an API key
    may do to less than its owner's roles. `address` is the network address it came from. `currency` is the one they
    chose to pay in, empty for the store's own; nobody has checked that it is still offered.
    """

    user_id: UUID | None = None
    email: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset()
    visitor: str = ""
    session_id: UUID | None = None
    scopes: frozenset[Permission] | None = None
    address: str = ""
    currency: str = ""

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_api_key(self) -> bool:
        """Whether a script acts, with some of its owner's permissions and nothing else of theirs."""
        return self.scopes is not None

    @property
    def permissions(self) -> frozenset[Permission]:
        granted = permissions_of(self.roles)
        return granted if self.scopes is None else granted & self.scopes

    @property
    def label(self) -> str:
        """How this person is named."""
        return self.name or self.email

    @property
    def signature(self) -> str:
        """How timelines and the stock ledger name who did it: staff by name, a buyer not, so as to be forgotten."""
        by_name = bool(self.roles) or (self.user_id is None and bool(self.name))
        return self.label if by_name else "shopper"

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


_EMPTY = {"server_default": ""}
"""For columns that a version of the store before them doesn't write."""

GUEST = Identity()
STORE = Identity(name="store")
"""Who acts when nobody does: jobs, and the seeding of the demo store."""
GATEWAY = Identity(name="gateway")
"""The payment gateway, when a payment ends an order."""

SORT_NAME = "lower(coalesce(nullif(preferred_name, ''), nullif(name, ''), email))"
"""Where a user stands in a list by name: an SQL expression over this table alone, which its index repeats."""


class User(Table, table=True):
    """A person known to the identity provider: `issuer` and `subject` together are the key (OpenID Connect Core 2).

    `name` and `email` are the provider's words, `preferred_name`, `phone` and `currency` the person's own.
    `roles` are those of the last sign-in. A deleted account keeps its row, for its orders, without anything that names
    the person. `found_by` is what a search looks in, kept by the database.
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
    preferred_name: str = Field(default="", max_length=200, sa_column_kwargs=_EMPTY)
    phone: str = Field(default="", max_length=40, sa_column_kwargs=_EMPTY)
    currency: str = Field(default="", max_length=3, sa_column_kwargs=_EMPTY)
    roles: list[Any] = Field(
        default_factory=list, sa_column=sa.Column(JSONB, nullable=False, server_default=sa.text("'[]'"))
    )
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

    def anonymise(self) -> None:
        """Leave a tombstone that no sign-in finds: there is no issuer without a name."""
        self.issuer, self.subject = "", f"deleted:{self.id}"
        self.email = self.name = self.preferred_name = self.phone = self.currency = ""
        self.roles = []
        self.deleted_at = now()


class UserSession(Table, table=True):
    """A signed-in browser. Only the SHA-256 hash of the token in its cookie is kept; `id` is its name in lists.

    `provider_session` is the provider's `sid`, by which a back-channel logout names it; `id_token` is the hint for
    signing out there. `user_agent` and `address` are those of the sign-in.
    """

    __tablename__ = "user_sessions"

    id_hash: str = Field(primary_key=True, max_length=64)
    id: UUID = Field(
        default_factory=new_id,
        unique=True,
        sa_column_kwargs={"server_default": sa.text("gen_random_uuid()")},
    )
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    roles: list[Any] = Field(default_factory=list, sa_column=json_column())
    id_token: str = Field(default="", sa_type=sa.Text)
    provider_session: str = Field(default="", max_length=255, index=True, sa_column_kwargs=_EMPTY)
    user_agent: str = Field(default="", max_length=300, sa_column_kwargs=_EMPTY)
    address: str = Field(default="", max_length=64, sa_column_kwargs=_EMPTY)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    last_seen_at: datetime = Field(default_factory=now, sa_column=timestamp())
    expires_at: datetime = Field(sa_column=timestamp())


class SignInAttempt(Table, table=True):
    """A redirect to the identity provider that has not come back yet; used once, by the browser that began it."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (sa.Index("ix_sign_in_attempts_visitor_created_at", "visitor", "created_at"),)

    state_hash: str = Field(primary_key=True, max_length=64)
    visitor: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    code_verifier: str = Field(max_length=128)
    return_to: str = Field(max_length=500)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())


class LogoutToken(Table, table=True):
    """A logout token of the provider that has been carried out, by the hash of its `jti`: it works once.

    After `expires_at` it would be refused for its age.
    """

    __tablename__ = "logout_tokens"

    jti_hash: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_column=timestamp())


class ProviderLogout(Table, table=True):
    """Whom the provider has said to be signed out there, by the hash of what it named them by, and when it last did.

    A sign-in that was on its way then comes too late.
    """

    __tablename__ = "provider_logouts"

    named_hash: str = Field(primary_key=True, max_length=64)
    told_at: datetime = Field(sa_column=timestamp())


class ForgottenPerson(Table, table=True):
    """Somebody who deleted their account a moment ago, by the hash of issuer and subject: see people.has_left."""

    __tablename__ = "forgotten_people"

    mark: str = Field(primary_key=True, max_length=64)
    expires_at: datetime = Field(sa_column=timestamp())
