"""The two ways to get tokens: an authorization code with PKCE, and a refresh token."""
# mypy: disable-error-code="import-untyped,misc,no-untyped-call,no-any-return"

import time

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge

from sandbox.identity_provider.client import CLIENT_AUTHENTICATION, Client
from sandbox.identity_provider.directory import User
from sandbox.identity_provider.granted import CODE_LIFETIME, Code, Tokens, hashed
from sandbox.identity_provider.oauth_request import ProviderRequest
from sandbox.identity_provider.sign_ins import SignIn


class CodeGrant(AuthorizationCodeGrant):
    """Codes are bound to the sign-in they were issued in; `grant_user` is a SignIn."""

    TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_AUTHENTICATION

    def save_authorization_code(self, code: str, request: ProviderRequest) -> None:
        sign_in: SignIn = request.user
        data = request.payload.data
        self.server.grants.add_code(
            Code(
                code_hash=hashed(code),
                client_id=request.client.client_id,
                user_id=sign_in.user.id,
                sid=sign_in.sid,
                redirect_uri=data["redirect_uri"],
                scope=request.scope,
                nonce=data.get("nonce"),
                code_challenge=data["code_challenge"],
                auth_time=sign_in.auth_time,
                expires_at=int(time.time()) + CODE_LIFETIME,
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        return self.server.grants.usable_code(code, client.client_id)

    def delete_authorization_code(self, authorization_code: Code) -> None:
        self.server.grants.use_code(authorization_code)

    def authenticate_user(self, authorization_code: Code) -> User | None:
        return self.server.directory.by_id(authorization_code.user_id)


class RefreshGrant(RefreshTokenGrant):
    """Rotation: each refresh token can be exchanged once."""

    TOKEN_ENDPOINT_AUTH_METHODS = CLIENT_AUTHENTICATION
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> Tokens | None:
        return self.server.grants.usable_refresh_token(refresh_token)

    def authenticate_user(self, refresh_token: Tokens) -> User | None:
        return self.server.directory.by_id(refresh_token.user_id)

    def revoke_old_credential(self, refresh_token: Tokens) -> None:
        self.server.grants.exchange(refresh_token)


class RequiredS256(CodeChallenge):
    """PKCE with S256 for every client; Authlib requires it of public ones only and falls back to `plain`."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012 - overrides Authlib's list

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge"):
            raise InvalidRequestError("PKCE is required: send code_challenge.")
        if data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE is required with code_challenge_method=S256.")
        super().validate_code_challenge(grant, redirect_uri)
