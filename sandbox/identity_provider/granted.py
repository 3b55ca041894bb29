"""What a grant is: an authorization code, and the tokens that came of it."""

import hashlib
import time
from dataclasses import dataclass

CODE_LIFETIME = 60
ACCESS_TOKEN_LIFETIME = 3600
REFRESH_TOKEN_LIFETIME = 24 * 3600


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code with what it was granted for; the getters are those Authlib calls."""

    code_hash: str
    client_id: str
    user_id: str
    sid: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str
    auth_time: int
    expires_at: int
    used: int = 0
    code_challenge_method: str = "S256"

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> list[str]:
        return ["pwd"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """An access token and its refresh token, seen as one of the two (`is_refresh`)."""

    id: int
    family: str
    client_id: str
    user_id: str
    sid: str
    scope: str
    auth_time: int
    issued_at: int
    is_refresh: bool
    revoked: bool

    @property
    def expires_at(self) -> int:
        return self.issued_at + (REFRESH_TOKEN_LIFETIME if self.is_refresh else ACCESS_TOKEN_LIFETIME)

    def get_scope(self) -> str:
        return self.scope

    def check_client(self, client: object) -> bool:
        return getattr(client, "client_id", None) == self.client_id

    def is_expired(self) -> bool:
        return self.expires_at <= time.time()

    def is_revoked(self) -> bool:
        return self.revoked


def hashed(token: str) -> str:
    """How codes and tokens are stored."""
    return hashlib.sha256(token.encode()).hexdigest()
