"""The staff side. Its site map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import reflex as rx

from store_app.admin.pages.api_keys import api_keys
from store_app.admin.pages.audit import audit
from store_app.admin.pages.categories import categories
from store_app.admin.pages.customer import customer
from store_app.admin.pages.customers import customers
from store_app.admin.pages.delivery import delivery
from store_app.admin.pages.home import home
from store_app.admin.pages.locations import locations
from store_app.admin.pages.order import order
from store_app.admin.pages.orders import orders
from store_app.admin.pages.price_list import price_list
from store_app.admin.pages.price_lists import price_lists
from store_app.admin.pages.product import product
from store_app.admin.pages.products import products
from store_app.admin.pages.promotion import promotion
from store_app.admin.pages.promotions import promotions
from store_app.admin.pages.simulator import simulator
from store_app.admin.pages.stock import stock
from store_app.admin.pages.stock_article import stock_article
from store_app.admin.pages.taxes import taxes
from store_app.admin.states.api_keys import StaffApiKeysState
from store_app.admin.states.audit import StaffAuditState
from store_app.admin.states.categories import StaffCategoriesState
from store_app.admin.states.customer import StaffCustomerState
from store_app.admin.states.customers import StaffCustomersState
from store_app.admin.states.delivery import StaffDeliveryState
from store_app.admin.states.home import StaffHomeState
from store_app.admin.states.listed_prices import StaffListedPricesState
from store_app.admin.states.locations import StaffLocationsState
from store_app.admin.states.order import StaffOrderState
from store_app.admin.states.orders import StaffOrdersState
from store_app.admin.states.price_list import StaffPriceListState
from store_app.admin.states.price_lists import StaffPriceListsState
from store_app.admin.states.product_editor import ProductEditorState
from store_app.admin.states.products import StaffProductsState
from store_app.admin.states.promotion_editor import PromotionEditorState
from store_app.admin.states.promotions import StaffPromotionsState
from store_app.admin.states.simulator import SimulatorState
from store_app.admin.states.stock import StaffStockState
from store_app.admin.states.stock_article import StaffStockArticleState
from store_app.admin.states.taxes import StaffTaxesState


class StaffPage(NamedTuple):
    """`load` is one handler, or several that run in order."""

    route: str
    content: Callable[[], rx.Component]
    title: str | rx.Var[str]
    load: Any


PAGES = (
    StaffPage("/admin", home, "Today", StaffHomeState.load),
    StaffPage("/admin/orders", orders, "Orders", StaffOrdersState.load),
    StaffPage(
        "/admin/orders/[id]",
        order,
        rx.cond(StaffOrderState.order.number, StaffOrderState.order.number, "Order"),
        StaffOrderState.load,
    ),
    StaffPage("/admin/customers", customers, "Customers", StaffCustomersState.load),
    StaffPage(
        "/admin/customers/[id]",
        customer,
        rx.cond(StaffCustomerState.customer.name, StaffCustomerState.customer.name, "Customer"),
        StaffCustomerState.load,
    ),
    StaffPage("/admin/products", products, "Products", StaffProductsState.load),
    StaffPage("/admin/products/new", product, "New product", ProductEditorState.load),
    StaffPage(
        "/admin/products/[slug]",
        product,
        rx.cond(ProductEditorState.form.title, ProductEditorState.form.title, "Product"),
        ProductEditorState.load,
    ),
    StaffPage("/admin/promotions", promotions, "Promotions", StaffPromotionsState.load),
    StaffPage("/admin/promotions/new", promotion, "New promotion", PromotionEditorState.load),
    StaffPage("/admin/promotions/simulator", simulator, "Try a cart", SimulatorState.load),
    StaffPage(
        "/admin/promotions/[id]",
        promotion,
        rx.cond(PromotionEditorState.facts.name, PromotionEditorState.facts.name, "Promotion"),
        PromotionEditorState.load,
    ),
    StaffPage("/admin/audit", audit, "Audit log", StaffAuditState.load),
    StaffPage("/admin/categories", categories, "Categories", StaffCategoriesState.load),
    StaffPage("/admin/stock", stock, "Stock", StaffStockState.load),
    StaffPage(
        "/admin/stock/[sku]",
        stock_article,
        rx.cond(StaffStockArticleState.article.title, StaffStockArticleState.article.title, "Stock"),
        StaffStockArticleState.load,
    ),
    StaffPage("/admin/locations", locations, "Locations", StaffLocationsState.load),
    StaffPage("/admin/delivery", delivery, "Delivery", StaffDeliveryState.load),
    StaffPage("/admin/taxes", taxes, "Taxes", StaffTaxesState.load),
    StaffPage("/admin/price-lists", price_lists, "Price lists", StaffPriceListsState.load),
    StaffPage(
        "/admin/price-lists/[currency]",
        price_list,
        rx.cond(StaffPriceListState.name, StaffPriceListState.name, "Price list"),
        (StaffPriceListState.load, StaffListedPricesState.load),
    ),
    StaffPage("/admin/keys", api_keys, "API keys", StaffApiKeysState.load),
)


def register(app: rx.App) -> None:
    """Add the staff pages. Each loads through its guard; search engines are told to stay away."""
    for page in PAGES:
        app.add_page(
            page.content,
            route=page.route,
            title=page.title + " – Larkspur staff",
            description="For the people who run the store.",
            meta=[{"name": "robots", "content": "noindex"}],
            on_load=list(page.load) if isinstance(page.load, tuple) else [page.load],
        )
