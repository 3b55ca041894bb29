"""The OpenID Connect provider: discovery, the authorization code flow with PKCE, and the ID token, verified here.

Sources: OpenID Connect Core 1.0, 3.1.3.7; RFC 7636; RFC 9207; RFC 9068 for access tokens.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import structlog
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.permissions import Role
from services.bootstrap import resources
from services.errors import Unauthenticated, Unavailable
from services.identity.roles import roles_of

log = structlog.get_logger()

ALGORITHMS = ["RS256"]
SKEW_SECONDS = 60
MAX_TOKEN_AGE_SECONDS = 600
METADATA_TTL_SECONDS = 3600
KEYS_COOLDOWN_SECONDS = 10
SCOPE = "openid profile email roles"


@dataclass(frozen=True, slots=True)
class Claims:
    """What an ID token says of a person."""

    subject: str
    email: str
    name: str
    roles: frozenset[Role]
    provider_session: str = ""


@dataclass(slots=True)
class _Cached:
    metadata: dict[str, Any] | None = None
    metadata_at: float = 0
    keys: KeySet | None = None
    keys_at: float = 0


_cache: dict[str, _Cached] = {}


async def metadata() -> dict[str, Any]:
    """The provider's discovery document. Raises Unavailable; also when it names another issuer."""
    issuer = resources().settings.oidc_issuer
    cached = _cache.setdefault(issuer, _Cached())
    if cached.metadata is None or time.monotonic() - cached.metadata_at > METADATA_TTL_SECONDS:
        document = await _get_json(f"{issuer}/.well-known/openid-configuration")
        if document.get("issuer") != issuer:
            log.error("oidc_discovery_names_another_issuer", expected=issuer, told=document.get("issuer"))
            raise _unreachable()
        cached.metadata, cached.metadata_at = document, time.monotonic()
    return cached.metadata


async def authorization_url(*, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    """Where to send the browser to sign in. Raises Unavailable."""
    document = await metadata()
    parameters = _authorization_parameters(redirect_uri, state, nonce, code_verifier)
    return f"{document['authorization_endpoint']}?{urlencode(parameters)}"


async def registration_url(*, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    """Where to send the browser to register: a page of its own at Asgardeo, OIDC_REGISTRATION_URL."""
    page = resources().settings.oidc_registration_url
    if not page:
        return await authorization_url(
            redirect_uri=redirect_uri, state=state, nonce=nonce, code_verifier=code_verifier
        )
    parameters = _authorization_parameters(redirect_uri, state, nonce, code_verifier)
    return str(httpx.URL(page).copy_merge_params(parameters))


async def exchange_code(*, code: str, redirect_uri: str, code_verifier: str) -> dict[str, Any]:
    """Trade an authorization code for tokens. Raises Unauthenticated (refused) and Unavailable."""
    settings = resources().settings
    document = await metadata()
    client = AsyncOAuth2Client(
        settings.oidc_client_id,
        settings.oidc_client_secret.get_secret_value(),
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
        timeout=10,
    )
    try:
        async with client:
            token = await client.fetch_token(
                document["token_endpoint"], code=code, redirect_uri=redirect_uri, code_verifier=code_verifier
            )
    except httpx.HTTPError as error:
        raise _unreachable() from error
    except Exception as error:
        log.warning("oidc_code_refused", error=repr(error))
        raise _refused() from error
    return dict(token)


async def verify_id_token(id_token: str, *, nonce: str, access_token: str = "") -> Claims:
    """The person an ID token is about. Raises Unauthenticated when any check fails, Unavailable without keys."""
    settings = resources().settings
    claims = await _decode(id_token)
    problem = _id_token_problem(claims, settings.oidc_issuer, settings.oidc_client_id, nonce)
    if problem:
        log.warning("oidc_id_token_refused", problem=problem)
        raise _refused()
    return _claims(claims)


async def verify_access_token(access_token: str) -> Claims:
    """The person behind a bearer token, a JWT of the provider. Raises Unauthenticated, Unavailable."""
    settings = resources().settings
    claims = await _decode(access_token)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    current = time.time()
    fits = (
        claims.get("iss") == settings.oidc_issuer
        and (settings.oidc_client_id in audiences or claims.get("client_id") == settings.oidc_client_id)
        and _number(claims.get("exp")) > current - SKEW_SECONDS
        and bool(claims.get("sub"))
        and "nonce" not in claims
    )
    if not fits:
        raise _refused()
    return _claims(claims)


async def end_session_url(*, id_token: str, post_logout_redirect_uri: str, state: str) -> str:
    """Where to send the browser to sign out at the provider, too (RP-Initiated Logout 1.0); else an empty string."""
    endpoint = (await metadata()).get("end_session_endpoint")
    if not endpoint:
        return ""
    parameters = {
        "client_id": resources().settings.oidc_client_id,
        "post_logout_redirect_uri": post_logout_redirect_uri,
        "state": state,
    }
    if id_token:
        parameters["id_token_hint"] = id_token
    return f"{endpoint}?{urlencode(parameters)}"


def _authorization_parameters(
    redirect_uri: str, state: str, nonce: str, code_verifier: str
) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": resources().settings.oidc_client_id,
        "redirect_uri": redirect_uri,
        "scope": SCOPE,
        "state": state,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(code_verifier),
        "code_challenge_method": "S256",
    }


async def _decode(token: str) -> dict[str, Any]:
    """The claims of a JWT signed by the provider; an unknown key id fetches the keys anew, once in a while."""
    for refresh in (False, True):
        try:
            return dict(jwt.decode(token, await _keys(refresh=refresh), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError) as error:
            if refresh or not isinstance(error, ValueError):
                log.warning("oidc_token_unverifiable", error=repr(error))
                raise _refused() from error
    raise _refused()


async def _keys(*, refresh: bool) -> KeySet:
    cached = _cache.setdefault(resources().settings.oidc_issuer, _Cached())
    fresh_enough = time.monotonic() - cached.keys_at < KEYS_COOLDOWN_SECONDS
    if cached.keys is None or (refresh and not fresh_enough):
        document = await metadata()
        cached.keys = KeySet.import_key_set(await _get_json(document["jwks_uri"]))  # type: ignore[arg-type]
        cached.keys_at = time.monotonic()
    return cached.keys


def _id_token_problem(claims: dict[str, Any], issuer: str, client_id: str, nonce: str) -> str:
    """Why an ID token can't be accepted (OpenID Connect Core 3.1.3.7); empty when it can."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    current = time.time()
    problems = {
        "issuer": claims.get("iss") != issuer,
        "audience": client_id not in audiences,
        "authorized party": (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != client_id,
        "expired": _number(claims.get("exp")) < current - SKEW_SECONDS,
        "issued at": not current - MAX_TOKEN_AGE_SECONDS
        <= _number(claims.get("iat"))
        <= current + SKEW_SECONDS,
        "not yet valid": _number(claims.get("nbf", 0)) > current + SKEW_SECONDS,
        "nonce": claims.get("nonce") != nonce,
        "subject": not isinstance(claims.get("sub"), str) or not claims.get("sub"),
    }
    return ", ".join(name for name, wrong in problems.items() if wrong)


def _claims(claims: dict[str, Any]) -> Claims:
    name = claims.get("name") or " ".join(
        part for part in (claims.get("given_name"), claims.get("family_name")) if part
    )
    return Claims(
        subject=str(claims["sub"]),
        email=str(claims.get("email", ""))[:254],
        name=str(name or claims.get("username") or claims.get("email", ""))[:200],
        roles=roles_of(claims.get("roles"), resources().settings.role_names),
        provider_session=str(claims.get("sid") or ""),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


async def _get_json(url: str) -> dict[str, Any]:
    try:
        answer = await resources().http.get(url, timeout=5)
        answer.raise_for_status()
        document = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        log.warning("oidc_provider_unreachable", url=url, error=repr(error))
        raise _unreachable() from error
    if not isinstance(document, dict):
        raise _unreachable()
    return document


def _refused() -> Unauthenticated:
    return Unauthenticated("We couldn't verify this sign-in. Please sign in again.", code="sign_in_refused")


def _unreachable() -> Unavailable:
    return Unavailable(
        "Signing in is not possible at the moment. You can go on shopping as a guest, and try again later.",
        code="sign_in_unavailable",
    )
