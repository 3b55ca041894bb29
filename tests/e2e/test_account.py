"""One's own account: what it keeps, who is signed in to it, taking one's data along, leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.flows import register, sign_in_with, to_checkout
from tests.e2e.keyboard import Keyboard
from tests.e2e.pages.account import AccountPage, AddressesPage, DataPage, ProfilePage, SessionsPage
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.checkout import CheckoutPage, Recipient
from tests.e2e.pages.orders import OrderPage
from tests.e2e.pages.shop import HomePage
from tests.e2e.pages.sign_in import Newcomer

HOME = Recipient()
WORK = replace(HOME, line1="22 Dock Road", postal_code="BS1 6AA")
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)


def on_a_phone(new_context: Callable[..., BrowserContext], who: Newcomer) -> Page:
    """A second browser of somebody who is signed in."""
    return sign_in_with(new_context(user_agent=IPHONE).new_page(), who)


def order_a_mug(page: Page) -> str:
    """As somebody signed in who has no address in the book yet; the order's number."""
    checkout = to_checkout(page)
    checkout.give_address(HOME)
    checkout.choose_delivery()
    return checkout.place_order(ACCEPTED).number


def test_a_new_name_is_in_the_header_at_once(page: Page) -> None:
    register(page)
    HomePage(page).open_account_menu()
    page.get_by_role("link", name="My account").click()
    profile = ProfilePage(page).arrived()
    expect(profile.name).to_have_value("Juniper Ash")
    profile.name.fill("  June ")
    profile.phone.fill("+44 20 7946 0000")
    profile.save()
    profile.expect_message("saved")
    expect(profile.name).to_have_value("June")
    profile.expect_signed_in_as("June")
    expect(profile.open().phone).to_have_value("+44 20 7946 0000")


def test_a_phone_number_that_is_none_is_told_beside_the_field_and_nothing_is_lost(page: Page) -> None:
    register(page)
    profile = ProfilePage(page).open()
    profile.name.fill("June")
    profile.phone.fill("call me")
    profile.save()
    expect(profile.phone).to_be_focused()
    expect(profile.phone).to_have_attribute("aria-invalid", "true")
    expect(profile.name).to_have_value("June")
    expect(profile.phone).to_have_value("call me")


def test_addresses_are_added_changed_removed_and_put_back(page: Page) -> None:
    register(page)
    book = AddressesPage(page).open()
    expect(page.get_by_test_id("addresses-empty")).to_be_visible()
    book.add(HOME)
    expect(book.card(HOME.line1)).to_contain_text("Default delivery")
    book.add(WORK)

    book.press(WORK.line1, "Edit")
    page.get_by_label("Street and number").fill("23 Dock Road")
    book.save()
    expect(book.card("23 Dock Road").get_by_role("button", name="Edit")).to_be_focused()
    expect(book.cards).to_have_count(2)

    book.press("23 Dock Road", "Deliver here by default")
    expect(book.cards.first).to_contain_text("23 Dock Road")
    expect(book.cards.first).to_contain_text("Default delivery")

    book.press("23 Dock Road", "Remove")
    expect(book.cards).to_have_count(1)
    expect(book.add_button).to_be_focused()
    book.messages.get_by_role("button", name="Undo").click()
    expect(book.card("23 Dock Road")).to_contain_text("Default delivery")
    expect(book.open().cards).to_have_count(2)


def test_a_form_left_half_way_is_there_after_a_reload(page: Page) -> None:
    register(page)
    book = AddressesPage(page).open()
    book.add_button.click()
    page.get_by_label("Street and number").fill(HOME.line1)
    page.get_by_label("Town or city").fill(HOME.city)
    page.get_by_label("Postcode").focus()
    page.reload()
    expect(page.get_by_label("Street and number")).to_have_value(HOME.line1)
    page.get_by_role("button", name="Cancel").click()
    expect(book.add_button).to_be_focused()


def test_an_address_by_keyboard_alone(page: Page) -> None:
    register(page)
    keys, book = Keyboard(page), AddressesPage(page).open()
    keys.press(book.add_button)
    country = page.get_by_label("Country")
    expect(country).to_be_focused()
    keys.type_into(page.get_by_label("Street and number"), HOME.line1)
    keys.type_into(page.get_by_label("Town or city"), HOME.city)
    keys.type_into(page.get_by_label("Postcode"), "1")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Postcode")).to_be_focused()
    expect(page.get_by_label("Postcode")).to_have_attribute("aria-invalid", "true")
    keys.type_into(page.get_by_label("Postcode"), HOME.postal_code)
    keys.press(page.get_by_role("checkbox", name="Bill here by default"), "Space")
    keys.press(page.get_by_role("button", name="Save address"))
    expect(book.card(HOME.line1).get_by_role("button", name="Edit")).to_be_focused()
    keys.press(book.card(HOME.line1).get_by_role("button", name="Edit"))
    expect(country).to_be_focused()
    keys.press(page.get_by_role("button", name="Cancel"))
    expect(book.card(HOME.line1).get_by_role("button", name="Edit")).to_be_focused()


def test_the_checkout_offers_saved_addresses_and_saves_a_new_one(page: Page) -> None:
    register(page)
    book = AddressesPage(page).open()
    book.add(HOME)
    book.add(WORK)
    checkout = to_checkout(page)
    checkout.edit("delivery address")
    choice = page.get_by_label("Your addresses")
    expect(choice.locator("option:checked")).to_contain_text(HOME.line1)
    expect(page.get_by_label("Save this address")).to_be_hidden()
    choice.select_option(label=f"{WORK.name}, {WORK.line1}, {WORK.city}")
    expect(checkout.field("Street and number")).to_have_value(WORK.line1)

    choice.select_option(label="Another address")
    expect(checkout.field("Street and number")).to_have_value("")
    expect(page.get_by_label("Save this address")).to_be_checked()
    checkout.give_address(replace(HOME, line1="7 Tannery Row"))
    expect(AddressesPage(page).open().card("7 Tannery Row")).to_be_visible()


def test_an_address_that_is_not_to_be_kept_is_not(page: Page) -> None:
    register(page)
    to_checkout(page)
    page.get_by_label("Save this address").uncheck()
    CheckoutPage(page).give_address(HOME)
    expect(AddressesPage(page).open().cards).to_have_count(0)


def test_another_browser_is_signed_out_from_here(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    phone = on_a_phone(new_context, register(page))
    here = SessionsPage(page).open()
    expect(here.sessions).to_have_count(2)
    expect(here.sessions.first).to_contain_text("This browser")
    here.sign_out_of("Safari on an iPhone")
    expect(here.sessions).to_have_count(1)
    expect(AccountPage(phone).open().sign_in_needed).to_be_visible()
    expect(ProfilePage(page).open().name).to_be_visible()


def test_all_other_browsers_are_signed_out_at_once(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    who = register(page)
    phones = [on_a_phone(new_context, who) for _ in range(2)]
    here = SessionsPage(page).open()
    here.sign_out_elsewhere()
    for phone in phones:
        expect(AccountPage(phone).open().sign_in_needed).to_be_visible()


def test_signing_out_everywhere_includes_here(page: Page, new_context: Callable[..., BrowserContext]) -> None:
    phone = on_a_phone(new_context, register(page))
    SessionsPage(page).open()
    page.get_by_role("button", name="Sign out everywhere", exact=True).click()
    HomePage(page).arrived()
    for each in (page, phone):
        expect(AccountPage(each).open().sign_in_needed).to_be_visible()


def test_ones_data_comes_as_a_file(page: Page) -> None:
    who = register(page)
    number = order_a_mug(page)
    kept = DataPage(page).open().download()
    assert kept["profile"]["email"] == who.email
    assert HOME.line1 in str(kept["addresses"])
    assert number in str(kept["orders"])


def test_an_account_with_an_order_under_way_can_not_be_deleted_yet(page: Page) -> None:
    register(page)
    number = order_a_mug(page)
    leaving = DataPage(page).open()
    expect(leaving.delete_button).to_have_count(0)
    leaving.open_orders.get_by_role("link", name=number).click()
    order = OrderPage(page).arrived()
    expect(order.heading).to_contain_text(number)
    page.get_by_test_id("cancel-order").click()
    page.get_by_test_id("confirm-cancel").click()
    expect(order.status).to_have_text("Cancelled")
    expect(leaving.open().delete_button).to_be_visible()


def test_a_deleted_account_says_goodbye_and_a_new_sign_in_finds_nothing(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    who = register(page)
    phone = on_a_phone(new_context, who)
    AddressesPage(page).open().add(HOME)
    leaving = DataPage(page).open()

    leaving.delete("no")
    expect(leaving.question.get_by_label("Type “delete” to go on")).to_be_focused()
    expect(leaving.question.get_by_label("Type “delete” to go on")).to_have_value("no")
    page.keyboard.press("Escape")
    leaving.delete("Delete")

    expect(leaving.farewell).to_be_visible()
    leaving.open_account_menu()
    expect(page.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()
    expect(AccountPage(phone).open().sign_in_needed).to_be_visible()
    again = on_a_phone(new_context, who)
    expect(AddressesPage(again).open().cards).to_have_count(0)
