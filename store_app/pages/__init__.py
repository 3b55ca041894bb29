"""The site map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import reflex as rx

from store_app import admin
from store_app.pages import (
    account,
    account_addresses,
    account_data,
    account_deleted,
    account_sessions,
    category,
    checkout,
    home,
    order,
    order_thanks,
    orders,
    product,
    search,
    sign_in_problem,
    wishlist,
)
from store_app.pages.cart import cart
from store_app.pages.not_found import not_found
from store_app.states.visit import VisitState


class Page(NamedTuple):
    """A route, what it shows, its title, and what it loads after what every page loads."""

    route: str
    content: Callable[[], rx.Component]
    title: str | rx.Var[str]
    loads: tuple[Any, ...] = ()
    description: str | rx.Var[str] = "Good things for home, table, garden and the walk there."


PAGES = (
    Page("/", home.home, "Larkspur: good things for home, table, garden and the walk there", home.LOADS),
    Page("/c/[slug]", category.category, category.category_title(), category.LOADS),
    Page("/search", search.search, search.search_title(), search.LOADS),
    Page(
        "/product/[slug]",
        product.product,
        product.product_title(),
        product.LOADS,
        product.product_description(),
    ),
    Page("/cart", cart, "Your cart – Larkspur"),
    Page("/wishlist", wishlist.wishlist, "Your wish list – Larkspur", wishlist.LOADS),
    Page("/checkout", checkout.checkout, "Checkout – Larkspur", checkout.LOADS),
    Page(
        "/checkout/return",
        checkout.checkout_return,
        "Checking your payment – Larkspur",
        checkout.RETURN_LOADS,
    ),
    Page("/orders", orders.orders, "Your orders – Larkspur", orders.LOADS),
    Page("/order/[order_id]", order.order, order.order_title(), order.LOADS),
    Page("/order/[order_id]/thanks", order_thanks.thanks, order.order_title(), order.LOADS),
    Page("/account", account.account, "My account – Larkspur", account.LOADS),
    Page(
        "/account/addresses",
        account_addresses.account_addresses,
        "Your addresses – Larkspur",
        account_addresses.LOADS,
    ),
    Page(
        "/account/sessions",
        account_sessions.account_sessions,
        "Where you are signed in – Larkspur",
        account_sessions.LOADS,
    ),
    Page("/account/data", account_data.account_data, "Your data – Larkspur", account_data.LOADS),
    Page("/account/deleted", account_deleted.account_deleted, "Goodbye – Larkspur"),
    Page(
        "/sign-in-problem",
        sign_in_problem.sign_in_problem,
        sign_in_problem.sign_in_problem_title(),
        sign_in_problem.LOADS,
    ),
    Page("404", not_found, "Not found – Larkspur"),
)


def register(app: rx.App) -> None:
    """Add the pages of the shop, and of the staff side, whose own site map is in store_app/admin."""
    for page in PAGES:
        app.add_page(
            page.content,
            route=page.route,
            title=page.title,
            description=page.description,
            on_load=[VisitState.load, *page.loads],
        )
    admin.register(app)
