"""Staff with their API keys."""

from __future__ import annotations

from typing import Any

import pytest

from models.permissions import Permission, Role
from services.errors import Forbidden, NotFound, Unauthenticated
from services.identity import bearer
from services.unit_of_work import unit_of_work
from store_app.admin.states.api_keys import StaffApiKeysState
from store_app.admin.states.new_api_key import NewApiKeyState
from store_app.admin.view_models.api_keys import LIFETIMES, SCOPE_LABELS, FreshKey
from store_app.states.toasts import ToastState
from tests.shop_samples import sign_in
from tests.states.tab import Tab, goes_to

pytestmark = pytest.mark.usefixtures("resources")

SYNC = {"name": "Stock sync", "manage_catalog": "on", "expires_in_days": "90"}


async def tab_of(name: str, *roles: Role) -> Tab:
    tab = Tab(cookie=(await sign_in(name, *roles))["cookie"])
    tab.go("/admin/keys")
    await (await tab.state(StaffApiKeysState)).load()
    return tab


async def make(tab: Tab, **fields: Any) -> str:
    """Fill in the form, and take note of the key."""
    new = await tab.state(NewApiKeyState)
    await new.start()
    await new.create(SYNC | fields)
    await (await tab.state(StaffApiKeysState)).refresh()
    key: str = new.fresh.key
    return key


def sent_to_browser(tab: Tab) -> str:
    return str(tab._root.dict())


async def test_a_key_is_made_shown_once_and_wiped() -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    new, keys = await tab.state(NewApiKeyState), await tab.state(StaffApiKeysState)
    key = await make(tab)
    assert not new.creating
    assert key in sent_to_browser(tab)
    assert key not in new.fresh.command
    (row,) = keys.rows
    assert (row.name, row.hint, row.last_used) == ("Stock sync", f"{key[:7]}…", "Never")
    assert row.may == ("Change products, categories, stock and promotions",)
    await new.forget()
    assert new.fresh == FreshKey()
    assert key not in sent_to_browser(tab)
    async with unit_of_work() as uow:
        assert (await bearer.identify(uow, key)).may(Permission.MANAGE_CATALOG)


async def test_loading_the_page_again_shows_no_key() -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    key = await make(tab)
    await (await tab.state(StaffApiKeysState)).load()
    assert key not in sent_to_browser(tab)


async def test_whoever_is_asking_the_key_is_wiped() -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    key = await make(tab)
    tab.cookie = "nothing=at-all"
    tab.go("/admin/keys")
    with pytest.raises(Unauthenticated):
        await (await tab.state(NewApiKeyState)).forget()
    assert key not in sent_to_browser(tab)


async def test_the_form_offers_what_one_may_oneself() -> None:
    offered = {}
    for name, role in (("iris", Role.CATALOG_MANAGER), ("sam", Role.SUPPORT), ("ada", Role.ADMIN)):
        new = await (await tab_of(name, role)).state(NewApiKeyState)
        await new.start()
        offered[name] = {choice.key for choice in new.offered}
    assert offered["iris"] == {"manage_catalog"}
    assert offered["sam"] == {"view_orders", "view_customers", "manage_customers"}
    assert offered["ada"] == set(SCOPE_LABELS)


@pytest.mark.parametrize(
    ("fields", "field", "focused"),
    [
        ({"name": " "}, "name", "name"),
        ({"name": None}, "name", "name"),
        ({"manage_catalog": ""}, "scopes", "manage_catalog"),
        ({"expires_in_days": "1000"}, "expires_in_days", "expires_in_days"),
        ({"expires_in_days": ["90"]}, "expires_in_days", "expires_in_days"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    fields: dict[str, Any], field: str, focused: str
) -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    new = await tab.state(NewApiKeyState)
    await new.start()
    await new.create(SYNC | fields)
    assert {name for name, text in new.errors.items() if text} == {field}
    assert new.creating
    assert await goes_to(new) == focused


async def test_a_box_that_was_not_offered_counts_for_nothing() -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    with pytest.raises(Forbidden):
        await make(tab, view_orders="on")
    await (await tab.state(StaffApiKeysState)).load()
    assert (await tab.state(StaffApiKeysState)).rows == ()


async def test_a_second_press_makes_no_second_key() -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    key = await make(tab)
    new = await tab.state(NewApiKeyState)
    await new.create(SYNC | {"name": "Another"})
    assert new.fresh.key == key
    await new.start()
    await new.create(SYNC)
    assert "already" in new.errors["name"]
    assert len((await tab.state(StaffApiKeysState)).rows) == 1


@pytest.mark.parametrize("choice", LIFETIMES)
async def test_every_end_that_is_offered_can_be_chosen(choice: Any) -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    assert await make(tab, expires_in_days=choice.key)
    (row,) = (await tab.state(StaffApiKeysState)).rows
    assert (row.ends == "Never") is (choice.key == "never")


async def test_a_key_is_revoked_after_a_question() -> None:
    tab = await tab_of("iris", Role.CATALOG_MANAGER)
    key = await make(tab)
    keys = await tab.state(StaffApiKeysState)
    await keys.ask_revoke(keys.rows[0].id)
    assert (keys.revoking, keys.doomed) == (True, "Stock sync")
    await keys.revoke()
    assert not keys.revoking
    assert (keys.rows[0].label, keys.rows[0].live) == ("Revoked", False)
    assert "is revoked" in (await tab.state(ToastState)).toasts[-1].text
    async with unit_of_work() as uow:
        with pytest.raises(Unauthenticated):
            await bearer.identify(uow, key)
    await keys.ask_revoke(keys.rows[0].id)
    assert not keys.revoking


async def test_administrators_choose_between_their_own_and_everybodys() -> None:
    iris, ada = await tab_of("iris", Role.CATALOG_MANAGER), await tab_of("ada", Role.ADMIN)
    await make(iris)
    theirs, keys = await iris.state(StaffApiKeysState), await ada.state(StaffApiKeysState)
    assert ([view.label for view in keys.views], keys.rows) == (["Mine", "Everybody’s"], ())
    ada.go(keys.views[1].href)
    await keys.load()
    assert [(row.owner, row.name) for row in keys.rows] == [("Iris", "Stock sync")]
    iris.go(keys.views[1].href)
    await theirs.load()
    assert (theirs.views, theirs.everybodys) == ((), False)
    await keys.ask_revoke(keys.rows[0].id)
    await keys.revoke()
    await theirs.load()
    assert theirs.rows[0].label == "Revoked"


async def test_nobody_revokes_what_was_not_asked_about() -> None:
    iris, sam = await tab_of("iris", Role.CATALOG_MANAGER), await tab_of("sam", Role.SUPPORT)
    await make(iris)
    row = (await iris.state(StaffApiKeysState)).rows[0]
    keys = await sam.state(StaffApiKeysState)
    await keys.ask_revoke(row.id)
    with pytest.raises(NotFound):
        await keys.revoke()
    await (await iris.state(StaffApiKeysState)).load()
    assert (await iris.state(StaffApiKeysState)).rows[0].live
