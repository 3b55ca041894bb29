"""A key from its making on a staff page to its end, with a program that uses it meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
from playwright.sync_api import Page, expect

from store_app.admin.states.new_api_key import NewApiKeyState
from tests.e2e.flows import someone
from tests.e2e.pages.staff import StaffKeysPage, StaffOrdersPage
from tests.e2e.wire import send_events


def orders_with(key: str, base_url: str) -> int:
    """The status that a program gets which asks for orders."""
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.get(f"{base_url}/api/v1/orders", headers=headers, timeout=20).status_code


def copied_key(keys: StaffKeysPage) -> str:
    keys.page.get_by_role("button", name="Copy key").click()
    expect(keys.page.get_by_text("Copied", exact=True)).to_be_visible()
    key: str = keys.page.evaluate("navigator.clipboard.readText()")
    return key


def test_a_key_is_made_copied_used_and_revoked(page_of: Callable[..., Page], base_url: str) -> None:
    keys = StaffKeysPage(page_of("sam", permissions=["clipboard-read", "clipboard-write"])).open()
    name = someone()
    keys.make(name, "See orders")
    expect(keys.secret).to_have_text(re.compile("^lk_[0-9A-Za-z]{49}$"))
    key = copied_key(keys)
    assert key == keys.secret.text_content()
    keys.done()
    expect(keys.page.get_by_role("button", name="New key")).to_be_focused()
    expect(keys.row(name)).to_contain_text("Never")
    assert key not in keys.page.content()

    assert orders_with(key, base_url) == 200
    keys.open()
    expect(keys.row(name)).not_to_contain_text("Never")

    keys.revoke(name)
    keys.expect_message("is revoked")
    assert orders_with(key, base_url) == 401


def test_a_key_is_gone_once_its_page_is_left(page_of: Callable[..., Page]) -> None:
    orders = StaffOrdersPage(page_of("sam")).open()
    orders.go_to("API keys")
    keys = StaffKeysPage(orders.page).arrived()
    keys.make(someone(), "See orders")
    expect(keys.secret).to_be_visible()
    keys.page.go_back()
    expect(keys.heading).to_have_text("Orders")
    keys.page.go_forward()
    expect(keys.arrived().heading).to_have_text("API keys")
    expect(keys.secret).to_have_count(0)


def test_a_press_beside_the_dialog_does_not_lose_the_key(page_of: Callable[..., Page]) -> None:
    keys = StaffKeysPage(page_of("sam")).open()
    keys.make(someone(), "See orders")
    expect(keys.secret).to_be_visible()
    keys.page.mouse.click(5, 5)
    expect(keys.secret).to_be_visible()
    keys.page.keyboard.press("Escape")
    expect(keys.secret).to_have_count(0)


def test_the_page_of_the_api_sends_a_key(page: Page, page_of: Callable[..., Page]) -> None:
    keys = StaffKeysPage(page_of("sam")).open()
    keys.make(someone(), "See orders")
    key = keys.secret.text_content() or ""
    page.goto("/api/docs")
    page.get_by_role("button", name="Authorize").click()
    page.get_by_label("auth-bearer-value").fill(key)
    page.get_by_label("Apply credentials").click()
    page.get_by_role("button", name="Close").click()
    operation = page.locator("[id$=list_orders_api_v1_orders_get]")
    operation.click()
    operation.get_by_role("button", name="Try it out").click()
    with page.expect_response("**/api/v1/orders*") as answer:
        operation.get_by_role("button", name="Execute").click()
    assert answer.value.request.headers["authorization"] == f"Bearer {key}"
    assert answer.value.json()["total"] > 0


def test_a_customers_events_over_the_wire_make_no_key(page_of: Callable[..., Page]) -> None:
    customer = page_of("shopper")
    customer.goto("/")
    name = NewApiKeyState.get_full_name()
    form = {"name": "mine", "view_orders": "on", "expires_in_days": "never"}
    events = [(f"{name}.start", {}), (f"{name}.create", {"fields": form})]
    answers = send_events(customer, "/admin/keys", events, "don't allow this")
    assert "don't allow this" in answers
    assert "lk_" not in answers
