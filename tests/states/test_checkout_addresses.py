"""Saved addresses at the checkout."""

from __future__ import annotations

from typing import Any

import pytest

from models.account import MAX_ADDRESSES
from models.address import Address
from services.account import service as accounts
from services.errors import Conflict, NotFound
from services.unit_of_work import unit_of_work
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_addresses import SavedAddressState
from store_app.view_models.checkout import ADDRESS, DELIVERY
from tests.shop_samples import stock_shop, user
from tests.states.accounts import HOME, WORK, at, signed_in, with_addresses
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")


async def opened(tab: Tab) -> SavedAddressState:
    """At the address, with a mug in the cart."""
    await stock_shop(MUG=5)
    await (await tab.state(CartState)).add_item("MUG")
    checkout = await at(tab, "/checkout", CheckoutState)
    await checkout.submit_contact({"email": "maya@larkspur.example"})
    await checkout.edit(ADDRESS)
    saved = await tab.state(SavedAddressState)
    await saved.load_addresses()
    return saved


async def submit(tab: Tab, form: dict[str, Any]) -> CheckoutState:
    """What the form's button does."""
    checkout, saved = await tab.state(CheckoutState), await tab.state(SavedAddressState)
    await checkout.submit_address(form)
    await saved.remember(form)
    return checkout


async def saved_lines() -> list[str]:
    async with unit_of_work() as uow:
        found = await accounts.list_addresses(uow, await user("maya"))
    return [Address.kept(each.address).line1 for each in found]


async def test_a_saved_address_fills_the_form() -> None:
    tab = await signed_in()
    await with_addresses(tab, HOME, WORK)
    saved = await opened(tab)
    choice = next(each for each in saved.choices if "Dock" in each.label)
    await saved.choose_address(choice.id)
    checkout = await tab.state(CheckoutState)
    assert (checkout.draft.line1, saved.chosen) == ("22 Dock Road", choice.id)
    checkout.check("line1", "23 Dock Road")
    assert saved.chosen == ""
    await saved.choose_address("")
    assert (checkout.draft.line1, checkout.draft.country) == ("", "GB")


async def test_a_new_address_is_saved_when_wanted_and_once() -> None:
    tab = await signed_in()
    await opened(tab)
    checkout = await submit(tab, HOME | {"save_address": "on"})
    assert checkout.section == DELIVERY
    assert await saved_lines() == ["1 Quay Street"]
    await submit(tab, HOME | {"save_address": "on"})
    assert await saved_lines() == ["1 Quay Street"]


async def test_a_slip_mended_in_the_same_checkout_is_mended_in_the_book() -> None:
    tab = await signed_in()
    await opened(tab)
    await submit(tab, HOME | {"save_address": "on"})
    await submit(tab, HOME | {"line1": "2 Quay Street", "save_address": "on"})
    assert await saved_lines() == ["2 Quay Street"]


@pytest.mark.parametrize("form", [HOME, HOME | {"save_address": "on", "line1": ""}])
async def test_an_address_that_is_not_wanted_or_not_complete_is_not_saved(form: Any) -> None:
    tab = await signed_in()
    await opened(tab)
    await submit(tab, form)
    assert await saved_lines() == []


async def test_a_guest_saves_nothing_and_is_offered_nothing() -> None:
    tab = Tab()
    saved = await opened(tab)
    checkout = await submit(tab, HOME | {"save_address": "on"})
    assert checkout.section == DELIVERY
    assert saved.choices == []


async def test_an_address_of_somebody_else_fills_nothing() -> None:
    theirs = (await with_addresses(await signed_in("sam"), HOME)).cards[0].id
    tab = await signed_in("maya")
    saved = await opened(tab)
    with pytest.raises(NotFound):
        await saved.choose_address(theirs)
    assert (await tab.state(CheckoutState)).draft.line1 == ""


async def test_a_full_book_does_not_hold_up_the_checkout() -> None:
    tab = await signed_in()
    await with_addresses(tab, *(HOME | {"line1": f"{number} Quay Street"} for number in range(MAX_ADDRESSES)))
    await opened(tab)
    with pytest.raises(Conflict):
        await submit(tab, WORK | {"save_address": "on"})
    assert (await tab.state(CheckoutState)).section == DELIVERY
