"""Answers kept so that a repeated request gets the first one again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from models.ids import now
from models.tables import Table, json_column, timestamp


class IdempotencyRecord(Table, table=True):
    """`scope` tells apart whose key it is, and `user_id` is the account, if it is one's. Without `response_status` the
    first request is still in flight."""

    __tablename__ = "idempotency_records"

    scope: str = Field(primary_key=True, max_length=120)
    key: str = Field(primary_key=True, max_length=255)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True, ondelete="CASCADE")
    fingerprint: str = Field(max_length=64)
    response_status: int | None = None
    response_body: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    response_headers: dict[str, Any] | None = Field(default=None, sa_column=json_column(nullable=True))
    created_at: datetime = Field(default_factory=now, sa_column=timestamp())
