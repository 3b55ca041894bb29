"""The address book in a tab."""

from __future__ import annotations

import pytest

from models.account import MAX_ADDRESSES
from models.ids import new_id
from services.errors import Conflict, Invalid, NotFound, Unauthenticated
from store_app.states.account_address_form import NEW, AddressFormState
from store_app.states.account_addresses import AddressBookState
from store_app.states.toasts import ToastState
from tests.states.accounts import HOME, WORK, at, card_of, messages, signed_in, with_addresses
from tests.states.tab import Tab, events, goes_to

pytestmark = pytest.mark.usefixtures("resources")


async def test_the_first_address_is_the_default_for_both() -> None:
    book = await with_addresses(await signed_in(), HOME)
    (card,) = book.cards
    assert card.lines == ("Maya Lind", "1 Quay Street", "Bristol", "BS1 4DJ", "United Kingdom")
    assert (card.default_shipping, card.default_billing) == (True, True)


async def test_an_empty_form_begins_with_what_is_known() -> None:
    tab = await signed_in()
    form = await tab.state(AddressFormState)
    await form.add()
    assert (form.editing, form.draft.name, form.draft.country) == (NEW, "Maya", "GB")
    await form.save(HOME)
    assert form.editing == ""


async def test_a_wrong_entry_is_explained_and_kept() -> None:
    tab = await signed_in()
    form = await tab.state(AddressFormState)
    await form.add()
    await form.save(HOME | {"line1": "", "postal_code": "1234"})
    assert await goes_to(form) == "line1"
    assert form.errors.keys() == {"line1", "postal_code"}
    assert (form.editing, form.draft.name) == (NEW, "Maya Lind")
    await at(tab, "/account/addresses", AddressBookState)
    assert (form.editing, form.draft.postal_code) == (NEW, "1234")


async def test_leaving_a_field_keeps_it_and_checks_only_what_was_typed() -> None:
    form = await (await signed_in()).state(AddressFormState)
    await form.add()
    form.check("postal_code", "BS1")
    form.check("city", "")
    form.check("default_shipping", "1")
    assert form.errors.keys() == {"postal_code"}
    assert form.draft.default_shipping is False


async def test_another_country_asks_other_fields() -> None:
    form = await (await signed_in()).state(AddressFormState)
    await form.add()
    form.choose_country("US")
    assert (form.form.postal_label, form.form.region_label) == ("ZIP code", "State")
    await form.save(HOME | {"postal_code": "97205"})
    assert form.errors.keys() == {"region"}
    with pytest.raises(Invalid):
        form.choose_country("XX")


async def test_an_address_is_changed_where_it_is() -> None:
    tab = await signed_in()
    book = await with_addresses(tab, HOME, WORK)
    form = await tab.state(AddressFormState)
    await form.edit(card_of(book, "22 Dock Road").id)
    assert form.draft.line1 == "22 Dock Road"
    await form.save(WORK | {"line1": "23 Dock Road", "default_shipping": "on"})
    assert len(book.cards) == 2
    assert card_of(book, "23 Dock Road").default_shipping
    assert not card_of(book, "1 Quay Street").default_shipping


async def test_a_default_is_one_address_at_a_time() -> None:
    tab = await signed_in()
    book = await with_addresses(tab, HOME, WORK)
    await book.ship_to(card_of(book, "22 Dock Road").id)
    await book.bill_to(card_of(book, "22 Dock Road").id)
    assert [card.lines[1] for card in book.cards if card.default_shipping] == ["22 Dock Road"]
    assert [card.lines[1] for card in book.cards if card.default_billing] == ["22 Dock Road"]


async def test_a_removed_address_comes_back_as_what_it_was() -> None:
    tab = await signed_in()
    book = await with_addresses(tab, HOME, WORK)
    await book.remove(card_of(book, "1 Quay Street").id)
    assert [card.lines[1] for card in book.cards] == ["22 Dock Road"]
    toasts = await tab.state(ToastState)
    (_, payload), *_ = events(toasts.undo(toasts.toasts[-1].id))
    await book.restore(payload["address_id"])
    assert card_of(book, "1 Quay Street").default_shipping
    await book.restore(payload["address_id"])
    assert len(book.cards) == 2


async def test_what_was_removed_elsewhere_while_being_changed_can_be_added_anew() -> None:
    tab = await signed_in()
    book = await with_addresses(tab, HOME)
    form = await tab.state(AddressFormState)
    await form.edit(book.cards[0].id)
    await book.remove(book.cards[0].id)
    await form.save(WORK)
    assert "removed meanwhile" in (await messages(tab))[-1]
    assert form.draft.line1 == "22 Dock Road"
    await form.save(WORK)
    assert [card.lines[1] for card in book.cards] == ["22 Dock Road"]


async def test_a_full_book_says_so_and_keeps_what_was_typed() -> None:
    tab = await signed_in()
    await with_addresses(tab, *(HOME | {"line1": f"{number} Quay Street"} for number in range(MAX_ADDRESSES)))
    form = await tab.state(AddressFormState)
    await form.add()
    with pytest.raises(Conflict):
        await form.save(WORK)
    assert (form.editing, form.draft.line1) == (NEW, "22 Dock Road")


async def test_closing_the_form_returns_to_what_opened_it() -> None:
    tab = await signed_in()
    book = await with_addresses(tab, HOME)
    form = await tab.state(AddressFormState)
    await form.edit(book.cards[0].id)
    form.cancel()
    assert (form.editing, form.returning) == ("", book.cards[0].id)
    form.returned()
    assert form.returning == ""
    assert await form.save(HOME) is None


async def test_an_address_of_somebody_else_can_not_be_touched() -> None:
    theirs = (await with_addresses(await signed_in("sam"), HOME)).cards[0].id
    tab = await signed_in("maya")
    book, form = await tab.state(AddressBookState), await tab.state(AddressFormState)
    for event in (book.ship_to, book.bill_to, book.remove, form.edit):
        with pytest.raises(NotFound):
            await event(theirs)
        with pytest.raises(NotFound):
            await event("nonsense")


async def test_a_guest_changes_nothing() -> None:
    tab = Tab()
    book, form = await tab.state(AddressBookState), await tab.state(AddressFormState)
    with pytest.raises(Unauthenticated):
        await form.add()
    for event in (book.ship_to, book.remove, form.edit):
        with pytest.raises(Unauthenticated):
            await event(str(new_id()))
