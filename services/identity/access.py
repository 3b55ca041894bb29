"""The one guard of the staff side."""

from models.identity import Identity
from models.permissions import Permission
from services.errors import Forbidden, Unauthenticated


def require(identity: Identity, permission: Permission) -> None:
    """Raises Unauthenticated for a guest, Forbidden for somebody whose roles don't allow it."""
    if not identity.signed_in:
        raise Unauthenticated("Please sign in with a staff account to do this.")
    if not identity.may(permission):
        raise Forbidden(
            "Your account's roles don't allow this. Ask an administrator for access.",
            permission=permission.value,
        )
