"""What is in the tokens: ID tokens signed with RS256, access tokens the same or opaque."""
# mypy: disable-error-code="import-untyped,misc,no-untyped-call,no-any-return"

import secrets
import uuid
from typing import Any

from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core.grants import OpenIDCode, OpenIDToken
from joserfc.jwk import KeySet

from sandbox.identity_provider.claims import person_claims, role_claims
from sandbox.identity_provider.client import Client
from sandbox.identity_provider.directory import User
from sandbox.identity_provider.granted import ACCESS_TOKEN_LIFETIME, Code, Tokens
from sandbox.identity_provider.keys import KeyRing
from sandbox.identity_provider.oauth_request import ProviderRequest


def new_refresh_token(**_: Any) -> str:
    return secrets.token_urlsafe(32)


def lifetime(*_: Any) -> int:
    """Seconds an access token is good for."""
    return ACCESS_TOKEN_LIFETIME


def opaque_access_tokens() -> BearerTokenGenerator:
    """Access tokens that say nothing by themselves: random UUIDs, as Asgardeo makes them."""
    return BearerTokenGenerator(lambda **_: str(uuid.uuid4()), new_refresh_token, lifetime)


class JwtAccessTokens(JWTBearerTokenGenerator):
    """JWT access tokens after RFC 9068."""

    def __init__(self, issuer: str, keys: KeyRing) -> None:
        super().__init__(issuer, refresh_token_generator=new_refresh_token, expires_generator=lifetime)
        self._keys = keys

    def get_jwks(self) -> KeySet:
        return self._keys.signing

    def get_extra_claims(self, client: Client, grant_type: str, user: User, scope: str) -> dict[str, Any]:
        return {"azp": client.client_id, "username": user.username, **role_claims(user, scope)}


class RefreshedIdToken(OpenIDToken):
    """The ID token of a refresh: a new one about the same sign-in, without a nonce."""

    def __init__(self, issuer: str, keys: KeyRing) -> None:
        self._issuer, self._keys = issuer, keys

    def resolve_client_private_key(self, client: Client) -> KeySet:
        return self._keys.signing

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

    def __init__(self, issuer: str, keys: KeyRing) -> None:
        RefreshedIdToken.__init__(self, issuer, keys)
        self.require_nonce = False

    def exists_nonce(self, nonce: str, request: ProviderRequest) -> bool:
        """Never: a nonce is the client's to check, and a reload of the sign-in page repeats it."""
        return False
