"""What the store calls somebody, and their phone number."""

from __future__ import annotations

import re

from models.audit import AuditAction
from models.identity import Identity, User
from models.text import NO_CONTROL_CHARACTERS
from services.account.person import lock_account
from services.audit import service as audit
from services.errors import Invalid, Unauthenticated
from services.identity import people
from services.unit_of_work import UnitOfWork

MAX_NAME = 120
PHONE_DIGITS = range(5, 21)
MAX_PHONE = 40
_STAFF_NAME = (
    "Staff go by the name of their sign-in account. Change it there; it counts from your next sign-in."
)


async def get_profile(uow: UnitOfWork, identity: Identity) -> User:
    """Raises Unauthenticated."""
    if identity.user_id is None:
        raise Unauthenticated("Please sign in first.")
    return await people.find(uow, identity.user_id)


async def change_profile(uow: UnitOfWork, identity: Identity, *, name: str, phone: str) -> User:
    """Set what to call somebody and their phone number. Without a name of their own they go by the provider's.

    So do staff in any case, whose deeds are signed with it.
    Raises Unauthenticated, Forbidden (an API key), Invalid for `name` and `phone`.
    """
    user = await lock_account(uow, identity)
    name, phone = name.strip(), phone.strip()
    _check(name, phone)
    wanted = {"name": "" if name == user.name else name, "phone": phone}
    changed = {
        field: "changed"
        for field, value in wanted.items()
        if value != {"name": user.preferred_name, "phone": user.phone}[field]
    }
    if identity.roles and wanted["name"] and "name" in changed:
        raise Invalid("Please check your profile.", {"name": _STAFF_NAME})
    if changed:
        user.preferred_name, user.phone = wanted["name"], wanted["phone"]
        audit.record(uow, AuditAction.ACCOUNT_CHANGED, identity, user.id, after=changed)
    return user


def _check(name: str, phone: str) -> None:
    found = {}
    if len(name) > MAX_NAME:
        found["name"] = f"At most {MAX_NAME} characters, please."
    elif not re.match(NO_CONTROL_CHARACTERS, name):
        found["name"] = "Use one line of text, without line breaks or control characters."
    digits = sum(character.isdigit() for character in phone)
    if not re.fullmatch(r"[0-9+() -]*", phone):
        found["phone"] = "Use digits, spaces, hyphens and + ( ) only."
    elif phone and (digits not in PHONE_DIGITS or len(phone) > MAX_PHONE):
        found["phone"] = (
            f"A phone number has {PHONE_DIGITS.start} to {PHONE_DIGITS.stop - 1} digits. Check it, or leave it out."
        )
    if found:
        raise Invalid("Please check your profile.", found)
