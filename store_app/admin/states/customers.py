"""All customers, searched, sorted and paged by the address."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.permissions import Permission
from services.customer import service as customers
from services.customer.listing import Sort
from services.customer.service import Customer
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.states.orders import PATH as ORDERS
from store_app.admin.view_models.customers import CustomerRow, of_row
from store_app.admin.view_models.filters import Chip, Choice
from store_app.states.parsing import short_text
from store_app.view_models.links import Pages

PATH = "/admin/customers"
PAGE_SIZE = 25
SEARCH, SORT = "customers-search", "customers-sort"
"""The ids of the fields that narrow and sort."""
DELETED = "deleted"
SORTS = (
    Choice("", "Newest first"),
    Choice(Sort.NAME.value, "By name"),
    Choice(Sort.SPENT.value, "Most spent"),
    Choice(Sort.ORDERS.value, "Most orders"),
)


class StaffCustomersState(rx.State):
    """`orders_href` looks for the same text among orders, guests' too."""

    rows: tuple[CustomerRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    pages: Pages = Pages()
    total: int = 0
    sort: str = ""
    orders_href: str = ORDERS
    filtered: bool = False
    deleted: bool = False
    loaded: bool = False

    @rx.event
    async def load(self) -> Any:
        """Parameters of the address: `q`, `sort`, `show` (deleted), `page`."""
        asked = self._asked()
        number = page_number(self.router.url.query_parameters.get("page"))
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.VIEW_CUSTOMERS) is None:
                return None
            page = await customers.list_customers(
                uow,
                text=asked["q"],
                sort=asked["sort"] or Sort.NEWEST,
                deleted=asked["show"] == DELETED,
                limit=PAGE_SIZE,
                offset=(number - 1) * PAGE_SIZE,
            )
        self.rows = tuple(_row(each) for each in page.items)
        self.chips = _chips(asked)
        self.pages = pages_of(PATH, asked, number, page.total, PAGE_SIZE)
        self.total, self.sort = page.total, asked["sort"]
        self.orders_href = address(ORDERS, {"q": asked["q"]})
        self.filtered, self.deleted = bool(asked["q"]), asked["show"] == DELETED
        self.loaded = True
        return rx.set_value(SORT, asked["sort"])

    def _asked(self) -> dict[str, str]:
        parameters = self.router.url.query_parameters
        sort = short_text(parameters.get("sort"), 20)
        return {
            "q": short_text(parameters.get("q"), 100),
            "sort": sort if sort in {choice.key for choice in SORTS} else "",
            "show": DELETED if parameters.get("show") == DELETED else "",
        }


def _row(customer: Customer) -> CustomerRow:
    purchases = customer.purchases
    return of_row(
        customer.user,
        customer.roles,
        seen=customer.last_seen_at,
        orders=purchases.orders,
        spent=[spending.total for spending in purchases.spending],
        last_order=purchases.last_order_at,
    )


def _chips(asked: dict[str, str]) -> tuple[Chip, ...]:
    choices = (("", "Accounts"), (DELETED, "Deleted"))
    return tuple(
        Chip(label, -1, address(PATH, {**asked, "show": show}), current=show == asked["show"])
        for show, label in choices
    )
