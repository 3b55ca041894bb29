"""The identity provider's own pages in a browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.complaints import Complaints
from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.flows import register
from tests.e2e.keyboard import Keyboard
from tests.e2e.looks import Look, axe_problems, overflowing, small_targets
from tests.e2e.pages.shop import HomePage
from tests.e2e.pages.sign_in import RegistrationPage, SignInPage

LOOKS = [Look(theme, width) for theme in ("light", "dark") for width in (1440, 390, 320)]


def examine(page: Page) -> None:
    """In either mode, down to what 400 % zoom leaves of a desktop. Raises AssertionError."""
    problems = []
    for look in LOOKS:
        look.put_on(page)
        found = axe_problems(page) + overflowing(page) + (small_targets(page) if look.is_phone else [])
        problems += [f"{look}: {problem}" for problem in found]
    assert not problems, f"{page.url}\n" + "\n".join(problems)


def provider(path: str) -> str:
    """An address at the provider."""
    issuer = urlsplit(os.environ["OIDC_ISSUER"])
    return f"{issuer.scheme}://{issuer.netloc}/t/larkspur/{path}"


@pytest.mark.parametrize("path", ["", "myaccount", "oidc/logout"])
def test_a_page_of_somebody_signed_in(page_of: Callable[..., Page], path: str) -> None:
    page = page_of("wilhelmina")
    page.goto(provider(path))
    expect(page.get_by_text("Featherstonehaugh").first).to_be_visible()
    examine(page)


def test_the_forms_as_they_come_and_with_mistakes(page: Page, complaints: Complaints) -> None:
    complaints.expect("status of 422")
    page.goto("/auth/login")
    SignInPage(page).arrived().sign_in("shopper", "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    examine(page)
    page.get_by_role("link", name="Create an account").click()
    RegistrationPage(page).arrived()
    examine(page)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Enter your email address.")).to_be_visible()
    expect(page.get_by_label("First name")).to_be_focused()
    examine(page)


def test_a_password_can_be_read_while_it_is_typed(page: Page) -> None:
    page.goto("/auth/register")
    password = page.get_by_label("Password")
    password.fill("a-long-enough-password")
    expect(password).to_have_attribute("type", "password")
    show = page.get_by_role("button", name="Show what is typed")
    show.click()
    expect(password).to_have_attribute("type", "text")
    expect(password).to_be_focused()
    show.click()
    expect(password).to_have_attribute("type", "password")
    expect(password).to_have_value("a-long-enough-password")


def test_a_demo_account_is_one_key_away(page: Page) -> None:
    page.goto("/auth/login")
    SignInPage(page).arrived()
    Keyboard(page).press(page.get_by_role("button", name="Continue as Robin"))
    HomePage(page).arrived().expect_signed_in_as("Robin Hale")


def test_turning_back_from_registration_leads_to_the_store(page: Page) -> None:
    page.goto("/auth/register")
    RegistrationPage(page).arrived()
    page.get_by_role("button", name="Back to the store").click()
    expect(page.get_by_test_id("sign-in-problem")).to_be_visible()


def test_signing_out_everywhere_at_the_provider_signs_out_at_the_store(
    page: Page, new_context: Callable[..., BrowserContext], complaints: Complaints
) -> None:
    complaints.expect("status of 401")
    newcomer = register(page)
    elsewhere = new_context().new_page()
    elsewhere.goto("/auth/login")
    SignInPage(elsewhere).arrived().sign_in(newcomer.email, newcomer.password)
    HomePage(elsewhere).arrived()

    at_provider = page.context.new_page()
    at_provider.goto(provider("myaccount"))
    at_provider.get_by_role("button", name="Sign out everywhere").click()
    expect(at_provider.get_by_role("heading", name="You are not signed in")).to_be_visible()

    for browser in (page, elsewhere):
        browser.wait_for_function(
            "async () => (await fetch('/api/v1/me')).status === 401", polling=200, timeout=PATIENCE_MS
        )
        HomePage(browser).open().open_account_menu()
        expect(browser.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()
