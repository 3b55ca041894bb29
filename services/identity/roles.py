"""Which staff roles a provider's `roles` claim gives."""

from __future__ import annotations

from collections.abc import Mapping

from models.permissions import Role


def roles_of(claim: object, names: Mapping[str, Role]) -> frozenset[Role]:
    """The roles in a claim, which is a string for one and a list for several. `names` maps the provider's to ours;
    others are ignored."""
    told = claim if isinstance(claim, list) else str(claim or "").split(",")
    stripped = (name.strip() for name in told if isinstance(name, str))
    return frozenset(names[name] for name in stripped if name in names)


def known_roles(stored: object) -> frozenset[Role]:
    """The roles in a session's or user's row; one that no longer exists gives nothing."""
    return roles_of(stored, {role.value: role for role in Role})
