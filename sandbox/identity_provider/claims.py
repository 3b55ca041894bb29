"""What tokens and the userinfo endpoint say about a person, in Asgardeo's names and shapes."""

from typing import Any

from sandbox.identity_provider.directory import User


def person_claims(user: User, scope: str) -> dict[str, Any]:
    """The claims the granted scopes allow."""
    granted = scope.split()
    claims: dict[str, Any] = {"sub": user.id}
    if "profile" in granted:
        claims |= {
            "name": user.name,
            "given_name": user.given_name,
            "family_name": user.family_name,
            "username": user.username,
            "updated_at": user.updated_at,
        }
    if "email" in granted:
        claims["email"] = user.email
    return claims | role_claims(user, scope)


def role_claims(user: User, scope: str) -> dict[str, Any]:
    """Asgardeo's `roles`: a string for one role, a list for several, absent for none."""
    if "roles" not in scope.split() or not user.roles:
        return {}
    return {"roles": user.roles[0] if len(user.roles) == 1 else list(user.roles)}
