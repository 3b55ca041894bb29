"""The guards: what roles allow, and what only a person may do."""

from models.identity import Identity
from models.permissions import Permission
from services.errors import Forbidden, Unauthenticated


def require(identity: Identity, permission: Permission) -> None:
    """Raises Unauthenticated for a guest, Forbidden for somebody whose roles don't allow it."""
    if not identity.signed_in:
        raise Unauthenticated("Please sign in with a staff account to do this.")
    if not identity.may(permission):
        raise Forbidden(_reason(identity, permission), permission=permission.value)


def require_person(identity: Identity) -> None:
    """A key works for staff, it doesn't shop, nor has it an account. Raises Forbidden for one; guests pass."""
    if identity.is_api_key:
        raise Forbidden(
            "An API key can't do this: it has no cart, no orders, no account, and no say over keys. "
            "Sign in, or send no key to shop as a guest.",
            code="person_needed",
        )


def _reason(identity: Identity, permission: Permission) -> str:
    if identity.scopes is None:
        return "Your account's roles don't allow this. Ask an administrator for access."
    if permission not in identity.scopes:
        return f"This API key doesn't have the scope {permission.value}. Create one that has it."
    return "The roles of this API key's owner don't allow this any more. Ask an administrator for access."
