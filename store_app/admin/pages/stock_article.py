"""The stock of one article."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import history_link
from store_app.admin.components.shell import staff_page
from store_app.admin.components.stock_facts import figures, ledger, shelves
from store_app.admin.components.stock_forms import backorder_form, count_form, move_form
from store_app.admin.states.stock import PATH
from store_app.admin.states.stock_article import StaffStockArticleState as Article
from store_app.components.controls import link_button, text_link
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.navigation import breadcrumb
from store_app.components.route import route_param
from store_app.view_models.links import Link

_COLUMNS = (
    "grid grid-cols-1 items-start gap-10 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_minmax(0,1fr)]"
)
"""On a phone the forms come before the ledger, which may be long."""


def stock_article() -> rx.Component:
    return staff_page(
        "stock",
        rx.cond(
            (Article.shown != "") & (Article.shown == route_param("sku")),
            rx.cond(Article.missing, _missing(), _article()),
            _skeleton(),
        ),
    )


def _article() -> rx.Component:
    view = Article.article
    return rx.el.div(
        breadcrumb([Link("Stock", PATH)], view.title),
        rx.el.div(
            rx.el.div(
                rx.el.h1(view.title, class_name="staff-title min-w-0", data_testid="stock-title"),
                rx.cond(view.note, badge(view.note, view.tone)),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
            ),
            rx.el.p(
                rx.cond(view.options, rx.el.span(view.options)),
                rx.el.span(view.sku, class_name="tabular-nums"),
                rx.cond(view.product_href, text_link("Product", href=view.product_href)),
                history_link(view.sku),
                class_name="mt-1 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-muted",
            ),
            class_name="mt-2 mb-6",
        ),
        rx.el.div(
            rx.el.div(figures(), shelves(), class_name="grid grid-cols-1 gap-10"),
            rx.el.div(
                count_form(),
                rx.cond(view.shelves.length() > 1, move_form()),
                backorder_form(),
                class_name="grid grid-cols-1 content-start gap-6 xl:col-start-2 xl:row-span-2 xl:row-start-1",
            ),
            ledger(),
            class_name=_COLUMNS,
        ),
    )


def _missing() -> rx.Component:
    return empty_state(
        "There is no such article",
        "No product has this SKU. Look for it by its name among the stock.",
        link_button("To the stock", href=PATH, variant="primary"),
        level=1,
    )


def _skeleton() -> rx.Component:
    return loading(
        skeleton("h-5 w-48"),
        skeleton("mt-3 h-8 w-64"),
        skeleton("mt-2 h-5 w-80 max-w-full"),
        rx.el.div(
            rx.el.div(skeleton("h-14"), skeleton("mt-10 h-64")),
            skeleton("h-96"),
            class_name=f"mt-8 {_COLUMNS}",
        ),
    )
