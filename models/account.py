"""What customers keep in their account."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, json_column, timestamp

MAX_ADDRESSES = 20
MAX_NOTE_LENGTH = 2000
POSTCODE = "replace(lower(address ->> 'postal_code'), ' ', '')"
"""The postcode of a saved address as it is compared: an SQL expression, which its index repeats."""


class SavedAddress(Table, table=True):
    """An address in somebody's address book; `address` holds the fields of models.address.Address.

    At most one of a person is the default for shipping, and one for billing.
    """

    __tablename__ = "saved_addresses"
    __table_args__ = (
        sa.Index(
            "uq_saved_addresses_default_shipping",
            "user_id",
            unique=True,
            postgresql_where=sa.text("default_shipping"),
        ),
        sa.Index(
            "uq_saved_addresses_default_billing",
            "user_id",
            unique=True,
            postgresql_where=sa.text("default_billing"),
        ),
        sa.Index("ix_saved_addresses_postcode", sa.text(f"({POSTCODE}) text_pattern_ops")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    address: dict[str, Any] = Field(sa_column=json_column())
    default_shipping: bool = False
    default_billing: bool = False
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
    updated_at: datetime = Field(default_factory=now, sa_column=timestamp())


class CustomerNote(Table, table=True):
    """What staff wrote down about a customer."""

    __tablename__ = "customer_notes"
    __table_args__ = (sa.Index("ix_customer_notes_user_id_created_at", "user_id", "created_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    author_id: UUID = Field(foreign_key="users.id")
    author: str = Field(max_length=254)
    text: str = Field(max_length=MAX_NOTE_LENGTH)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
