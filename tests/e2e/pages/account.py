"""My account: profile, addresses, sessions, data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.pages.checkout import Recipient
from tests.e2e.pages.frame import StorePage


class AccountPage(StorePage):
    """What all pages of the account have in common."""

    path = "/account"

    @property
    def sign_in_needed(self) -> Locator:
        return self.page.get_by_test_id("account-sign-in-needed")

    def go_to(self, section: str) -> None:
        """Profile, Addresses, Orders, Sessions or Your data."""
        self.page.get_by_role("navigation", name="My account").get_by_role("link", name=section).click()


class ProfilePage(AccountPage):
    places = "account"

    @property
    def name(self) -> Locator:
        return self.page.get_by_label("What we call you")

    @property
    def phone(self) -> Locator:
        return self.page.get_by_label("Phone (optional)")

    def save(self) -> None:
        self.page.get_by_role("button", name="Save", exact=True).click()


class AddressesPage(AccountPage):
    path = "/account/addresses"
    places = "account/addresses"

    @property
    def add_button(self) -> Locator:
        return self.page.get_by_role("button", name="Add an address")

    @property
    def form(self) -> Locator:
        return self.page.get_by_test_id("address-form")

    @property
    def cards(self) -> Locator:
        return self.page.get_by_test_id("address-card")

    def card(self, text: str) -> Locator:
        return self.cards.filter(has_text=text)

    def press(self, text: str, action: str) -> None:
        """A button on the card with this text: Edit, Remove, Deliver here by default, Bill here by default."""
        self.card(text).get_by_role("button", name=action).click()

    def fill(self, recipient: Recipient) -> None:
        self.page.get_by_label("Country").select_option(label=recipient.country)
        self.page.get_by_label("Full name").fill(recipient.name)
        self.page.get_by_label("Street and number").fill(recipient.line1)
        self.page.get_by_label("Town or city").fill(recipient.city)
        self.page.get_by_label("Postcode").fill(recipient.postal_code)

    def save(self) -> None:
        self.page.get_by_role("button", name="Save address").click()

    def add(self, recipient: Recipient) -> None:
        self.add_button.click()
        self.fill(recipient)
        self.save()
        expect(self.card(recipient.line1)).to_be_visible()


class SessionsPage(AccountPage):
    path = "/account/sessions"
    places = "account/sessions"

    @property
    def sessions(self) -> Locator:
        return self.page.get_by_test_id("session")

    def sign_out_of(self, device: str) -> None:
        self.page.get_by_role("button", name=f"Sign out of {device}").click()

    def sign_out_elsewhere(self) -> None:
        self.page.get_by_role("button", name="Sign out everywhere else").click()
        expect(self.sessions).to_have_count(1)


class DataPage(AccountPage):
    path = "/account/data"
    places = "account/data"

    @property
    def delete_button(self) -> Locator:
        return self.page.get_by_role("button", name="Delete my account")

    @property
    def open_orders(self) -> Locator:
        """What keeps the account from being deleted."""
        return self.page.get_by_test_id("open-orders")

    @property
    def question(self) -> Locator:
        return self.page.get_by_role("dialog", name="Delete your account?")

    @property
    def farewell(self) -> Locator:
        return self.page.get_by_test_id("farewell")

    def download(self) -> dict[str, Any]:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="Download my data").click()
        assert coming.value.suggested_filename == "larkspur-my-data.json"
        kept: dict[str, Any] = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))
        return kept

    def delete(self, word: str = "delete") -> None:
        """Open the question and answer it."""
        self.delete_button.click()
        self.question.get_by_label("Type “delete” to go on").fill(word)
        self.question.get_by_role("button", name="Delete it for good").click()
