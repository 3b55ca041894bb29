"""The top of every page."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import account_menu
from store_app.components.controls import icon_button
from store_app.components.counting import count_of
from store_app.components.currency_menu import currency_menu, currency_section
from store_app.components.icons import icon
from store_app.components.overlays import drawer, open_dialog
from store_app.components.search_box import search_box
from store_app.components.theme_toggle import theme_toggle
from store_app.states.cart import CartState
from store_app.states.visit import VisitState
from store_app.states.wishes import WishState
from store_app.view_models.links import Link

CART_DRAWER = "cart-drawer"
MENU_DRAWER = "site-menu"
PETAL = "M12 11.2C8.6 9.6 8.2 5 12 2c3.8 3 3.4 7.6 0 9.2Z"
"""One of the five petals of the larkspur floret that is the shop's mark, on a 24 px grid."""


def floret(class_name: str) -> rx.Component:
    """The shop's mark."""
    return rx.el.svg(
        *(
            rx.el.path(d=PETAL, custom_attrs={"transform": f"rotate({turn} 12 12)"})
            for turn in range(0, 360, 72)
        ),
        view_box="0 0 24 24",
        class_name=class_name,
        aria_hidden=True,
    )


def brand() -> rx.Component:
    return rx.el.a(
        floret("fill-accent"),
        "Larkspur",
        href="/",
        class_name="brand",
    )


def site_header() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            icon_button(
                "menu",
                "Menu",
                on_click=open_dialog(MENU_DRAWER),
                class_name="-ml-2.5 lg:hidden",
                data_testid="menu",
            ),
            brand(),
            rx.el.nav(
                rx.foreach(VisitState.departments, lambda link: rx.el.a(link.label, href=link.href)),
                aria_label="Departments",
                class_name="site-nav",
            ),
            rx.el.div(class_name="flex-1"),
            rx.el.div(search_box("header"), class_name="hidden md:block w-60 xl:w-72"),
            rx.el.a(icon("search"), href="/search", aria_label="Search", class_name="icon-button md:hidden"),
            rx.el.div(currency_menu(), class_name="hidden sm:flex"),
            rx.el.div(theme_toggle(), class_name="hidden sm:flex"),
            account_menu(),
            wish_link(),
            cart_button(),
            class_name="wrap site-header-row",
        ),
        _menu(),
        progress(),
        class_name="site-header",
    )


def bare_header(*content: rx.Component) -> rx.Component:
    """For a page that wants one thing done, like the checkout: the name, and what it brings itself."""
    return rx.el.header(
        rx.el.div(
            brand(),
            rx.el.div(class_name="flex-1"),
            *content,
            theme_toggle(),
            class_name="wrap site-header-row",
        ),
        class_name="site-header",
    )


def progress() -> rx.Component:
    """A line that moves while the next page is being fetched."""
    return rx.cond(rx.State.is_hydrated, rx.fragment(), rx.el.div(class_name="progress", aria_hidden=True))


def cart_button() -> rx.Component:
    count = CartState.cart.count
    return icon_button(
        "bag",
        rx.cond(count == 1, "Cart, 1 item", f"Cart, {count} items"),
        rx.cond(
            count > 0,
            rx.el.span(
                rx.cond(count > 99, "99+", f"{count}"),
                class_name="cart-count",
                key=f"{count}",
                aria_hidden=True,
                data_testid="cart-count",
            ),
        ),
        on_click=open_dialog(CART_DRAWER),
        class_name="-mr-2.5",
        data_testid="cart-button",
    )


def wish_link() -> rx.Component:
    """On a phone it is in the menus."""
    count = count_of(WishState.wished)
    return rx.el.a(
        icon("heart"),
        href="/wishlist",
        aria_label=rx.cond(
            count == 0, "Wish list", rx.cond(count == 1, "Wish list, 1 thing", f"Wish list, {count} things")
        ),
        class_name="icon-button !hidden sm:!inline-flex",
        data_testid="wish-link",
    )


def _menu() -> rx.Component:
    def department(link: rx.Var[Link]) -> rx.Component:
        return rx.el.li(
            rx.el.a(
                link.label,
                href=link.href,
                class_name="flex min-h-12 items-center font-display text-2xl",
            )
        )

    return drawer(
        MENU_DRAWER,
        "Menu",
        rx.el.nav(
            rx.el.ul(rx.foreach(VisitState.departments, department)),
            aria_label="Departments",
        ),
        currency_section(),
        rx.el.a(
            icon("heart"),
            "Wish list",
            href="/wishlist",
            class_name="mt-4 flex min-h-12 items-center gap-3 border-t pt-4",
        ),
        foot=rx.el.div(
            rx.el.span("Light or dark", class_name="text-sm text-muted"),
            theme_toggle(),
            class_name="flex items-center justify-between",
        ),
        left=True,
    )
