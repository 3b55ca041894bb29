"""The audit log in the browser: a deed is done, found, opened and taken out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.flows import buy, order_id, someone
from tests.e2e.pages.staff import AuditPage, ProductEditor, StaffOrderPage, StaffPage


def test_an_order_that_ada_ships_is_in_the_log_with_its_diff_and_in_its_exports(
    page: Page, page_of: Callable[..., Page]
) -> None:
    number = buy(page, someone()).number
    order = StaffOrderPage(page_of("ada")).open(f"/admin/orders/{order_id(page)}")
    order.ship("RM123456785GB")
    order.page.get_by_role("link", name="History").click()

    log = AuditPage(order.page).arrived()
    expect(log.rows).to_have_count(1)
    expect(log.rows).to_contain_text(f"Shipped order {number}")
    expect(log.rows).to_contain_text("Ada Moreau")
    expect(log.active_filters).to_contain_text([f"About {number}"])
    diff = log.unfold(log.rows)
    expect(diff).to_contain_text("before: paid")
    expect(diff).to_contain_text("after: shipped")
    expect(diff).to_contain_text("after: RM123456785GB")

    rows = list(csv.DictReader(io.StringIO(log.export("Export CSV").decode("utf-8-sig"))))
    assert [(row["action"], row["object_name"], row["actor"]) for row in rows] == [
        ("order.shipped", number, "Ada Moreau")
    ]
    (entry,) = json.loads(log.export("JSON"))
    assert entry["changes"] == {"status": ["paid", "shipped"], "tracking": ["", "RM123456785GB"]}

    log.rows.get_by_role("link", name=number).click()
    expect(order.arrived().status).to_have_text("Shipped")


def test_filters_stay_in_the_address_over_reload_and_back(page: Page, page_of: Callable[..., Page]) -> None:
    number = buy(page, someone()).number
    StaffOrderPage(page_of("maya")).open(f"/admin/orders/{order_id(page)}").ship()
    log = AuditPage(page_of("ada")).open()
    log.search_for(number)
    expect(log.rows).to_have_count(1)
    log.about("Products")
    expect(log.page.get_by_role("heading", name="Nothing found")).to_be_visible()
    log.page.go_back()
    expect(log.rows).to_have_count(1)
    log.about("Orders")
    log.rows.get_by_role("link", name="Maya Lindqvist").click()
    expect(log.active_filters).to_contain_text(["By Maya Lindqvist"])
    log.page.reload()
    expect(log.arrived().active_filters).to_contain_text(["By Maya Lindqvist"])
    expect(log.rows.first).to_contain_text("Maya Lindqvist")
    log.active_filters.get_by_role("link").click()
    expect(log.active_filters).to_have_count(0)


def test_older_entries_come_when_asked_for(page_of: Callable[..., Page]) -> None:
    log = AuditPage(page_of("ada")).open("/admin/audit?to=2099-12-31")
    expect(log.count).to_have_text(re.compile(r"^25 of \d+ entries$"))
    log.page.get_by_role("button", name="Load more").click()
    expect(log.rows.nth(25)).to_be_visible()
    expect(log.count).not_to_have_text(re.compile("^25 of"))


def test_a_product_has_its_history_too(page_of: Callable[..., Page]) -> None:
    editor = ProductEditor(page_of("ada")).open("/admin/products/hemstitched-linen-napkins")
    known = editor.field("Subtitle").input_value()
    for subtitle in ("For a while", known):
        editor.fill("Subtitle", subtitle)
        expect(editor.unsaved).to_have_text("Unsaved changes")
        editor.save()
        expect(editor.unsaved).to_be_empty()
    editor.page.get_by_role("link", name="History").click()
    log = AuditPage(editor.page).arrived()

    def recorded() -> bool:
        log.page.reload()
        return log.arrived().rows.count() >= 2

    assert any(recorded() for _ in range(20))
    diff = log.unfold(log.rows.first)
    expect(diff).to_contain_text("before: For a while")
    expect(diff).to_contain_text(f"after: {known}")


def test_staff_who_are_no_administrators_see_no_way_to_the_log(
    page: Page, page_of: Callable[..., Page]
) -> None:
    buy(page, someone())
    maya = StaffOrderPage(page_of("maya")).open(f"/admin/orders/{order_id(page)}")
    expect(maya.page.get_by_role("link", name="Orders", exact=True).first).to_be_visible()
    expect(maya.page.get_by_role("link", name="History")).to_have_count(0)
    expect(maya.page.get_by_role("link", name="Audit log")).to_have_count(0)
    expect(StaffPage(maya.page).open("/admin/audit").not_allowed).to_be_visible()
