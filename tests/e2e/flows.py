"""Steps that many tests begin with."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.pages.account import AccountPage
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.checkout import CheckoutPage
from tests.e2e.pages.orders import Confirmation
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.shop import HomePage
from tests.e2e.pages.sign_in import Newcomer, RegistrationPage, SignInPage

MUG = ProductPage.path_of("billy-enamel-mug", "MUG-BIL-CHA")
MUG_TITLE = "Billy enamel mug"
SOCKS = ProductPage.path_of("long-mile-walking-socks", "SOC-LON-OAT-47")
SOCKS_TITLE = "Long Mile walking socks"


def someone() -> str:
    """An e-mail address nobody else has."""
    return f"guest.{uuid4().hex[:10]}@example.com"


def to_checkout(page: Page, product: str = MUG, quantity: int = 1) -> CheckoutPage:
    ProductPage(page).open(product).add_to_cart(quantity).check_out()
    return CheckoutPage(page).arrived()


def buy(page: Page, email: str, product: str = MUG) -> Confirmation:
    """As a guest, or as somebody who buys for the first time."""
    return to_checkout(page, product).fill(email).place_order(ACCEPTED)


def order_id(page: Page) -> str:
    """From the address of the order's page or its confirmation."""
    return page.url.partition("/order/")[2].partition("/")[0]


def register(page: Page) -> Newcomer:
    """Somebody new, signed in."""
    newcomer = Newcomer.anyone()
    HomePage(page).open().go_to_registration()
    RegistrationPage(page).arrived().register(newcomer)
    HomePage(page).arrived()
    return newcomer


def sign_in_with(page: Page, who: Newcomer) -> Page:
    """In a browser that knows nobody, from the account's own page and back to it."""
    account = AccountPage(page).open()
    account.sign_in_needed.get_by_role("link", name="Sign in").click()
    SignInPage(page).arrived().sign_in(who.email, who.password)
    page.wait_for_url("**/account")
    expect(account.heading).to_have_text("Profile")
    return page
