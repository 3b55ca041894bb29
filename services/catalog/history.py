"""What a product brings along from another store: its rating, its sales and when it was first shown."""

from __future__ import annotations

from datetime import datetime

from models.catalog import Product, Rating
from services.catalog import repository
from services.errors import NotFound
from services.unit_of_work import UnitOfWork


async def set_history(
    uow: UnitOfWork, product: Product, *, rating: Rating, sold: int, published_at: datetime
) -> Product:
    """Write down the past of a product taken over from elsewhere. Raises NotFound."""
    fields = {
        "rating": rating.model_dump(),
        "sold": sold,
        "published_at": published_at,
        "listed_at": published_at,
        "created_at": published_at,
    }
    updated = await repository.update(uow.documents, product.id, fields, expected_version=None)
    if updated is None:
        raise NotFound("There is no such product.")
    return updated
