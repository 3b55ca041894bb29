"""What is in the tokens: JWT access tokens and ID tokens, signed with RS256."""
# mypy: disable-error-code="import-untyped,misc,no-untyped-call,no-any-return"

import secrets
from typing import Any

from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core.grants import OpenIDCode, OpenIDToken
from joserfc.jwk import KeySet

from sandbox.identity_provider.claims import person_claims, role_claims
from sandbox.identity_provider.client import Client
from sandbox.identity_provider.directory import User
from sandbox.identity_provider.grants import ACCESS_TOKEN_LIFETIME, Code, Tokens
from sandbox.identity_provider.oauth_request import ProviderRequest


class AccessTokens(JWTBearerTokenGenerator):
    """JWT access tokens after RFC 9068."""

    def __init__(self, issuer: str, keys: KeySet) -> None:
        super().__init__(
            issuer,
            refresh_token_generator=lambda **_: secrets.token_urlsafe(32),
            expires_generator=lambda *_: ACCESS_TOKEN_LIFETIME,
        )
        self._keys = keys

    def get_jwks(self) -> KeySet:
        return self._keys

    def get_extra_claims(self, client: Client, grant_type: str, user: User, scope: str) -> dict[str, Any]:
        return {"azp": client.client_id, "username": user.username, **role_claims(user, scope)}


class RefreshedIdToken(OpenIDToken):
    """The ID token of a refresh: a new one about the same sign-in, without a nonce."""

    def __init__(self, issuer: str, keys: KeySet) -> None:
        self._issuer, self._keys = issuer, keys

    def resolve_client_private_key(self, client: Client) -> KeySet:
        return self._keys

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self._issuer, "aud": client.client_id, "azp": client.client_id}

    def get_compatible_claims(self, request: ProviderRequest) -> dict[str, Any]:
        origin: Code | Tokens = request.authorization_code or request.refresh_token
        return {
            **super().get_compatible_claims(request),
            "sid": origin.sid,
            "auth_time": origin.auth_time,
            "amr": ["pwd"],
        }

    def generate_user_info(self, user: User, scope: str) -> dict[str, Any]:
        return person_claims(user, scope)


class CodeIdToken(RefreshedIdToken, OpenIDCode):
    """The ID token of a fresh sign-in, with the request's nonce."""

    def __init__(self, issuer: str, keys: KeySet) -> None:
        RefreshedIdToken.__init__(self, issuer, keys)
        self.require_nonce = False

    def exists_nonce(self, nonce: str, request: ProviderRequest) -> bool:
        """Never: a nonce is the client's to check, and a reload of the sign-in page repeats it."""
        return False
