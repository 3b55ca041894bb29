"""The checkout: contact, address, delivery, payment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import Locator, expect

from tests.e2e.pages.card import Card, CardForm
from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.orders import Confirmation


@dataclass(frozen=True)
class Recipient:
    """Who gets the parcel, and where."""

    name: str = "Ada Fern"
    line1: str = "12 Orchard Lane"
    city: str = "Bristol"
    postal_code: str = "BS1 4DJ"
    country: str = "United Kingdom"


class CheckoutPage(StorePage):
    path = "/checkout"
    places = "checkout"

    @property
    def form(self) -> Locator:
        return self.page.get_by_test_id("checkout-form")

    def section(self, name: str) -> Locator:
        """contact, address, delivery or payment; a closed one shows what was given."""
        return self.page.get_by_test_id(f"checkout-{name}")

    @property
    def email(self) -> Locator:
        return self.page.get_by_label("E-mail")

    @property
    def total(self) -> Locator:
        """The total beside the form."""
        return self.page.get_by_test_id("total").filter(visible=True).first

    @property
    def card(self) -> CardForm:
        return CardForm(self.page)

    @property
    def pay_button(self) -> Locator:
        return self.page.get_by_test_id("place-order")

    @property
    def problem(self) -> Locator:
        """Why the last try to pay didn't work."""
        return self.page.get_by_test_id("payment-problem")

    @property
    def changes(self) -> Locator:
        """What has changed about the cart meanwhile."""
        return self.page.get_by_test_id("cart-changes").filter(visible=True)

    @property
    def hold(self) -> Locator:
        """How long the goods are held, or that they no longer are."""
        return self.page.get_by_test_id("hold")

    @property
    def seconds_held(self) -> int:
        """What the countdown shows."""
        minutes, _, seconds = self.hold.get_by_test_id("hold-clock").inner_text().partition(":")
        return int(minutes) * 60 + int(seconds)

    def count_from(self, seconds: int) -> None:
        """Let the page believe that so much is left, as if the store had just said so."""
        self.page.evaluate(
            "(seconds) => { document.querySelector('[data-hold]').dataset.hold = `test-${seconds} ${seconds}` }",
            seconds,
        )

    def count_to_the_end(self) -> None:
        self.count_from(1)

    @property
    def hold_again(self) -> Locator:
        return self.hold.get_by_role("button", name="Hold them again")

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def give_contact(self, email: str) -> None:
        self.email.fill(email)
        self.page.get_by_role("button", name="Continue to address").click()
        expect(self.page.get_by_label("Full name")).to_be_visible()

    def give_address(self, recipient: Recipient) -> None:
        self.page.get_by_label("Country").select_option(label=recipient.country)
        self.page.get_by_label("Full name").fill(recipient.name)
        self.page.get_by_label("Street and number").fill(recipient.line1)
        self.page.get_by_label("Town or city").fill(recipient.city)
        self.page.get_by_label("Postcode").fill(recipient.postal_code)
        self.page.get_by_role("button", name="Continue to delivery").click()
        expect(self.page.get_by_role("group", name="Delivery method")).to_be_visible()

    def choose_delivery(self, name: str = "Standard") -> None:
        self.page.get_by_role("radio", name=name).check()
        self.page.get_by_role("button", name="Continue to payment").click()
        self.card.arrived()

    def fill(self, email: str, recipient: Recipient | None = None) -> Self:
        """Everything up to the card."""
        self.give_contact(email)
        self.give_address(recipient or Recipient())
        self.choose_delivery()
        return self

    def pay(self, card: Card) -> None:
        """Type the card and press the button, without waiting for what comes of it."""
        self.card.fill(card)
        self.pay_button.click()

    def place_order(self, card: Card) -> Confirmation:
        self.pay(card)
        return Confirmation(self.page).arrived()

    def edit(self, section: str) -> None:
        self.page.get_by_role("button", name=f"Edit {section}").click()
