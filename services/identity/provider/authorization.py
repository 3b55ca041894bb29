"""The way to the provider and the answer it sends back with the browser (OpenID Connect Core 1.0, 3.1.2)."""

from __future__ import annotations

import httpx
import structlog
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from services.bootstrap import resources
from services.errors import BadRequest
from services.identity.provider.discovery import metadata, metadata_of_one_who_answers

log = structlog.get_logger()

SCOPE = "openid profile email roles"


async def authorization_url(*, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    """Where to send the browser to sign in. Raises Unavailable."""
    page = (await metadata_of_one_who_answers()).authorization_endpoint
    return _asking(page, redirect_uri, state, nonce, code_verifier)


async def registration_url(*, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    """Where to send the browser to register: a page of its own at Asgardeo, OIDC_REGISTRATION_URL.

    That address may name our client already, as Asgardeo's does. Raises Unavailable.
    """
    known = await metadata_of_one_who_answers()
    page = resources().settings.oidc_registration_url or known.authorization_endpoint
    unnamed = str(httpx.URL(page).copy_remove_param("client_id"))
    return _asking(unnamed, redirect_uri, state, nonce, code_verifier)


async def check_answering_issuer(told: str | None) -> None:
    """Raises BadRequest for an answer of another provider, or of nobody where ours always tells its name.

    `told` is the parameter `iss`, None without one (RFC 9207, 2.4: errors included). Raises Unavailable.
    """
    expected = resources().settings.oidc_issuer
    if told == expected or (told is None and not (await metadata()).tells_issuer):
        return
    log.warning("oidc_answer_from_another_issuer", told="nobody" if told is None else told[:300])
    raise BadRequest("This sign-in came from somewhere else. Please sign in again.", code="wrong_issuer")


def _asking(page: str, redirect_uri: str, state: str, nonce: str, code_verifier: str) -> str:
    asked: str = prepare_grant_uri(
        page,
        resources().settings.oidc_client_id,
        "code",
        redirect_uri,
        SCOPE,
        state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(code_verifier),
        code_challenge_method="S256",
    )
    return asked
