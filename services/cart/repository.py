"""Queries of carts and their items."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.cart import MAX_LINE_QUANTITY, Cart, CartItem, CartOwner, CartStatus
from models.ids import new_id, now
from models.saved import LooseLine, SavedItem
from services.live import topics
from services.live.announcing import announce

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
_PUT_LINES = sa.text("""
    INSERT INTO cart_items (cart_id, sku, quantity, seen_price_amount, name, added_at)
    SELECT :cart_id, line.* FROM unnest(
        CAST(:skus AS varchar[]), CAST(:quantities AS integer[]),
        CAST(:seen AS bigint[]), CAST(:names AS varchar[]), CAST(:added AS timestamptz[])
    ) AS line
    ON CONFLICT (cart_id, sku) DO UPDATE SET
        quantity = cart_items.quantity + excluded.quantity,
        seen_price_amount = least(cart_items.seen_price_amount, excluded.seen_price_amount)
""")
_SET_SEEN = sa.text("""
    UPDATE cart_items item SET seen_price_amount = seen.amount
    FROM unnest(CAST(:skus AS varchar[]), CAST(:amounts AS bigint[])) AS seen(sku, amount)
    WHERE item.cart_id = :cart_id AND item.sku = seen.sku
""")


_LOCK = (
    select(Cart)
    .where(Cart.id == sa.bindparam("cart_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_ITEMS = (
    select(CartItem)
    .where(CartItem.cart_id == sa.bindparam("cart_id"))
    .order_by(col(CartItem.added_at), col(CartItem.sku))
    .execution_options(populate_existing=True)
)
_TAKEN = (
    col(CartItem.quantity),
    col(CartItem.seen_price_amount),
    col(CartItem.added_at),
    col(CartItem.name),
)


_LINE = insert(CartItem).values(
    {
        name: sa.bindparam(name)
        for name in ("cart_id", "sku", "quantity", "seen_price_amount", "name", "added_at")
    }
)
_TOGETHER = col(CartItem.quantity) + _LINE.excluded.quantity
_ADD = _LINE.on_conflict_do_update(
    index_elements=["cart_id", "sku"],
    set_={"quantity": _TOGETHER, "name": _LINE.excluded.name},
    where=_TOGETHER <= MAX_LINE_QUANTITY,
).returning(col(CartItem.quantity))
_TOUCH = (
    sa.update(Cart)
    .where(col(Cart.id) == sa.bindparam("touched"))
    .values(version=col(Cart.version) + 1, updated_at=sa.bindparam("at", type_=sa.DateTime(timezone=True)))
    .execution_options(synchronize_session="fetch")
)


async def find_open(session: AsyncSession, owner: CartOwner, *, lock: bool = False) -> Cart | None:
    """The owner's open cart; somebody unknown owns none, for the carts of programs belong to whoever knows their ids.

    With `lock` it can't change until the commit. A cart that was closed while we waited for it is not returned.
    """
    if owner.user_id is None and not owner.visitor:
        return None
    query = select(Cart).where(*_owned_by(owner)).execution_options(populate_existing=True)
    return (await session.exec(query.with_for_update() if lock else query)).first()


class LeftBy(NamedTuple):
    """Whether a browser has a guest's cart, and something saved for later."""

    cart: bool
    saved: bool


async def left_by(session: AsyncSession, visitor: str) -> LeftBy:
    """What a browser could bring along to an account; one question for both."""
    cart = sa.exists().where(*_owned_by(CartOwner(visitor=visitor)))
    saved = sa.exists().where(col(SavedItem.user_id).is_(None), col(SavedItem.visitor) == visitor)
    return LeftBy(*(await session.exec(select(cart, saved))).one())


async def find(session: AsyncSession, cart_id: UUID) -> Cart | None:
    return await session.get(Cart, cart_id)


async def versions(session: AsyncSession, cart_ids: Collection[UUID]) -> dict[UUID, int]:
    return dict((await session.exec(select(Cart.id, Cart.version).where(col(Cart.id).in_(cart_ids)))).all())


async def lock(session: AsyncSession, cart_id: UUID) -> Cart | None:
    return (await session.exec(_LOCK, params={"cart_id": cart_id})).first()


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
        announce(session, topics.cart_of(owner))


async def items(session: AsyncSession, cart_id: UUID) -> list[CartItem]:
    return list(await session.exec(_ITEMS, params={"cart_id": cart_id}))


async def add_quantity(
    session: AsyncSession, cart_id: UUID, sku: str, quantity: int, *, seen_price_amount: int, name: str
) -> int | None:
    """Add units in one statement, so that additions at the same time sum; None when a line has no room for them.

    Units that are there already keep the price at which they were seen: nobody agrees to another by adding one more.
    """
    line = {"cart_id": cart_id, "sku": sku, "quantity": quantity, "seen_price_amount": seen_price_amount}
    connection = await session.connection()
    added = await connection.execute(_ADD, line | {"name": name, "added_at": now()})
    return added.scalar_one_or_none()


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


async def take_line(session: AsyncSession, cart: Cart, sku: str) -> LooseLine | None:
    """Out of the cart; None when there is no such line."""
    statement = sa.delete(CartItem).where(col(CartItem.cart_id) == cart.id, col(CartItem.sku) == sku)
    row = (await session.exec(statement.returning(*_TAKEN))).one_or_none()
    if row is None:
        return None
    return LooseLine(sku, row.quantity, row.seen_price_amount, cart.currency, row.added_at, row.name)


async def put_lines(session: AsyncSession, cart_id: UUID, lines: Sequence[LooseLine]) -> None:
    """Into the cart, in its currency; units of a SKU that is there already add up, and the lower price seen counts.

    The caller sees to it that a line has room for so many.
    """
    if not lines:
        return
    ordered = sorted(lines, key=lambda line: line.sku)
    connection = await session.connection()
    await connection.execute(
        _PUT_LINES,
        {
            "cart_id": cart_id,
            "skus": [line.sku for line in ordered],
            "quantities": [line.quantity for line in ordered],
            "seen": [line.seen_price_amount for line in ordered],
            "names": [line.name for line in ordered],
            "added": [line.added_at for line in ordered],
        },
    )


async def empty(session: AsyncSession, cart_id: UUID) -> None:
    await session.exec(sa.delete(CartItem).where(col(CartItem.cart_id) == cart_id))


async def subtract(session: AsyncSession, cart_id: UUID, quantities: Mapping[str, int]) -> None:
    """Take units off the lines; a line with no more than that goes."""
    connection = await session.connection()
    skus = sorted(quantities)
    taken = {"cart_id": cart_id, "skus": skus, "quantities": [quantities[sku] for sku in skus]}
    await connection.execute(_REMOVE_TAKEN, taken)
    await connection.execute(_LOWER_BY_TAKEN, taken)


async def set_seen_prices(session: AsyncSession, cart_id: UUID, amounts: Mapping[str, int]) -> None:
    if amounts:
        seen = {"cart_id": cart_id, "skus": list(amounts), "amounts": list(amounts.values())}
        await (await session.connection()).execute(_SET_SEEN, seen)


async def touch(
    session: AsyncSession, cart_id: UUID, *, codes: Sequence[str] | None = None, currency: str = ""
) -> None:
    """Count a write of the cart: its version is its ETag, and pages that show another one are told. With `codes` these
    are its codes from now on, with `currency` that is what it is in."""
    announce(session, topics.cart(cart_id))
    written: dict[str, Any] = {} if codes is None else {"codes": list(codes)}
    written |= {"currency": currency} if currency else {}
    counted = _TOUCH.values(**written) if written else _TOUCH
    await session.exec(counted, params={"touched": cart_id, "at": now()})


async def set_status(session: AsyncSession, cart_id: UUID, status: CartStatus) -> None:
    announce(session, topics.cart(cart_id))
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
    announce(session, *map(topics.cart, cart_ids))
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
