"""One's own account in a tab: the profile, the sessions, leaving."""

from __future__ import annotations

from typing import Any

import pytest

from models.ids import new_id
from services.account import service as accounts
from services.errors import NotFound, Unauthenticated
from services.identity import sessions
from services.unit_of_work import unit_of_work
from store_app.states.account import AccountState
from store_app.states.account_addresses import AddressBookState
from store_app.states.account_data import AccountDataState
from store_app.states.account_sessions import SessionsState
from store_app.states.session import SessionState
from tests.shop_samples import sign_in, stock_shop, user
from tests.states.accounts import HOME, at, messages, signed_in, with_addresses
from tests.states.purchases import buy
from tests.states.tab import Tab, events, goes_to

pytestmark = pytest.mark.usefixtures("resources")


async def test_a_profile_shows_what_is_known() -> None:
    account = await at(await signed_in(), "/account", AccountState)
    assert (account.profile.name, account.profile.email) == ("Maya", "maya@larkspur.example")
    assert account.profile.since
    assert account.profile.account_url == ""


async def test_a_new_name_is_in_the_header_at_once_and_stays() -> None:
    tab = await signed_in()
    account = await at(tab, "/account", AccountState)
    told = events(await account.save({"name": "  Maja ", "phone": "+44 20 7946 0000"}))
    assert (await tab.state(SessionState)).name == "Maja"
    assert ("_set_value", "Maja") in [(name, payload.get("value")) for name, payload in told]
    again = await at(tab, "/account", AccountState)
    assert (again.profile.name, again.profile.phone) == ("Maja", "+44 20 7946 0000")


@pytest.mark.parametrize("name", ["", "Maya"])
async def test_without_a_name_of_ones_own_the_sign_in_accounts_name_counts(name: str) -> None:
    tab = await signed_in()
    account = await at(tab, "/account", AccountState)
    await account.save({"name": "Maja", "phone": ""})
    await account.save({"name": name, "phone": ""})
    assert (await tab.state(SessionState)).name == "Maya"
    async with unit_of_work() as uow:
        assert (await accounts.get_profile(uow, await user("maya"))).preferred_name == ""


async def test_what_can_not_be_kept_is_explained_beside_its_field_and_changes_nothing() -> None:
    tab = await signed_in()
    account = await at(tab, "/account", AccountState)
    await account.save({"name": "Maja", "phone": "call me"})
    assert await goes_to(account) == "phone"
    assert account.errors.keys() == {"phone"}
    assert (await tab.state(SessionState)).name == "Maya"


async def test_a_guest_sees_nothing_and_saves_nothing() -> None:
    account = await at(Tab(), "/account", AccountState)
    assert account.loaded
    assert account.profile.email == ""
    with pytest.raises(Unauthenticated):
        await account.save({"name": "Maja", "phone": ""})


async def test_who_signs_in_next_in_the_same_tab_finds_nothing_of_the_other() -> None:
    tab = await signed_in("maya")
    await with_addresses(tab, HOME)
    tab.cookie = (await sign_in("sam"))["cookie"]
    book = await at(tab, "/account/addresses", AddressBookState)
    assert book.cards == []
    assert (await at(tab, "/account", AccountState)).profile.email == "sam@larkspur.example"


async def test_this_browser_is_marked_and_comes_first() -> None:
    here = await signed_in()
    await sign_in("maya")
    await sign_in("sam")
    listed = await at(here, "/account/sessions", SessionsState)
    assert [card.here for card in listed.cards] == [True, False]


async def test_another_browser_is_signed_out_and_this_one_stays() -> None:
    here, there = await signed_in(), await signed_in()
    listed = await at(here, "/account/sessions", SessionsState)
    await listed.sign_out(listed.cards[1].id)
    assert [card.here for card in listed.cards] == [True]
    await at(there, "/account", AccountState)
    assert not (await there.state(SessionState)).signed_in


async def test_all_others_are_signed_out_at_once() -> None:
    here, *others = [await signed_in() for _ in range(3)]
    listed = await at(here, "/account/sessions", SessionsState)
    await listed.sign_out_elsewhere()
    assert len(listed.cards) == 1
    assert (await messages(here))[-1] == "Signed out of 2 other browsers."
    for other in others:
        await at(other, "/account", AccountState)
        assert not (await other.state(SessionState)).signed_in
    await listed.sign_out_elsewhere()
    assert (await messages(here))[-1] == "You are signed in nowhere else."


async def test_signing_this_one_out_by_hand_leaves_nothing_on_the_page() -> None:
    tab = await signed_in()
    listed = await at(tab, "/account/sessions", SessionsState)
    await listed.sign_out(listed.cards[0].id)
    assert listed.cards == []
    assert not (await tab.state(SessionState)).signed_in


async def test_a_session_of_somebody_else_stays() -> None:
    await sign_in("sam")
    async with unit_of_work() as uow:
        (theirs,) = await sessions.list_sessions(uow, await user("sam"))
    listed = await at(await signed_in("maya"), "/account/sessions", SessionsState)
    with pytest.raises(NotFound):
        await listed.sign_out(str(theirs.id))


async def test_a_guest_has_no_sessions() -> None:
    listed = await at(Tab(), "/account/sessions", SessionsState)
    assert (listed.cards, listed.loaded) == ([], True)
    for event in (listed.sign_out_elsewhere(), listed.sign_out(str(new_id()))):
        with pytest.raises(Unauthenticated):
            await event


async def test_an_order_under_way_stands_in_the_way() -> None:
    await stock_shop(MUG=5)
    tab = await signed_in()
    leaving = await at(tab, "/account/data", AccountDataState)
    bought = await buy(await user("maya"))
    await leaving.delete({"word": "delete"})
    assert bought.order.number in leaving.problem
    assert [(order.number, order.href) for order in leaving.obstacles] == [
        (bought.order.number, f"/order/{bought.order.id}")
    ]
    assert not leaving.deleted
    await at(tab, "/account", AccountState)
    assert (await tab.state(SessionState)).signed_in


@pytest.mark.parametrize("word", ["", "no", None, {"$ne": ""}])
async def test_without_the_word_nothing_happens(word: Any) -> None:
    tab = await signed_in()
    leaving = await at(tab, "/account/data", AccountDataState)
    await leaving.delete({"word": word})
    assert await goes_to(leaving) == "word"
    assert leaving.word_error
    leaving.forget()
    assert leaving.word_error == ""
    await at(tab, "/account", AccountState)
    assert (await tab.state(SessionState)).signed_in


@pytest.mark.parametrize("word", ["delete", " Delete ", "“delete”"])
async def test_a_deleted_account_is_gone_in_every_browser(word: str) -> None:
    tab, other = await signed_in(), await signed_in()
    leaving = await at(tab, "/account/data", AccountDataState)
    await leaving.delete({"word": word})
    assert leaving.deleted
    assert await leaving.delete({"word": word}) is None
    for each in (tab, other):
        await at(each, "/account", AccountState)
        assert not (await each.state(SessionState)).signed_in
    assert not (await at(tab, "/account/data", AccountDataState)).deleted


async def test_a_guest_deletes_nothing() -> None:
    leaving = await at(Tab(), "/account/data", AccountDataState)
    with pytest.raises(Unauthenticated):
        await leaving.delete({"word": "delete"})
