"""Authlib's authorization server, set up for one client."""
# mypy: disable-error-code="import-untyped,misc,no-untyped-call,no-any-return"

from typing import Any

from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Error
from starlette.responses import JSONResponse, Response

from sandbox.identity_provider.client import Client
from sandbox.identity_provider.directory import Directory
from sandbox.identity_provider.grant_types import CodeGrant, RefreshGrant, RequiredS256
from sandbox.identity_provider.granted import Code, Tokens
from sandbox.identity_provider.grants import Grants
from sandbox.identity_provider.keys import KeyRing
from sandbox.identity_provider.oauth_request import ProviderRequest
from sandbox.identity_provider.sign_ins import SignIns
from sandbox.identity_provider.token_endpoints import EndSession, Introspection, Revocation
from sandbox.identity_provider.tokens import (
    CodeIdToken,
    JwtAccessTokens,
    RefreshedIdToken,
    opaque_access_tokens,
)


class Provider(AuthorizationServer):
    """The authorization server of one client."""

    def __init__(
        self,
        issuer: str,
        client: Client,
        directory: Directory,
        sign_ins: SignIns,
        grants: Grants,
        keys: KeyRing,
        *,
        opaque: bool = False,
    ) -> None:
        super().__init__()
        self.issuer, self.client, self.keys, self.opaque = issuer, client, keys, opaque
        self.directory, self.sign_ins, self.grants = directory, sign_ins, grants
        access_tokens = opaque_access_tokens() if opaque else JwtAccessTokens(issuer, keys)
        self.register_token_generator("default", access_tokens)
        self.register_grant(CodeGrant, [RequiredS256(), CodeIdToken(issuer, keys)])
        self.register_grant(RefreshGrant, [RefreshedIdToken(issuer, keys)])
        self.register_endpoint(Revocation)
        self.register_endpoint(Introspection)
        self.register_endpoint(EndSession)

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def save_token(self, token: dict[str, Any], request: ProviderRequest) -> None:
        origin: Code | Tokens = request.authorization_code or request.refresh_token
        self.grants.add_tokens(token["access_token"], token.get("refresh_token"), origin)

    def create_oauth2_request(self, request: ProviderRequest) -> ProviderRequest:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        fields = {**dict(headers), "Cache-Control": "no-store", "Pragma": "no-cache"}
        if isinstance(body, dict):
            fields.pop("Content-Type", None)
            return JSONResponse(body, status, fields)
        return Response(body, status, fields)

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def validated(self, request: ProviderRequest) -> CodeGrant:
        """The grant of an authorization request that is all right. Raises OAuth2Error with the state."""
        try:
            grant = self.get_authorization_grant(request)
            grant.validate_no_multiple_request_parameter(request)
            grant.validate_authorization_request()
        except OAuth2Error as error:
            error.state = request.payload.state
            raise
        return grant

    def live_access_token(self, token: str) -> Tokens | None:
        """An access token of ours that is neither expired nor revoked."""
        kept = self.grants.find(token)
        dead = kept is None or kept.is_refresh or kept.revoked or kept.is_expired()
        return None if dead else kept
