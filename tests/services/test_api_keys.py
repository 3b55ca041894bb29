"""Keys by which scripts of staff use the store: what they look like, what they may do, and how they end."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import structlog
from sqlmodel import select

from models.api_key import MAX_LIVE_KEYS, OWNER_AWAY_AFTER, ApiKey, KeyStatus
from models.audit import AuditEntry
from models.identity import GUEST, Identity, User
from models.ids import new_id, now
from models.permissions import Permission, Role
from services.api_key import service as api_keys
from services.api_key.key_format import is_well_formed, new_key
from services.bootstrap import Resources
from services.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from services.identity import bearer
from services.identity.access import require
from services.unit_of_work import unit_of_work
from store_app.admin.view_models.api_keys import of_key
from tests.logged import logged
from tests.services.test_query_counts import counting
from tests.shop_samples import user

pytestmark = pytest.mark.usefixtures("resources")

CATALOG = frozenset({Permission.MANAGE_CATALOG})
ORDERS = frozenset({Permission.VIEW_ORDERS})


async def iris() -> Identity:
    return await user("iris", Role.CATALOG_MANAGER)


async def ada() -> Identity:
    return await user("ada", Role.ADMIN)


async def make(
    by: Identity,
    name: str = "ERP sync",
    scopes: frozenset[Permission] = CATALOG,
    expires_in_days: int | None = 90,
) -> tuple[ApiKey, str]:
    async with unit_of_work() as uow:
        return await api_keys.create_key(uow, by, name=name, scopes=scopes, expires_in_days=expires_in_days)


async def identify(secret: str) -> Identity:
    async with unit_of_work() as uow:
        return await bearer.identify(uow, secret, "192.0.2.7")


async def refusal(secret: str) -> str:
    with pytest.raises(Unauthenticated) as refused:
        await identify(secret)
    return refused.value.code


async def revoke(by: Identity, key_id: UUID) -> None:
    async with unit_of_work() as uow:
        await api_keys.revoke_key(uow, by, key_id)


async def names(by: Identity, **asked: Any) -> list[str]:
    async with unit_of_work() as uow:
        return [each.key.name for each in (await api_keys.list_keys(uow, by, **asked)).items]


async def change(table: type[ApiKey] | type[User], found_by: UUID | None, **values: Any) -> None:
    """As if time had passed, or somebody had done something elsewhere."""
    async with unit_of_work() as uow:
        await uow.session.exec(sa.update(table).where(table.id == found_by).values(**values))  # type: ignore[arg-type]


async def stored(key_id: UUID) -> ApiKey:
    async with unit_of_work() as uow:
        return (await uow.session.exec(select(ApiKey).where(ApiKey.id == key_id))).one()


async def audit_log() -> list[AuditEntry]:
    async with unit_of_work() as uow:
        return list((await uow.session.exec(select(AuditEntry).order_by("at"))).all())


async def test_a_key_acts_for_its_owner_within_its_scopes() -> None:
    owner = await user("nora", Role.CATALOG_MANAGER, Role.SUPPORT)
    _, secret = await make(owner)
    found = await identify(secret)
    assert (found.user_id, found.address) == (owner.user_id, "192.0.2.7")
    assert found.permissions == CATALOG
    assert found.label == "Nora (key “ERP sync”)"
    with pytest.raises(Forbidden, match="doesn't have the scope view_orders"):
        require(found, Permission.VIEW_ORDERS)


async def test_only_the_hash_and_the_first_characters_of_a_key_are_kept() -> None:
    key, secret = await make(await iris())
    row = str((await stored(key.id)).model_dump())
    assert secret[8:] not in row
    assert secret.startswith("lk_")
    assert key.hint == secret[:7]
    assert secret not in str([entry.model_dump() for entry in await audit_log()])


def test_every_key_is_another_and_says_itself_whether_it_is_whole() -> None:
    keys = {new_key() for _ in range(200)}
    assert len(keys) == 200
    for key in keys:
        assert len(key) == 52
        assert key.isascii()
        assert key.removeprefix("lk_").isalnum()
        assert is_well_formed(key)
        other = "A" if key[20] != "A" else "B"
        for spoilt in (key[:-1], key + "0", key[:20] + other + key[21:], key.upper(), f"{key}\n"):
            assert not is_well_formed(spoilt)


async def test_a_refused_key_is_told_why() -> None:
    owner = await iris()
    key, secret = await make(owner)
    assert await refusal(secret[:-1]) == "api_key_malformed"
    assert await refusal(new_key()) == "api_key_unknown"
    await change(ApiKey, key.id, expires_at=now() - timedelta(seconds=1))
    assert await refusal(secret) == "api_key_expired"
    await change(ApiKey, key.id, expires_at=None)
    assert (await identify(secret)).signed_in
    await revoke(owner, key.id)
    assert await refusal(secret) == "api_key_revoked"


async def test_a_deleted_account_takes_its_keys_along() -> None:
    owner = await iris()
    _, secret = await make(owner)
    await change(User, owner.user_id, deleted_at=now())
    assert await refusal(secret) == "api_key_orphaned"


async def test_who_lost_a_role_lost_it_for_their_keys_too() -> None:
    owner = await iris()
    _, secret = await make(owner)
    await user("iris", Role.SUPPORT)
    found = await identify(secret)
    assert found.permissions == frozenset()
    with pytest.raises(Forbidden, match="owner don't allow"):
        require(found, Permission.MANAGE_CATALOG)


async def test_a_key_rests_while_nobody_has_heard_of_its_owner() -> None:
    """A role that the provider took away is only seen at a sign-in: whoever has left comes to none."""
    owner = await iris()
    _, secret = await make(owner)
    await change(User, owner.user_id, last_sign_in_at=now() - OWNER_AWAY_AFTER)
    assert await refusal(secret) == "api_key_resting"
    async with unit_of_work() as uow:
        listed = (await api_keys.list_keys(uow, owner)).items[0]
        row = of_key(listed.key, listed.owner, listed.status)
    assert (row.label, row.live) == ("Rests: owner away", True), "it can still be revoked"
    await iris()
    assert (await identify(secret)).permissions == CATALOG, "once they have signed in again"


async def test_a_key_cannot_do_more_than_who_made_it() -> None:
    with pytest.raises(Forbidden, match="view_orders"):
        await make(await iris(), scopes=CATALOG | ORDERS)
    with pytest.raises(Forbidden):
        await make(await user("robin"))
    with pytest.raises(Unauthenticated):
        await make(GUEST)


@pytest.mark.parametrize(
    "scope", [Permission.VIEW_STAFF, Permission.USE_API_KEYS, Permission.MANAGE_API_KEYS]
)
async def test_no_key_has_a_say_over_keys(scope: Permission) -> None:
    with pytest.raises(Invalid) as refused:
        await make(await ada(), scopes=frozenset({scope}))
    assert set(refused.value.errors) == {"scopes"}


async def test_a_key_neither_makes_nor_lists_nor_revokes_keys() -> None:
    admin = await ada()
    key, secret = await make(admin)
    script = await identify(secret)
    async with unit_of_work() as uow:
        with pytest.raises(Forbidden, match="no say over keys"):
            await api_keys.list_keys(uow, script)
    for act in (make(script, "another"), revoke(script, key.id)):
        with pytest.raises(Forbidden, match="no say over keys"):
            await act


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"scopes": frozenset()}, "scopes"),
        ({"expires_in_days": 31}, "expires_in_days"),
        ({"expires_in_days": 0}, "expires_in_days"),
    ],
)
async def test_what_is_wrong_with_a_key_to_be_is_said_by_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await make(await iris(), **wrong)
    assert set(refused.value.errors) == {field}


async def test_a_key_lasts_as_long_as_was_chosen() -> None:
    owner = await iris()
    for name, days in (("a month", 30), ("a year", 365)):
        key, _ = await make(owner, name, expires_in_days=days)
        assert key.expires_at
        assert key.expires_at - key.created_at == timedelta(days=days)
    assert (await make(owner, "for good", expires_in_days=None))[0].expires_at is None


async def test_names_of_live_keys_differ() -> None:
    owner = await iris()
    key, _ = await make(owner, "ERP  sync ")
    with pytest.raises(Conflict, match="“erp sync”"):
        await make(owner, "erp sync")
    await make(await ada(), "ERP sync")
    await revoke(owner, key.id)
    again, _ = await make(owner, "ERP sync")
    await change(ApiKey, again.id, expires_at=now())
    await make(owner, "ERP sync")


async def test_twenty_live_keys_are_enough() -> None:
    owner = await iris()
    made = [await make(owner, f"key {number}") for number in range(MAX_LIVE_KEYS)]
    with pytest.raises(Conflict) as refused:
        await make(owner, "one more")
    assert refused.value.code == "too_many_keys"
    await revoke(owner, made[0][0].id)
    await make(owner, "one more")


async def test_two_presses_at_once_make_one_key() -> None:
    owner = await iris()
    outcomes = await asyncio.gather(*(make(owner) for _ in range(6)), return_exceptions=True)
    assert [type(each) for each in outcomes if isinstance(each, BaseException)] == [Conflict] * 5
    assert await names(owner) == ["ERP sync"]


async def test_administrators_see_and_revoke_the_keys_of_others_and_nobody_else_does() -> None:
    owner, admin, sam = await iris(), await ada(), await user("sam", Role.SUPPORT)
    key, secret = await make(owner)
    await make(admin, "backup", ORDERS)
    assert await names(admin) == ["backup"]
    assert await names(admin, everybodys=True) == ["backup", "ERP sync"]
    with pytest.raises(Forbidden):
        await names(sam, everybodys=True)
    for stranger, key_id in ((sam, key.id), (admin, new_id())):
        with pytest.raises(NotFound):
            await revoke(stranger, key_id)
    await revoke(admin, key.id)
    assert await refusal(secret) == "api_key_revoked"


async def test_lists_go_on_where_they_were_and_keep_what_has_ended() -> None:
    owner = await iris()
    for number in range(5):
        key, _ = await make(owner, f"key {number}")
    await revoke(owner, key.id)
    async with unit_of_work() as uow:
        first = await api_keys.list_keys(uow, owner, limit=2)
        rest = await api_keys.list_keys(uow, owner, limit=3, cursor=first.next_cursor or "")
    assert first.items[0].status is KeyStatus.REVOKED
    assert [each.key.name for each in (*first.items, *rest.items)] == [f"key {n}" for n in (4, 3, 2, 1, 0)]
    assert (first.total, rest.next_cursor) == (5, None)
    with pytest.raises(Invalid):
        await names(owner, cursor="junk")


async def test_making_and_revoking_is_audited_once() -> None:
    owner, admin = await iris(), await ada()
    key, _ = await make(owner)
    await revoke(admin, key.id)
    await revoke(admin, key.id)
    created, revoked = await audit_log()
    assert (created.action, created.actor, created.object_name) == ("api_key.created", "Iris", "ERP sync")
    assert created.changes["scopes"] == [None, ["manage_catalog"]]
    assert created.changes["hint"] == [None, key.hint]
    assert (revoked.action, revoked.actor, revoked.object_id) == ("api_key.revoked", "Ada", str(key.id))
    assert revoked.changes["owner"] == [str(owner.user_id), None]


async def test_a_use_costs_one_query_and_is_noted_once_a_minute(resources: Resources) -> None:
    key, secret = await make(await iris())
    await identify(secret)
    noted = (await stored(key.id)).last_used_at
    assert noted
    with counting(resources) as counts:
        await identify(secret)
    assert counts.postgresql == 1
    assert (await stored(key.id)).last_used_at == noted
    await change(ApiKey, key.id, last_used_at=now() - timedelta(seconds=61))
    await identify(secret)
    again = (await stored(key.id)).last_used_at
    assert again
    assert again > noted


async def test_a_key_revoked_in_the_middle_of_its_use_opens_nothing_from_then_on() -> None:
    owner = await iris()
    key, secret = await make(owner)
    opened, revoked = asyncio.Event(), asyncio.Event()
    outcomes: list[tuple[bool, str]] = []

    async def use() -> None:
        for _ in range(25):
            after = revoked.is_set()
            await change(ApiKey, key.id, last_used_at=None)
            try:
                await identify(secret)
                outcomes.append((after, "opened"))
                opened.set()
            except Unauthenticated as refused:
                outcomes.append((after, refused.code))

    async def end() -> None:
        await opened.wait()
        await revoke(owner, key.id)
        revoked.set()

    await asyncio.gather(*(use() for _ in range(4)), end(), end())
    assert {outcome for _, outcome in outcomes} == {"opened", "api_key_revoked"}
    assert (True, "opened") not in outcomes
    assert (await stored(key.id)).revoked_at
    assert [entry.action for entry in await audit_log()] == ["api_key.created", "api_key.revoked"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_log_line_tells_a_key(form: str) -> None:
    key = new_key()
    with logged(form) as written:
        structlog.get_logger("test").info("request", path=f"/api/v1/products/{key}", more=[{"sent": key}])
        logging.getLogger("library").error("sent %s", {"authorization": f"Bearer {key}"})
        try:
            raise RuntimeError(f"first\n{key}")
        except RuntimeError:
            structlog.get_logger("test").exception("failed")
    assert written.getvalue().count(f"{key[:7]}***") >= 4
    assert key[7:20] not in written.getvalue()
