"""What staff see first: the day so far, what runs low, the latest orders."""

from __future__ import annotations

from collections.abc import Sequence

import reflex as rx

from models.catalog import ProductStatus
from models.money import Money
from models.permissions import Permission
from models.stock import StockLevel
from services.catalog import service as catalog
from services.inventory import service as inventory
from services.order import service as orders
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.view_models.home import HomeView, LowStockRow, of_revenue
from store_app.admin.view_models.orders import OrderRow, of_row

LATEST = 6


class StaffHomeState(rx.State):
    home: HomeView = HomeView()
    low_stock: tuple[LowStockRow, ...] = ()
    latest: tuple[OrderRow, ...] = ()
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            identity = await admit(uow, self, Permission.VIEW_STAFF)
            if identity is None:
                return
            low_stock = await _low_stock(uow)
            home = HomeView()
            latest: tuple[OrderRow, ...] = ()
            if identity.may(Permission.VIEW_ORDERS):
                home = _home(await orders.todays_figures(uow), uow.settings.currency)
                page = await orders.list_all_orders(uow, limit=LATEST)
                latest = tuple(of_row(summary.order, summary.items) for summary in page.items)
        self.home, self.low_stock, self.latest = home, low_stock, latest
        self.loaded = True


def _home(figures: orders.Figures, currency: str) -> HomeView:
    return HomeView(
        orders_today=figures.orders_today,
        revenue_today=figures.revenue_today.format(),
        others_today=_told(figures.other_revenue_today),
        awaiting_shipment=figures.awaiting_shipment,
        revenue_of_days=Money.sum((money for _, money in figures.revenue_by_day), currency).format(),
        others_of_days=_told(figures.other_revenue),
        bars=of_revenue(figures.revenue_by_day),
    )


def _told(amounts: Sequence[Money]) -> str:
    return ", ".join(money.format() for money in amounts)


async def _low_stock(uow: UnitOfWork) -> tuple[LowStockRow, ...]:
    """The scarcest goods that are on sale."""
    levels: Sequence[StockLevel] = await inventory.low_levels(uow)
    goods = await catalog.variants_by_sku(uow, [level.sku for level in levels])
    rows = []
    for level in levels:
        product, variant = goods.get(level.sku, (None, None))
        if product is None or variant is None or product.status is not ProductStatus.ACTIVE:
            continue
        rows.append(
            LowStockRow(
                sku=level.sku,
                title=product.title,
                options=variant.label(),
                href=f"/admin/stock/{level.sku}",
                available=max(0, level.unpromised),
                label="Sold out" if level.unpromised <= 0 else f"{level.unpromised} left",
                tone="error" if level.unpromised <= 0 else "warning",
            )
        )
    return tuple(rows)
