"""Programs: who is behind the token of an Authorization header."""

from __future__ import annotations

from models.api_key import PREFIX
from models.identity import Identity
from services.api_key import service as api_keys
from services.errors import Unauthenticated
from services.identity import people, provider, repository
from services.identity.sessions import identity_of
from services.unit_of_work import UnitOfWork


async def identify(uow: UnitOfWork, token: str, address: str = "") -> Identity:
    """The identity behind an API key or an access token of the provider. Raises Unauthenticated, Unavailable.

    An access token is verified before the first query, so that no transaction waits for the provider.
    """
    if token.startswith(PREFIX):
        return await api_keys.identify(uow, token, address)
    claims = await provider.verify_access_token(token)
    issuer = uow.settings.oidc_issuer
    user = await repository.user_by_subject(uow.session, issuer, claims.subject)
    if user is None and await people.has_left(uow, issuer, claims.subject):
        raise Unauthenticated("This account was deleted. Sign in in a browser to open a new one.")
    if user is None:
        user = await repository.upsert_user(
            uow.session,
            issuer=issuer,
            subject=claims.subject,
            email=claims.email,
            name=claims.display_name,
            roles=claims.roles,
        )
    return identity_of(user, claims.roles, address=address)
