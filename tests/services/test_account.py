"""What people keep in their account: what to call them, their phone number, their address book."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from models.account import MAX_ADDRESSES, SavedAddress
from models.address import Address
from models.audit import AuditEntry
from models.identity import GUEST, Identity
from models.ids import new_id
from models.permissions import Permission, Role
from services.account import service as accounts
from services.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from services.unit_of_work import unit_of_work
from tests.shop_samples import user

pytestmark = pytest.mark.usefixtures("resources")

HOME = Address(name="Maya Quill", line1="7 Hidden Lane", city="Bath", postal_code="BA1 1AA", country="GB")
WORK = HOME.model_copy(update={"line1": "1 Mill Yard", "city": "Bristol", "postal_code": "BS1 4ND"})
SHED = HOME.model_copy(update={"line1": "The Shed, Back Lane"})


async def add(who: Identity, address: Address = HOME, **defaults: bool) -> SavedAddress:
    async with unit_of_work() as uow:
        return await accounts.add_address(uow, who, address, **defaults)


async def change(who: Identity, saved: SavedAddress, **changes: Any) -> SavedAddress:
    async with unit_of_work() as uow:
        return await accounts.change_address(uow, who, saved.id, **changes)


async def remove(who: Identity, saved: SavedAddress) -> None:
    async with unit_of_work() as uow:
        await accounts.remove_address(uow, who, saved.id)


async def book(who: Identity) -> list[tuple[str, bool, bool]]:
    """Street, default for shipping, default for billing."""
    async with unit_of_work() as uow:
        found = await accounts.list_addresses(uow, who)
    return [(saved.address["line1"], saved.default_shipping, saved.default_billing) for saved in found]


async def profile(who: Identity, **changes: str) -> tuple[str, str, str]:
    """Name of their own, the provider's, phone; after a change if there is one."""
    async with unit_of_work() as uow:
        if changes:
            await accounts.change_profile(uow, who, **changes)
    async with unit_of_work() as uow:
        found = await accounts.get_profile(uow, who)
    return found.preferred_name, found.name, found.phone


async def audited() -> list[dict[str, Any]]:
    async with unit_of_work() as uow:
        return [
            entry.changes for entry in await uow.session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
        ]


async def test_a_name_and_a_phone_number_are_kept_beside_the_providers_name() -> None:
    maya = await user("maya")
    assert await profile(maya, name=" May ", phone="+44 (0)20 7946-0018") == (
        "May",
        "Maya",
        "+44 (0)20 7946-0018",
    )
    assert await profile(maya, name="", phone="") == ("", "Maya", "")
    assert await profile(maya, name="Maya", phone="") == ("", "Maya", "")


@pytest.mark.parametrize(
    ("name", "phone", "wrong"),
    [
        ("M\nQ", "", {"name"}),
        ("M\x00", "", {"name"}),
        ("M" * 121, "call me", {"name", "phone"}),
        ("May", "1234", {"phone"}),
        ("May", "123456789012345678901", {"phone"}),
        ("May", "12345" + " " * 40 + "6", {"phone"}),
        ("May", "٠١٢٣٤٥", {"phone"}),
    ],
)
async def test_what_can_be_no_name_or_number_is_said_beside_its_field(
    name: str, phone: str, wrong: set[str]
) -> None:
    maya = await user("maya")
    with pytest.raises(Invalid) as refused:
        await profile(maya, name=name, phone=phone)
    assert refused.value.errors.keys() == wrong
    assert await profile(maya) == ("", "Maya", "")


async def test_the_log_says_which_fields_changed_and_nothing_of_what_they_say() -> None:
    maya = await user("maya")
    await profile(maya, name="May", phone="020 7946 0018")
    await profile(maya, name="May", phone="020 7946 0018")
    await profile(maya, name="Em", phone="020 7946 0018")
    await add(maya)
    assert await audited() == [
        {"name": [None, "changed"], "phone": [None, "changed"]},
        {"name": [None, "changed"]},
        {"addresses": [None, "added"]},
    ]


async def test_the_first_address_is_the_default_for_everything_until_another_takes_over() -> None:
    maya = await user("maya")
    await add(maya)
    assert await book(maya) == [("7 Hidden Lane", True, True)]
    await add(maya, WORK)
    await add(maya, SHED, default_shipping=True)
    assert await book(maya) == [
        ("The Shed, Back Lane", True, False),
        ("1 Mill Yard", False, False),
        ("7 Hidden Lane", False, True),
    ]
    async with unit_of_work() as uow:
        assert await accounts.default_address(uow, maya) == SHED


async def test_an_address_that_is_in_the_book_already_is_not_doubled() -> None:
    maya = await user("maya")
    first = await add(maya)
    await add(maya, WORK, default_shipping=True)
    again = await add(maya, HOME.model_copy(update={"postal_code": "ba1 1aa"}), default_shipping=True)
    assert again.id == first.id
    assert await book(maya) == [("7 Hidden Lane", True, True), ("1 Mill Yard", False, False)]


async def test_a_changed_address_keeps_its_place_and_its_uses() -> None:
    maya = await user("maya")
    home = await add(maya)
    work = await add(maya, WORK)
    changed = await change(maya, home, address=SHED)
    assert (changed.id, changed.default_shipping) == (home.id, True)
    assert changed.updated_at > home.created_at
    await change(maya, work, default_billing=True)
    assert await book(maya) == [("The Shed, Back Lane", True, False), ("1 Mill Yard", False, True)]
    await change(maya, home, default_shipping=False)
    async with unit_of_work() as uow:
        assert await accounts.default_address(uow, maya) is None
    assert len(await audited()) == 5
    await change(maya, home, default_shipping=False)
    assert len(await audited()) == 5


async def test_the_newest_takes_over_what_a_removed_address_was_used_for() -> None:
    maya = await user("maya")
    home, work, shed = await add(maya), await add(maya, WORK), await add(maya, SHED)
    await remove(maya, home)
    assert await book(maya) == [("The Shed, Back Lane", True, True), ("1 Mill Yard", False, False)]
    await remove(maya, work)
    await remove(maya, shed)
    assert await book(maya) == []
    with pytest.raises(NotFound):
        await remove(maya, shed)


async def test_an_address_is_written_as_in_its_country() -> None:
    maya = await user("maya")
    with pytest.raises(Invalid) as refused:
        await add(maya, HOME.model_copy(update={"postal_code": "12345"}))
    assert "postcode" in refused.value.errors["postal_code"]
    home = await add(maya)
    with pytest.raises(Invalid) as refused:
        await change(maya, home, address=HOME.model_copy(update={"country": "US"}))
    assert refused.value.errors.keys() == {"postal_code", "region"}
    assert await book(maya) == [("7 Hidden Lane", True, True)]


async def test_a_book_is_full_at_some_point() -> None:
    maya = await user("maya")
    for number in range(MAX_ADDRESSES):
        await add(maya, HOME.model_copy(update={"line2": f"Flat {number}"}))
    with pytest.raises(Conflict, match="holds 20"):
        await add(maya)
    await add(maya, HOME.model_copy(update={"line2": "Flat 7"}), default_billing=True)
    assert len(await book(maya)) == MAX_ADDRESSES


async def test_two_tabs_that_save_at_once_make_one_default_and_no_double() -> None:
    maya = await user("maya")
    addresses = [HOME, WORK, SHED] * 4
    await asyncio.gather(*(add(maya, address, default_shipping=True) for address in addresses))
    found = await book(maya)
    assert sorted(line for line, _, _ in found) == ["1 Mill Yard", "7 Hidden Lane", "The Shed, Back Lane"]
    assert sum(shipping for _, shipping, _ in found) == sum(billing for _, _, billing in found) == 1


async def test_nobody_reaches_into_another_book() -> None:
    maya, robin = await user("maya"), await user("robin")
    home = await add(maya)
    with pytest.raises(NotFound):
        await change(robin, home, address=WORK)
    with pytest.raises(NotFound):
        await remove(robin, home)
    with pytest.raises(NotFound):
        async with unit_of_work() as uow:
            await accounts.get_address(uow, robin, home.id)
    assert await book(robin) == []
    assert await book(maya) == [("7 Hidden Lane", True, True)]


CALLS: dict[str, tuple[Any, ...]] = {
    "change_profile": (),
    "list_addresses": (),
    "get_address": (new_id(),),
    "default_address": (),
    "add_address": (HOME,),
    "change_address": (new_id(), HOME),
    "remove_address": (new_id(),),
    "lock_account": (),
    "export": (),
    "deletion_obstacles": (),
    "delete_account": (),
}


@pytest.mark.parametrize("name", [*CALLS, "get_profile"])
async def test_a_guest_has_no_account(name: str) -> None:
    with pytest.raises(Unauthenticated):
        await call(name, GUEST)


@pytest.mark.parametrize("name", CALLS)
async def test_an_api_key_does_not_open_the_account_of_its_owner(name: str) -> None:
    ada = await user("ada", Role.ADMIN)
    with pytest.raises(Forbidden, match="API key"):
        await call(name, replace(ada, scopes=frozenset(Permission)))
    assert await profile(replace(ada, scopes=frozenset())) == ("", "Ada", "")


async def call(name: str, who: Identity) -> None:
    words = {"name": "May", "phone": ""} if name == "change_profile" else {}
    async with unit_of_work() as uow:
        await getattr(accounts, name)(uow, who, *CALLS.get(name, ()), **words)
