"""Promotions: which ones a cart may get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from models.pricing.promotions import Promotion
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whom limits per customer count for: an account, or a guest's e-mail address once it is known."""

    user_id: UUID | None = None
    email: str = ""


async def candidates(
    uow: UnitOfWork, buyer: Buyer, codes: Sequence[str], currency: str
) -> tuple[Promotion, ...]:
    """The automatic promotions of this moment, and those of the codes; each with why this buyer can't have it."""
    return ()
