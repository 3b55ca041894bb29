"""Authlib's endpoints for tokens that exist: revocation, introspection, and the end of a session."""
# mypy: disable-error-code="import-untyped,misc,no-untyped-call,no-any-return"

from typing import Any

from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from authlib.oidc.rpinitiated import EndSessionEndpoint, EndSessionRequest
from joserfc.jwk import KeySet

from sandbox.identity_provider.claims import role_claims
from sandbox.identity_provider.client import CLIENT_AUTHENTICATION, Client
from sandbox.identity_provider.granted import Tokens
from sandbox.identity_provider.oauth_request import ProviderRequest


class Revocation(RevocationEndpoint):
    """RFC 7009."""

    CLIENT_AUTH_METHODS = CLIENT_AUTHENTICATION

    def query_token(self, token_string: str, token_type_hint: str | None) -> Tokens | None:
        return self.server.grants.find(token_string)

    def revoke_token(self, token: Tokens, request: ProviderRequest) -> None:
        self.server.grants.revoke(token)


class Introspection(IntrospectionEndpoint):
    """RFC 7662."""

    CLIENT_AUTH_METHODS = CLIENT_AUTHENTICATION

    def query_token(self, token_string: str, token_type_hint: str | None) -> Tokens | None:
        return self.server.grants.find(token_string)

    def check_permission(self, token: Tokens, client: Client, request: ProviderRequest) -> bool:
        return token.check_client(client)

    def introspect_token(self, token: Tokens) -> dict[str, Any]:
        user = self.server.directory.by_id(token.user_id)
        return {
            "iss": self.server.issuer,
            "aud": token.client_id,
            "client_id": token.client_id,
            "sub": token.user_id,
            "username": user.username,
            "scope": token.scope,
            "token_type": "Refresh" if token.is_refresh else "Bearer",
            "iat": token.issued_at,
            "exp": token.expires_at,
            **({} if token.is_refresh else role_claims(user, token.scope)),
        }


class EndSession(EndSessionEndpoint):
    """OpenID Connect RP-Initiated Logout; the caller ends the session it knows from the cookie."""

    def get_server_jwks(self) -> KeySet:
        return self.server.keys.remembered

    def get_algorithms(self) -> list[str]:
        return ["RS256"]

    def is_post_logout_redirect_uri_legitimate(self, *_: Any) -> bool:
        """Yes: a request without a hint goes on only after the person has confirmed it."""
        return True

    def end_session(self, end_session_request: EndSessionRequest) -> None:
        """Done by the logout page."""
