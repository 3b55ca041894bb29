"""The statement that writes a new cart with its lines."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel.ext.asyncio.session import AsyncSession

from models.cart import Cart, CartItem

_CREATE = sa.text("""
    WITH cart AS (
        INSERT INTO carts (id, user_id, visitor, status, currency, version, created_at, updated_at)
        VALUES (:id, :user_id, :visitor, :status, :currency, :version, :created_at, :updated_at)
        RETURNING id
    )
    INSERT INTO cart_items (cart_id, sku, quantity, seen_price_amount, name, added_at)
    SELECT cart.id, item.sku, item.quantity, item.amount, item.name, item.added_at
    FROM cart, unnest(
        CAST(:skus AS varchar[]), CAST(:quantities AS integer[]), CAST(:amounts AS bigint[]),
        CAST(:names AS varchar[]), CAST(:added_at AS timestamptz[])
    ) AS item(sku, quantity, amount, name, added_at)
""")


async def create(session: AsyncSession, cart: Cart, items: Sequence[CartItem]) -> None:
    lines = {
        "skus": [item.sku for item in items],
        "quantities": [item.quantity for item in items],
        "amounts": [item.seen_price_amount for item in items],
        "names": [item.name for item in items],
        "added_at": [item.added_at for item in items],
    }
    connection = await session.connection()
    await connection.execute(_CREATE, cart.model_dump() | lines)
