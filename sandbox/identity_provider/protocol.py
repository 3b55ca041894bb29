"""The endpoints machines call: discovery, keys, token, userinfo, revocation, introspection."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.identity_provider.claims import person_claims
from sandbox.identity_provider.client import CLIENT_AUTHENTICATION, SCOPES
from sandbox.identity_provider.oauth import Provider
from sandbox.identity_provider.oauth_request import ProviderRequest

TENANT = "/t/larkspur"
TOKEN_CLAIMS = ("iss", "sub", "aud", "azp", "exp", "iat", "nonce", "at_hash", "auth_time", "amr", "sid")
PERSON_CLAIMS = ("name", "given_name", "family_name", "username", "email", "roles", "updated_at")


class Protocol:
    """Routes over the authorization server."""

    def __init__(self, provider: Provider, origin: str) -> None:
        self._provider = provider
        self._base = f"{origin}{TENANT}"

    @property
    def routes(self) -> list[Route]:
        return [
            Route(f"{TENANT}/oauth2/token/.well-known/openid-configuration", self.discovery),
            Route(f"{TENANT}/oauth2/jwks", self.jwks),
            Route(f"{TENANT}/oauth2/token", self.token, methods=["POST"]),
            Route(f"{TENANT}/oauth2/userinfo", self.userinfo, methods=["GET", "POST"]),
            Route(f"{TENANT}/oauth2/revoke", self.revoke, methods=["POST"]),
            Route(f"{TENANT}/oauth2/introspect", self.introspect, methods=["POST"]),
        ]

    async def discovery(self, _: Request) -> Response:
        """OpenID Connect Discovery 1.0, RFC 8414, RFC 9207."""
        return JSONResponse(
            {
                "issuer": self._provider.issuer,
                "authorization_endpoint": f"{self._base}/oauth2/authorize",
                "token_endpoint": f"{self._base}/oauth2/token",
                "userinfo_endpoint": f"{self._base}/oauth2/userinfo",
                "jwks_uri": f"{self._base}/oauth2/jwks",
                "revocation_endpoint": f"{self._base}/oauth2/revoke",
                "introspection_endpoint": f"{self._base}/oauth2/introspect",
                "end_session_endpoint": f"{self._base}/oidc/logout",
                "scopes_supported": SCOPES,
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code", "refresh_token"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
                "revocation_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
                "introspection_endpoint_auth_methods_supported": CLIENT_AUTHENTICATION,
                "code_challenge_methods_supported": ["S256"],
                "prompt_values_supported": ["none", "login"],
                "authorization_response_iss_parameter_supported": True,
                "backchannel_logout_supported": True,
                "backchannel_logout_session_supported": True,
                "claims_parameter_supported": False,
                "request_parameter_supported": False,
                "request_uri_parameter_supported": False,
                "claims_supported": [*TOKEN_CLAIMS, *PERSON_CLAIMS],
            },
            headers={"Cache-Control": "max-age=300"},
        )

    async def jwks(self, _: Request) -> Response:
        return JSONResponse(self._provider.keys.public_jwks(), headers={"Cache-Control": "max-age=300"})

    async def token(self, request: Request) -> Response:
        """RFC 6749 section 3.2."""
        response: Response = self._provider.create_token_response(await _form_request(request))
        return response

    async def revoke(self, request: Request) -> Response:
        """RFC 7009."""
        response: Response = self._provider.create_endpoint_response(
            "revocation", await _form_request(request)
        )
        return response

    async def introspect(self, request: Request) -> Response:
        """RFC 7662."""
        response: Response = self._provider.create_endpoint_response(
            "introspection", await _form_request(request)
        )
        return response

    async def userinfo(self, request: Request) -> Response:
        """OpenID Connect Core 5.3, with a bearer token in the header (RFC 6750)."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return _bearer_challenge(401)
        granted = self._provider.live_access_token(token.strip())
        user = self._provider.directory.by_id(granted.user_id) if granted else None
        if granted is None or user is None:
            return _bearer_challenge(401, "invalid_token", "The access token has expired or is not valid.")
        if "openid" not in granted.scope.split():
            return _bearer_challenge(403, "insufficient_scope", "The access token lacks the openid scope.")
        return JSONResponse(person_claims(user, granted.scope), headers={"Cache-Control": "no-store"})


async def _form_request(request: Request) -> ProviderRequest:
    return ProviderRequest(request, await request.form(), request.method)


def _bearer_challenge(status: int, error: str = "", description: str = "") -> Response:
    body: dict[str, Any] = {"error": error, "error_description": description} if error else {}
    details = ", ".join(f'{name}="{text}"' for name, text in body.items())
    return JSONResponse(body, status, {"WWW-Authenticate": f"Bearer {details}".rstrip()})
