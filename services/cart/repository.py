"""Queries of carts and their items."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.cart import MAX_LINE_QUANTITY, Cart, CartItem, CartOwner, CartStatus
from models.ids import new_id, now

_REMOVE_TAKEN = sa.text("""
    DELETE FROM cart_items item
    USING unnest(CAST(:skus AS varchar[]), CAST(:quantities AS integer[])) AS taken(sku, quantity)
    WHERE item.cart_id = :cart_id AND item.sku = taken.sku AND item.quantity <= taken.quantity
""")
_LOWER_BY_TAKEN = sa.text("""
    UPDATE cart_items item SET quantity = item.quantity - taken.quantity
    FROM unnest(CAST(:skus AS varchar[]), CAST(:quantities AS integer[])) AS taken(sku, quantity)
    WHERE item.cart_id = :cart_id AND item.sku = taken.sku
""")
_ADD_LINES = sa.text("""
    INSERT INTO cart_items (cart_id, sku, quantity, seen_price_amount, added_at)
    SELECT :target, sku, quantity, seen_price_amount, added_at FROM cart_items WHERE cart_id = :source
    ON CONFLICT (cart_id, sku) DO UPDATE
    SET quantity = least(cart_items.quantity + excluded.quantity, :most)
""")


async def find_open(session: AsyncSession, owner: CartOwner, *, lock: bool = False) -> Cart | None:
    """The owner's open cart; somebody unknown owns none, for the carts of programs belong to whoever knows their ids.

    With `lock` it can't change until the commit. A cart that was closed while we waited for it is not returned.
    """
    if owner.user_id is None and not owner.visitor:
        return None
    query = select(Cart).where(*_owned_by(owner)).execution_options(populate_existing=True)
    return (await session.exec(query.with_for_update() if lock else query)).first()


async def find(session: AsyncSession, cart_id: UUID) -> Cart | None:
    return await session.get(Cart, cart_id)


async def lock(session: AsyncSession, cart_id: UUID) -> Cart | None:
    query = select(Cart).where(Cart.id == cart_id).with_for_update().execution_options(populate_existing=True)
    return (await session.exec(query)).first()


async def open_cart(session: AsyncSession, owner: CartOwner, currency: str) -> Cart:
    """The owner's open cart, locked, made when there is none; two requests at once get the same one."""
    while True:
        existing = await find_open(session, owner, lock=True)
        if existing:
            return existing
        cart = insert(Cart).values(
            id=new_id(),
            user_id=owner.user_id,
            visitor="" if owner.user_id else owner.visitor,
            status=CartStatus.OPEN,
            currency=currency,
            version=1,
            created_at=now(),
            updated_at=now(),
        )
        await session.exec(cart.on_conflict_do_nothing())


async def create(session: AsyncSession, cart: Cart) -> Cart:
    session.add(cart)
    await session.flush()
    return cart


async def items(session: AsyncSession, cart_id: UUID) -> list[CartItem]:
    rows = await session.exec(
        select(CartItem)
        .where(CartItem.cart_id == cart_id)
        .order_by(col(CartItem.added_at), col(CartItem.sku))
        .execution_options(populate_existing=True)
    )
    return list(rows)


async def add_quantity(
    session: AsyncSession, cart_id: UUID, sku: str, quantity: int, *, seen_price_amount: int, limit: int
) -> int | None:
    """Add units in one statement, so that additions at the same time sum; None when that would exceed `limit`."""
    statement = insert(CartItem).values(
        cart_id=cart_id, sku=sku, quantity=quantity, seen_price_amount=seen_price_amount, added_at=now()
    )
    total = col(CartItem.quantity) + statement.excluded.quantity
    upsert = statement.on_conflict_do_update(
        index_elements=["cart_id", "sku"],
        set_={"quantity": total, "seen_price_amount": seen_price_amount},
        where=total <= min(limit, MAX_LINE_QUANTITY),
    ).returning(col(CartItem.quantity))
    return (await session.exec(upsert)).scalar_one_or_none()


async def quantity_of(session: AsyncSession, cart_id: UUID, sku: str) -> int:
    query = select(CartItem.quantity).where(CartItem.cart_id == cart_id, CartItem.sku == sku)
    return (await session.exec(query)).first() or 0


async def set_quantity(session: AsyncSession, cart_id: UUID, sku: str, quantity: int) -> bool:
    result = await session.exec(
        sa.update(CartItem)
        .where(col(CartItem.cart_id) == cart_id, col(CartItem.sku) == sku)
        .values(quantity=quantity)
        .returning(col(CartItem.sku))
    )
    return result.scalar_one_or_none() is not None


async def remove(session: AsyncSession, cart_id: UUID, sku: str) -> bool:
    result = await session.exec(
        sa.delete(CartItem)
        .where(col(CartItem.cart_id) == cart_id, col(CartItem.sku) == sku)
        .returning(col(CartItem.sku))
    )
    return result.scalar_one_or_none() is not None


async def subtract(session: AsyncSession, cart_id: UUID, quantities: Mapping[str, int]) -> None:
    """Take units off the lines; a line with no more than that goes."""
    connection = await session.connection()
    skus = sorted(quantities)
    taken = {"cart_id": cart_id, "skus": skus, "quantities": [quantities[sku] for sku in skus]}
    await connection.execute(_REMOVE_TAKEN, taken)
    await connection.execute(_LOWER_BY_TAKEN, taken)


async def set_seen_prices(session: AsyncSession, cart_id: UUID, amounts: dict[str, int]) -> None:
    for sku, amount in sorted(amounts.items()):
        await session.exec(
            sa.update(CartItem)
            .where(col(CartItem.cart_id) == cart_id, col(CartItem.sku) == sku)
            .values(seen_price_amount=amount)
        )


async def touch(session: AsyncSession, cart_id: UUID, *, codes: Sequence[str] | None = None) -> None:
    """Count a write of the cart: its version is its ETag. With `codes` these are its codes from now on."""
    written = {} if codes is None else {"codes": list(codes)}
    await session.exec(
        sa.update(Cart)
        .where(col(Cart.id) == cart_id)
        .values(version=col(Cart.version) + 1, updated_at=now(), **written)
        .execution_options(synchronize_session="fetch")
    )


async def move_items(session: AsyncSession, source: UUID, target: UUID) -> None:
    """All lines of one cart into another; of a SKU in both, the units add up, and the line has room for so many."""
    connection = await session.connection()
    carts = {"source": source, "target": target, "most": MAX_LINE_QUANTITY}
    await connection.execute(_ADD_LINES, carts)
    await session.exec(sa.delete(CartItem).where(col(CartItem.cart_id) == source))


async def set_status(session: AsyncSession, cart_id: UUID, status: CartStatus) -> None:
    await session.exec(
        sa.update(Cart)
        .where(col(Cart.id) == cart_id)
        .values(status=status.value, version=col(Cart.version) + 1, updated_at=now())
    )


def _owned_by(owner: CartOwner) -> Sequence[sa.ColumnElement[bool]]:
    is_open = col(Cart.status) == CartStatus.OPEN.value
    if owner.user_id:
        return (is_open, col(Cart.user_id) == owner.user_id)
    return (is_open, col(Cart.user_id).is_(None), col(Cart.visitor) == owner.visitor)


async def lock_all(session: AsyncSession, user_id: UUID) -> list[Cart]:
    """All of a user's carts, the older first."""
    query = select(Cart).where(Cart.user_id == user_id).order_by(col(Cart.id)).with_for_update()
    return list(await session.exec(query.execution_options(populate_existing=True)))


async def clear(session: AsyncSession, cart_ids: Collection[UUID]) -> None:
    """Take all lines out of carts that orders were made of, and close them."""
    await session.exec(sa.delete(CartItem).where(col(CartItem.cart_id).in_(cart_ids)))
    await session.exec(
        sa.update(Cart)
        .where(col(Cart.id).in_(cart_ids))
        .values(
            status=CartStatus.ORDERED.value,
            visitor="",
            codes=[],
            version=col(Cart.version) + 1,
            updated_at=now(),
        )
    )


async def delete(session: AsyncSession, cart_ids: Collection[UUID]) -> None:
    await session.exec(sa.delete(Cart).where(col(Cart.id).in_(cart_ids)))
