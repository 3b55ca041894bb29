"""What somebody would like to have one day."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.ids import new_id, now
from models.tables import Table, timestamp

MAX_WISHES = 200
"""Most products on one wish list."""


class Wish(Table, table=True):
    """A product on the wish list of an account, or else of a visitor's browser; `sku` is the variant they looked at."""

    __tablename__ = "wishes"
    __table_args__ = (
        sa.Index(
            "uq_wishes_user_id_product_id",
            "user_id",
            "product_id",
            unique=True,
            postgresql_where=sa.text("user_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_wishes_visitor_product_id",
            "visitor",
            "product_id",
            unique=True,
            postgresql_where=sa.text("user_id IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", ondelete="CASCADE")
    visitor: str = Field(default="", max_length=64)
    product_id: UUID
    sku: str = Field(max_length=48)
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
