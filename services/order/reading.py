"""Looking at orders: whose they are, lists, figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from models.identity import Identity
from models.ids import now
from models.money import Money
from models.order import Order, OrderItem, OrderStatus
from models.payment import Payment
from models.permissions import Permission
from models.stock import StockLevel
from services.errors import Invalid, NotFound
from services.identity.access import require
from services.inventory import service as inventory
from services.order import repository
from services.order.repository import OrderFilter
from services.order.views import OrderSummary, OrderView, view_order
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OrderPage:
    items: list[OrderSummary]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What staff see first. Days are UTC; revenue counts orders paid and not cancelled, delivery included, less what
    was given back.

    It is told in the store's own currency, and in each other one by itself: pounds and euros have no sum.
    """

    orders_today: int
    revenue_today: Money
    other_revenue_today: tuple[Money, ...]
    awaiting_shipment: int
    revenue_by_day: tuple[tuple[date, Money], ...]
    other_revenue: tuple[Money, ...]
    low_stock: tuple[StockLevel, ...]


async def find_pending(uow: UnitOfWork, cart_id: UUID) -> Order | None:
    """The order of a cart that still waits for its payment."""
    return await repository.find_pending(uow.session, cart_id)


async def find_by_checkout_key(uow: UnitOfWork, checkout_key: str) -> Order | None:
    return await repository.find_by_checkout_key(uow.session, checkout_key)


async def orders_named(uow: UnitOfWork, order_ids: Collection[UUID]) -> dict[UUID, Order]:
    """Orders by id, for staff; the caller has checked the permission. An unknown id is left out."""
    return {order.id: order for order in await repository.find_all(uow.session, order_ids)}


async def get_order(uow: UnitOfWork, order_id: UUID, identity: Identity) -> OrderView:
    """An order for its buyer or for staff who may see orders.

    A guest's order opens to whoever knows its unguessable id. Raises NotFound, also for somebody else's order, so that
    an answer tells nothing about orders of others; Forbidden for an API key without the scope.
    """
    _require_scope(identity)
    order = await repository.find(uow.session, order_id)
    if order is None or not may_see(order, identity):
        raise _unknown()
    return await view_order(uow, order)


def may_see(order: Order, identity: Identity) -> bool:
    return is_buyer(order, identity) or identity.may(Permission.VIEW_ORDERS)


def is_buyer(order: Order, identity: Identity) -> bool:
    """A guest's order is its browser's, and that of whoever knows its unguessable id; but staff see the ids of all.

    An API key buys nothing, so none is its own.
    """
    if identity.is_api_key:
        return False
    if order.user_id is not None:
        return order.user_id == identity.user_id
    same_browser = bool(order.visitor) and order.visitor == identity.visitor
    return same_browser or not identity.may(Permission.VIEW_ORDERS)


async def list_orders(
    uow: UnitOfWork,
    identity: Identity,
    *,
    status: str = "",
    limit: int = 24,
    offset: int = 0,
    cursor: str = "",
) -> OrderPage:
    """One's own orders, newest first: those of the account, or for a guest those of this browser.

    Raises Forbidden for an API key without the scope for orders: it has none of its own.
    """
    _require_scope(identity)
    if not identity.user_id and not identity.visitor:
        return OrderPage([], 0, None)
    wanted = OrderFilter(user_id=identity.user_id, visitor=identity.visitor, status=status)
    return await _page(uow, wanted, limit, offset, cursor)


async def list_all_orders(
    uow: UnitOfWork, *, status: str = "", text: str = "", limit: int = 24, offset: int = 0, cursor: str = ""
) -> OrderPage:
    """Everybody's orders for staff; the caller has checked the permission. `text` matches number or e-mail."""
    return await _page(uow, OrderFilter(status=status, text=text), limit, offset, cursor)


async def list_orders_of(uow: UnitOfWork, user_id: UUID, *, limit: int = 24, offset: int = 0) -> OrderPage:
    """An account's orders for staff, newest first; the caller has checked the permission."""
    return await _page(uow, OrderFilter(user_id=user_id), limit, offset, "")


async def list_guest_orders(uow: UnitOfWork, email: str, *, limit: int = 24) -> OrderPage:
    """What guests ordered with this e-mail address, for staff, newest first. Nobody checked that it was theirs."""
    if not email:
        return OrderPage([], 0, None)
    return await _page(uow, OrderFilter(guest_email=email), limit, 0, "")


def _require_scope(identity: Identity) -> None:
    if identity.is_api_key:
        require(identity, Permission.VIEW_ORDERS)


async def counts_by_status(uow: UnitOfWork) -> dict[str, int]:
    return await repository.counts_by_status(uow.session)


async def todays_figures(uow: UnitOfWork, *, days: int = 14) -> Figures:
    """The store's day so far and the days before it."""
    currency = uow.settings.currency
    today = now().date()
    first = today - timedelta(days=days - 1)
    revenue = await repository.revenue_by_day(uow.session, datetime.combine(first, time(), UTC))
    series = [first + timedelta(days=index) for index in range(days)]
    counts = await repository.counts_by_status(uow.session)
    others = sorted({each for _, each in revenue} - {currency})
    sums = {
        each: sum(total for (_, found), (_, total) in revenue.items() if found == each) for each in others
    }

    def on_day(day: date, of: str) -> Money:
        return Money(revenue.get((day, of), (0, 0))[1], of)

    return Figures(
        orders_today=sum(number for (day, _), (number, _) in revenue.items() if day == today),
        revenue_today=on_day(today, currency),
        other_revenue_today=tuple(money for each in others if (money := on_day(today, each))),
        awaiting_shipment=counts.get(OrderStatus.PAID, 0),
        revenue_by_day=tuple((day, on_day(day, currency)) for day in series),
        other_revenue=tuple(Money(total, each) for each, total in sums.items()),
        low_stock=tuple(await inventory.low_levels(uow)),
    )


async def _page(uow: UnitOfWork, wanted: OrderFilter, limit: int, offset: int, cursor: str) -> OrderPage:
    if cursor:
        wanted = OrderFilter(wanted.user_id, wanted.visitor, wanted.status, wanted.text, _cursor_id(cursor))
    orders = await repository.page(uow.session, wanted, limit + 1, offset)
    shown = orders[:limit]
    items = await repository.items(uow.session, [order.id for order in shown]) if shown else []
    summaries = [
        OrderSummary(order, tuple(item for item in items if item.order_id == order.id)) for order in shown
    ]
    more = len(orders) > limit
    return OrderPage(
        summaries, await repository.count(uow.session, wanted), str(shown[-1].id) if more and shown else None
    )


def _cursor_id(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise Invalid("This cursor is not one of ours.", {"cursor": "take it from next_cursor"}) from None


async def find_order(uow: UnitOfWork, order_id: UUID, *, lock: bool = False) -> Order:
    """Raises NotFound."""
    order = await repository.find(uow.session, order_id, lock=lock)
    if order is None:
        raise _unknown()
    return order


async def items_of(uow: UnitOfWork, order_id: UUID) -> tuple[OrderItem, ...]:
    """The lines of an order as they were sold."""
    return tuple(await repository.items(uow.session, [order_id]))


async def payment_of(uow: UnitOfWork, order_id: UUID) -> Payment:
    """The one payment of an order; whoever changes it has locked the order."""
    return await repository.payment(uow.session, order_id)


def _unknown() -> NotFound:
    return NotFound(
        "There is no such order, or it belongs to somebody else. Sign in with the account you used."
    )
