"""The store's application at the provider, tried out without signing anybody in."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx

from services.identity.check.asking import Answer, NotAnswered, ask
from services.identity.check.findings import Finding, attention, fine, wrong
from services.settings import ProviderSettings

SCOPE = "openid profile email roles"
HOPS = 5
NOBODY_THERE = ("login_required", "interaction_required", "consent_required", "account_selection_required")
"""What a provider says to prompt=none when all else is in order (OpenID Connect Core, 3.1.2.6)."""
PROTOCOL_TAB = "At Asgardeo: Applications → the application → Protocol."


def about_client(
    http: httpx.Client, settings: ProviderSettings, document: dict[str, Any]
) -> Iterator[Finding]:
    """Its id and secret, the callback, and the page to register at."""
    try:
        yield _about_secret(http, settings, str(document["token_endpoint"]))
    except NotAnswered as reason:
        yield wrong(f"the token endpoint can't be asked: {reason}")
    names_itself = document.get("authorization_response_iss_parameter_supported") is True
    try:
        yield _about_callback(http, settings, str(document["authorization_endpoint"]), names_itself)
    except NotAnswered as reason:
        yield wrong(f"the authorization endpoint can't be asked: {reason}")
    yield _about_registration(http, settings.oidc_registration_url)


def _about_secret(http: httpx.Client, settings: ProviderSettings, endpoint: str) -> Finding:
    """A made-up code: a provider that knows the client complains about the code (RFC 6749, 5.2)."""
    answer = ask(
        http,
        "POST",
        endpoint,
        data={
            "grant_type": "authorization_code",
            "code": secrets.token_urlsafe(24),
            "redirect_uri": _callback(settings),
            "code_verifier": secrets.token_urlsafe(48),
        },
        auth=(settings.oidc_client_id, settings.oidc_client_secret.get_secret_value()),
    )
    try:
        error = str(answer.json_object().get("error", ""))
    except NotAnswered:
        error = ""
    if answer.status == 400 and error == "invalid_grant":
        return fine(f"client id {settings.oidc_client_id} and its secret are accepted")
    if error == "invalid_client" or answer.status == 401:
        return wrong(
            f"client id {settings.oidc_client_id} or its secret is refused",
            f"Copy OIDC_CLIENT_ID and OIDC_CLIENT_SECRET once more. {PROTOCOL_TAB}",
        )
    if error in ("unauthorized_client", "unsupported_grant_type"):
        return wrong(f"the application may not use the code grant ({error})", f"Allow it. {PROTOCOL_TAB}")
    if answer.status == 200:
        return wrong("a made-up code was taken for a real one", "Sign nobody in with this provider.")
    return attention(f"the token endpoint answered {answer.status} {error or 'without an error code'}")


def _about_callback(
    http: httpx.Client, settings: ProviderSettings, endpoint: str, names_itself: bool
) -> Finding:
    """Asks to sign somebody in without a page: when the callback is registered, the answer goes there."""
    callback = _callback(settings)
    answer = _sent_on(http, settings, endpoint, callback)
    location = answer.headers.get("location", "")
    unregistered = wrong(
        f"{callback} is not registered", f"Add it to the authorized redirect URLs. {PROTOCOL_TAB}"
    )
    if not (answer.is_redirect and location.startswith(f"{callback}?")):
        if answer.status in (400, 401, 403) or "error" in location.lower():
            return unregistered
        return attention(
            f"whether {callback} is registered can't be told: the provider shows a page ({answer.status})"
        )
    returned = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
    if returned.get("error") not in NOBODY_THERE:
        told = returned.get("error_description") or returned.get("error") or "without an error"
        return wrong(
            f"an authorization request came back: {told[:200]}", f"See grant types and PKCE. {PROTOCOL_TAB}"
        )
    if names_itself and returned.get("iss") != settings.oidc_issuer:
        return wrong(
            f"an answer names the issuer {returned.get('iss')!r}, though discovery promises its own (RFC 9207)"
        )
    return fine(f"{callback} is registered")


def _sent_on(http: httpx.Client, settings: ProviderSettings, endpoint: str, callback: str) -> Answer:
    """The last answer on the provider's own ground, which may send a browser around there."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(secrets.token_bytes(32)).digest()).rstrip(b"=")
    parameters = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": callback,
        "scope": SCOPE,
        "state": secrets.token_urlsafe(16),
        "nonce": secrets.token_urlsafe(16),
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
        "prompt": "none",
    }
    answer = ask(http, "GET", str(httpx.URL(endpoint).copy_merge_params(parameters)))
    for _ in range(HOPS):
        further = urljoin(answer.url, answer.headers.get("location", ""))
        leaves = urlsplit(further).netloc != urlsplit(endpoint).netloc
        if not answer.is_redirect or leaves or "error" in further.lower():
            break
        answer = ask(http, "GET", further)
    return answer


def _about_registration(http: httpx.Client, page: str) -> Finding:
    if not page:
        return attention(
            "OIDC_REGISTRATION_URL is not set: “Register” leads to the sign-in page",
            "At Asgardeo it is https://accounts.asgardeo.io/t/ORGANISATION/accountrecoveryendpoint/register.do?client_id=…",
        )
    try:
        answer = ask(http, "GET", page, follow_redirects=True)
    except NotAnswered as reason:
        return wrong(f"the page to register at can't be reached: {reason}", "Check OIDC_REGISTRATION_URL.")
    if answer.status >= 400:
        return wrong(f"the page to register at answers {answer.status}", "Check OIDC_REGISTRATION_URL.")
    return fine(f"the page to register at is there: {page}")


def _callback(settings: ProviderSettings) -> str:
    return f"{settings.public_url}/auth/callback"
