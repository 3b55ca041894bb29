"""People with an account, for the tests of what they see and do there."""

from __future__ import annotations

from typing import Any

from store_app.states.account_address_form import AddressFormState
from store_app.states.account_addresses import AddressBookState
from store_app.states.session import forget_look_up
from store_app.states.toasts import ToastState
from store_app.states.visit import VisitState
from tests.shop_samples import sign_in
from tests.states.tab import S, Tab

HOME = {
    "country": "GB",
    "name": "Maya Lind",
    "line1": "1 Quay Street",
    "line2": "",
    "city": "Bristol",
    "postal_code": "bs1 4dj",
    "phone": "",
}
WORK = HOME | {"line1": "22 Dock Road", "postal_code": "BS1 6AA"}


async def signed_in(name: str = "maya") -> Tab:
    return Tab(cookie=(await sign_in(name))["cookie"])


async def at(tab: Tab, path: str, kind: type[S]) -> S:
    """The page at `path`, loaded, and its state."""
    forget_look_up()
    tab.go(path)
    await (await tab.state(VisitState)).load()
    state: Any = await tab.state(kind)
    await state.load()
    loaded: S = state
    return loaded


async def with_addresses(tab: Tab, *typed: dict[str, str]) -> AddressBookState:
    """The address book after these were added in the form, one after the other."""
    book = await at(tab, "/account/addresses", AddressBookState)
    form = await tab.state(AddressFormState)
    for each in typed:
        await form.add()
        await form.save(each)
    return book


def card_of(book: AddressBookState, line: str) -> Any:
    return next(card for card in book.cards if line in card.lines)


async def messages(tab: Tab) -> list[str]:
    return [toast.text for toast in (await tab.state(ToastState)).toasts]
