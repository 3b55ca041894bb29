"""The way to the provider and the answer it sends back with the browser (OpenID Connect Core 1.0, 3.1.2)."""

from __future__ import annotations

import httpx
import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from services.bootstrap import resources
from services.errors import BadRequest
from services.identity.provider.discovery import metadata

log = structlog.get_logger()

SCOPE = "openid profile email roles"


async def authorization_url(*, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    """Where to send the browser to sign in. Raises Unavailable."""
    page = (await metadata()).authorization_endpoint
    return with_query(page, _parameters(redirect_uri, state, nonce, code_verifier))


async def registration_url(*, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    """Where to send the browser to register: a page of its own at Asgardeo, OIDC_REGISTRATION_URL."""
    page = resources().settings.oidc_registration_url or (await metadata()).authorization_endpoint
    return with_query(page, _parameters(redirect_uri, state, nonce, code_verifier))


async def check_answering_issuer(told: str | None) -> None:
    """Raises BadRequest for an answer of another provider, or of nobody where ours always tells its name.

    `told` is the parameter `iss`, None without one (RFC 9207, 2.4: errors included). Raises Unavailable.
    """
    expected = resources().settings.oidc_issuer
    if told == expected or (told is None and not (await metadata()).tells_issuer):
        return
    log.warning("oidc_answer_from_another_issuer", told="nobody" if told is None else told[:300])
    raise BadRequest("This sign-in came from somewhere else. Please sign in again.", code="wrong_issuer")


def with_query(url: str, parameters: dict[str, str]) -> str:
    """An address with more parameters; those that it has stay (RFC 6749, 3.1)."""
    return str(httpx.URL(url).copy_merge_params(parameters))


def _parameters(redirect_uri: str, state: str, nonce: str, code_verifier: str) -> dict[str, str]:
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
