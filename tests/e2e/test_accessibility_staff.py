"""Dialogs, refused forms and answers of the staff side are as accessible as its pages as they open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.looks import examine
from tests.e2e.pages.staff import StaffPage, StockArticlePage

DIALOGS = {
    "location": ("/admin/locations", "new-location", "save-location"),
    "zone": ("/admin/delivery", "new-zone", "save-zone"),
    "method": ("/admin/delivery", "new-method", "save-method"),
    "taxes": ("/admin/taxes", "new-taxes", "save-taxes"),
    "currency": ("/admin/price-lists", "new-price-list", "create-price-list"),
}
"""Page, and the test ids of what opens the dialog and of what sends its form, which is refused when it is empty."""
KINDS = ("Welcome", "3 for 2 on seeds and bulbs", "Set the table", "Delivery on us")


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_and_what_it_refuses(page_of: Callable[..., Page], name: str) -> None:
    path, opener, send = DIALOGS[name]
    page = page_of("ada")
    staff = StaffPage(page).open(path)
    page.get_by_test_id(opener).first.click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    examine(staff)
    sheet.get_by_test_id(send).click()
    expect(sheet.locator("[aria-invalid=true], [role=alert]").first).to_be_visible()
    examine(staff)


@pytest.mark.parametrize("name", DIALOGS)
def test_escape_closes_a_dialog_and_the_focus_returns(page_of: Callable[..., Page], name: str) -> None:
    path, opener, _ = DIALOGS[name]
    page = page_of("ada")
    StaffPage(page).open(path)
    button = page.get_by_test_id(opener).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("path", ["/admin/delivery", "/admin/taxes"])
def test_the_question_before_something_is_deleted(page_of: Callable[..., Page], path: str) -> None:
    page = page_of("ada")
    staff = StaffPage(page).open(path)
    page.get_by_role("button", name=re.compile("^Delete")).first.click()
    expect(page.get_by_role("dialog", name=re.compile("^Delete"))).to_be_visible()
    examine(staff)


@pytest.mark.parametrize("name", KINDS)
def test_a_promotion_of_each_kind(page_of: Callable[..., Page], name: str) -> None:
    page = page_of("ada")
    StaffPage(page).open("/admin/promotions")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_test_id("promotion-preview")).to_be_visible()
    examine(StaffPage(page).arrived())


def test_a_promotion_with_gaps(page_of: Callable[..., Page]) -> None:
    page = page_of("ada")
    staff = StaffPage(page).open("/admin/promotions/new")
    page.get_by_test_id("save-promotion").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    examine(staff)


def test_what_the_simulator_answers(page_of: Callable[..., Page]) -> None:
    page = page_of("ada")
    staff = StaffPage(page).open("/admin/promotions/simulator")
    page.get_by_test_id("find-goods").fill("bulbs")
    page.get_by_role("button", name="Find").click()
    page.get_by_test_id("add-goods").first.click()
    expect(page.get_by_test_id("simulated-line")).to_have_count(1)
    page.get_by_label("Codes").fill("WELCOME10 NO-SUCH-CODE")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_test_id("simulated-applied")).to_contain_text("Welcome")
    examine(staff)


def test_what_a_shopper_would_be_offered(page_of: Callable[..., Page]) -> None:
    page = page_of("ada")
    staff = StaffPage(page).open("/admin/delivery")
    page.get_by_label("Weight, kg").fill("heavy")
    page.get_by_test_id("try-delivery").click()
    expect(page.get_by_label("Weight, kg")).to_have_attribute("aria-invalid", "true")
    examine(staff)
    page.get_by_label("Weight, kg").fill("2")
    page.get_by_label("Goods, GBP").fill("30")
    page.get_by_test_id("try-delivery").click()
    expect(page.get_by_test_id("trial-answer")).to_contain_text("Zone")
    examine(staff)


def test_counting_an_article(page_of: Callable[..., Page]) -> None:
    article = StockArticlePage(page_of("ada")).open("/admin/stock/BAC-FEL-CHR-24")
    article.count("many")
    expect(article.counted).to_have_attribute("aria-invalid", "true")
    examine(article)
    article.count("10")
    article.carry("2", source="Bristol workshop", target="Leeds store")
    expect(article.ledger.filter(has_text="Carried over").first).to_be_visible()
    examine(article)


def test_a_price_by_hand_that_is_none(page_of: Callable[..., Page]) -> None:
    page = page_of("ada")
    staff = StaffPage(page).open("/admin/price-lists/EUR")
    page.get_by_label("EUR for 1 GBP").fill("2")
    row = page.get_by_test_id("listed-price").first
    row.get_by_placeholder("Price").fill("dear")
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_be_visible()
    examine(staff)
