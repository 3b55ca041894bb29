"""What the REST API shows and takes of an account."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from models.account import SavedAddress
from models.address import Address, TypedAddress
from models.identity import Identity, User, UserSession
from models.permissions import Role
from services.http import etag


class ProfileInput(BaseModel):
    """`name` is what the store calls the person; empty means the name that their sign-in service tells."""

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    phone: str = ""

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(name=user.preferred_name or user.name, phone=user.phone)


class ProfileResource(BaseModel):
    """`email` and `roles` are the sign-in service's word and are changed there."""

    id: UUID
    email: str
    name: str
    phone: str
    roles: list[Role]
    created_at: datetime

    @classmethod
    def of(cls, user: User, identity: Identity) -> Self:
        return cls(
            id=user.id,
            email=user.email,
            name=user.preferred_name or user.name,
            phone=user.phone,
            roles=sorted(identity.roles),
            created_at=user.created_at,
        )


class Confirmation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    confirm: str


class AddressInput(TypedAddress):
    default_shipping: bool = False
    default_billing: bool = False

    @classmethod
    def of(cls, saved: SavedAddress) -> AddressInput:
        return cls.model_construct(
            **saved.address, default_shipping=saved.default_shipping, default_billing=saved.default_billing
        )

    @property
    def address(self) -> Address:
        return Address.kept(self.model_dump(include=set(Address.model_fields)))


class AddressResource(BaseModel):
    id: UUID
    name: str
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str
    phone: str
    default_shipping: bool
    default_billing: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, saved: SavedAddress) -> Self:
        return cls(**saved.address, **saved.model_dump(exclude={"address", "user_id"}))


class SessionResource(BaseModel):
    """`user_agent` and `address` are those of the sign-in; `current` is the session that asks."""

    id: UUID
    current: bool
    user_agent: str
    address: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, session: UserSession, identity: Identity) -> Self:
        facts = session.model_dump(include=set(cls.model_fields) - {"current"})
        return cls(current=session.id == identity.session_id, **facts)


class AddressList(BaseModel):
    """The whole book: there is never another page."""

    items: list[AddressResource]
    next_cursor: str | None = None
    total: int


class SessionList(BaseModel):
    items: list[SessionResource]
    next_cursor: str | None = None
    total: int


class SessionsEnded(BaseModel):
    ended: int


def version(resource: BaseModel) -> str:
    """Changes with anything the resource shows."""
    return hashlib.sha256(resource.model_dump_json().encode()).hexdigest()[:16]


def entity_tag(resource: BaseModel) -> str:
    return etag(version(resource))
