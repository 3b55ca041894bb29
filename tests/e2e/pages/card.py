"""The gateway's card fields, in their frame, and the bank's page for 3-D Secure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from playwright.sync_api import FrameLocator, Page, expect


@dataclass(frozen=True)
class Card:
    """What is printed on a card; the outcome hangs on its number alone."""

    number: str
    expiry: str = "12 / 34"
    code: str = "123"


ACCEPTED = Card("4242 4242 4242 4242")
DECLINED = Card("4000 0000 0000 0002")
INSUFFICIENT_FUNDS = Card("4000 0000 0000 9995")
ASKS_THE_BANK = Card("4000 0000 0000 3220")
TAKES_TIME = Card("4000 0000 0000 0259")


class CardForm:
    """The frame inside a page of the store."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title='Card details']")

    def arrived(self) -> Self:
        expect(self.page.get_by_test_id("card-fields")).to_have_attribute("data-state", "ready")
        expect(self.frame.get_by_label("Card number")).to_be_visible()
        return self

    def fill(self, card: Card) -> None:
        self.arrived()
        self.frame.get_by_label("Card number").fill(card.number)
        self.frame.get_by_label("Expiry date").fill(card.expiry)
        self.frame.get_by_label("Security code").fill(card.code)


class BankPage:
    """The bank's question, on the gateway's origin."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def arrived(self) -> Self:
        expect(self.page.get_by_role("heading", name="Confirm your payment")).to_be_visible()
        return self

    def confirm(self) -> None:
        self.page.get_by_role("button", name="Complete").click()

    def refuse(self) -> None:
        self.page.get_by_role("button", name="Fail").click()
