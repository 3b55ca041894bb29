"""What a list of customers is asked for, and the cursor that continues it."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from services.errors import Invalid


class Sort(StrEnum):
    """Descending but for the name."""

    NEWEST = "newest"
    NAME = "name"
    SPENT = "spent"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a list continues: after the customer with this sort value and id. Newest has the id alone."""

    sort: Sort
    value: str | int
    id: UUID

    def encode(self) -> str:
        content = json.dumps([self.sort.value, self.value, str(self.id)])
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, sort: Sort) -> Self:
        """Read a cursor of a list with this sort. Raises Invalid for anything else."""
        try:
            found, value, last = json.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=="))
            fits = type(value) is (int if sort in (Sort.SPENT, Sort.ORDERS) else str)
            if found != sort.value or not fits:
                raise ValueError("of another list")
            return cls(sort, value, UUID(last))
        except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError):
            raise Invalid(
                "This page of the list can't be found.",
                {"cursor": "Use the next_cursor of the page before, with the same sort, or leave it out."},
            ) from None


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """`text` is looked for in name, e-mail address and phone, and may be an order's number or a postcode.

    `deleted` lists deleted accounts and nothing else; `currency` is the one that sorting by purchases is about.
    """

    text: str
    sort: Sort
    deleted: bool
    currency: str
    limit: int
    offset: int = 0
    after: Cursor | None = None
