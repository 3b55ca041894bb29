"""The one application that may sign people in: its id, secret and registered addresses."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

CLIENT_AUTHENTICATION = ["client_secret_basic", "client_secret_post"]
SCOPES = ("openid", "profile", "email", "roles", "offline_access")


@dataclass(frozen=True, slots=True)
class Client:
    """A confidential web application; the methods are those Authlib calls."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...]
    backchannel_logout_uri: str = ""

    @property
    def client_metadata(self) -> Mapping[str, Sequence[str]]:
        return {"post_logout_redirect_uris": self.post_logout_redirect_uris}

    @property
    def origins(self) -> tuple[str, ...]:
        """Where a form of ours may end up: the origins of the registered addresses."""
        return tuple(
            sorted({origin_of(address) for address in (*self.redirect_uris, *self.post_logout_redirect_uris)})
        )

    @property
    def home(self) -> str | None:
        """The application's front page, for a link back to it."""
        return f"{origin_of(self.redirect_uris[0])}/" if self.redirect_uris else None

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        """None: OpenID Connect Core 3.1.2.1 requires the request to name it."""
        return

    def get_allowed_scope(self, scope: str | None) -> str:
        """The known ones of the requested scopes; the others are left out, as Asgardeo does."""
        return " ".join(name for name in (scope or "").split() if name in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in CLIENT_AUTHENTICATION

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in ("authorization_code", "refresh_token")


def origin_of(address: str) -> str:
    """Scheme, host and port of a URL."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
