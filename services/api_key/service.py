"""API keys: scripts of staff use the REST API with some of their owner's permissions, until the key is revoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from models.api_key import LIFETIMES_DAYS, MAX_LIVE_KEYS, SCOPES, ApiKey, KeyStatus
from models.audit import AuditAction
from models.identity import Identity, User
from models.ids import now
from models.permissions import Permission
from services.api_key import repository
from services.api_key.key_format import hint_of, is_well_formed, new_key
from services.audit import service as audit
from services.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from services.identity import people
from services.identity.access import require_person
from services.identity.cookies import hash_token
from services.identity.roles import known_roles
from services.identity.sessions import identity_of
from services.unit_of_work import UnitOfWork

log = structlog.get_logger()

USE_RESOLUTION = timedelta(minutes=1)
MAX_NAME = 80
_REFUSALS = {
    KeyStatus.EXPIRED: "This API key has expired. Create a new one on the staff page “API keys”.",
    KeyStatus.REVOKED: "This API key was revoked. Create a new one on the staff page “API keys”.",
    KeyStatus.RESTING: (
        "This API key rests: its owner has not signed in for 30 days. It works again once they have."
    ),
    KeyStatus.ORPHANED: "The account of this API key's owner was deleted. Use a key of somebody else's.",
}


@dataclass(frozen=True, slots=True)
class OwnedKey:
    """A key and whose it is."""

    key: ApiKey
    owner: User

    @property
    def status(self) -> KeyStatus:
        return self.key.status_at(now(), self.owner)


@dataclass(frozen=True, slots=True)
class KeyPage:
    items: list[OwnedKey]
    total: int
    next_cursor: str | None


async def create_key(
    uow: UnitOfWork,
    by: Identity,
    *,
    name: str,
    scopes: frozenset[Permission],
    expires_in_days: int | None,
) -> tuple[ApiKey, str]:
    """A new key of one's own and its secret, which can't be had again. `expires_in_days` None means no end.

    Raises Unauthenticated, Forbidden (a scope is not among one's own permissions, or a key asks), Invalid and Conflict
    (20 live keys already, or one of that name).
    """
    owner_id = _person(by)
    name = " ".join(name.split())
    _check(by, name, scopes, expires_in_days)
    made_at = now()
    await people.keep(uow, owner_id)
    await repository.lock_keys_of(uow.session, owner_id)
    _require_room(name, await repository.live_names(uow.session, owner_id, made_at))
    secret = new_key()
    key = ApiKey(
        user_id=owner_id,
        name=name,
        hint=hint_of(secret),
        key_hash=hash_token(secret),
        scopes=sorted(scopes),
        created_at=made_at,
        expires_at=made_at + timedelta(days=expires_in_days) if expires_in_days else None,
    )
    repository.add(uow.session, key)
    audit.record(uow, AuditAction.API_KEY_CREATED, by, key.id, key.name, after=_audited(key))
    log.info("api_key_created", key_id=str(key.id), user_id=str(owner_id))
    return key, secret


async def list_keys(
    uow: UnitOfWork,
    by: Identity,
    *,
    everybodys: bool = False,
    limit: int = 24,
    offset: int = 0,
    cursor: str = "",
) -> KeyPage:
    """One's own keys, newest first, those that are no longer live too; with MANAGE_API_KEYS also everybody's.

    Raises Unauthenticated, Forbidden, Invalid (cursor).
    """
    owner_id = _person(by)
    if everybodys and not by.may(Permission.MANAGE_API_KEYS):
        raise Forbidden("Only administrators see the keys of others. Ask for your own.")
    asked = None if everybodys else owner_id
    before = _cursor_id(cursor) if cursor else None
    found = await repository.page(uow.session, asked, limit=limit + 1, offset=offset, before=before)
    shown = [OwnedKey(key, owner) for key, owner in found[:limit]]
    more = len(found) > limit
    return KeyPage(
        shown, await repository.count(uow.session, asked), str(shown[-1].key.id) if more and shown else None
    )


async def revoke_key(uow: UnitOfWork, by: Identity, key_id: UUID) -> ApiKey:
    """End a key of one's own, or with MANAGE_API_KEYS anybody's. Doing it again changes nothing.

    Raises Unauthenticated, Forbidden (a key asks), NotFound, also for the key of somebody else.
    """
    owner_id = _person(by)
    key = await repository.find(uow.session, key_id)
    if key is None or (key.user_id != owner_id and not by.may(Permission.MANAGE_API_KEYS)):
        raise NotFound("There is no such API key among yours. Look at the list for those there are.")
    if await repository.revoke(uow.session, key_id, now()):
        audit.record(uow, AuditAction.API_KEY_REVOKED, by, key.id, key.name, before=_audited(key))
        log.info("api_key_revoked", key_id=str(key.id), user_id=str(key.user_id), by=str(owner_id))
    return key


async def identify(uow: UnitOfWork, secret: str, address: str = "") -> Identity:
    """Whose script this is, limited to the key's scopes and to what the owner's roles allow today; one query.

    Raises Unauthenticated: mistyped, unknown, revoked, expired, or of a deleted account.
    """
    if not is_well_formed(secret):
        raise Unauthenticated(
            "This API key is mistyped or was cut off. Copy it again, all of it.", code="api_key_malformed"
        )
    found = await repository.find_by_hash(uow.session, hash_token(secret))
    if found is None:
        raise Unauthenticated(
            "There is no such API key. Create one on the staff page “API keys”.", code="api_key_unknown"
        )
    key, owner = found
    moment = now()
    status = key.status_at(moment, owner)
    if status is not KeyStatus.LIVE:
        log.warning("api_key_refused", key_id=str(key.id), status=status.value)
        raise Unauthenticated(_REFUSALS[status], code=f"api_key_{status.value}")
    if key.last_used_at is None or moment - key.last_used_at > USE_RESOLUTION:
        await repository.touch(uow.session, key.id, moment, last_before=moment - USE_RESOLUTION)
    person = identity_of(owner, known_roles(owner.roles), address=address)
    return replace(person, name=f"{person.label} (key “{key.name}”)", scopes=scopes_of(key))


def scopes_of(key: ApiKey) -> frozenset[Permission]:
    """What the key may do at most; a scope that no longer exists gives nothing."""
    return frozenset(scope for scope in SCOPES if scope.value in key.scopes)


def offered_scopes(by: Identity) -> tuple[Permission, ...]:
    """The scopes that one can give to a key of one's own."""
    return tuple(scope for scope in SCOPES if by.may(scope))


def _person(by: Identity) -> UUID:
    require_person(by)
    if by.user_id is None:
        raise Unauthenticated("Please sign in with a staff account to do this.")
    return by.user_id


def _check(by: Identity, name: str, scopes: frozenset[Permission], expires_in_days: int | None) -> None:
    errors = {}
    if not name:
        errors["name"] = "Give it a name that says what it is for."
    elif len(name) > MAX_NAME:
        errors["name"] = f"{MAX_NAME} characters at most."
    if not scopes:
        errors["scopes"] = "Choose at least one thing that it may do."
    elif not scopes <= set(SCOPES):
        errors["scopes"] = f"A key can have these: {', '.join(SCOPES)}."
    if expires_in_days is not None and expires_in_days not in LIFETIMES_DAYS:
        choices = ", ".join(str(days) for days in LIFETIMES_DAYS)
        errors["expires_in_days"] = f"One of {choices}, or null for a key without an end."
    if errors:
        raise Invalid("This key can't be made like that; see errors.", errors)
    foreign = sorted(scopes - by.permissions)
    if foreign:
        raise Forbidden(
            f"A key can't do more than you: your roles don't include {', '.join(foreign)}.", scopes=foreign
        )


def _require_room(name: str, live: Sequence[str]) -> None:
    if name.casefold() in {known.casefold() for known in live}:
        raise Conflict(
            f"You have a key named “{name}” already. Choose another name, or revoke that one first.",
            code="key_name_taken",
        )
    if len(live) >= MAX_LIVE_KEYS:
        raise Conflict(
            f"You have {MAX_LIVE_KEYS} keys already. Revoke one that is not needed any more.",
            code="too_many_keys",
        )


def _audited(key: ApiKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "hint": key.hint,
        "owner": key.user_id,
        "scopes": key.scopes,
        "expires_at": key.expires_at,
    }


def _cursor_id(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise Invalid("This cursor is not one of ours.", {"cursor": "take it from next_cursor"}) from None
