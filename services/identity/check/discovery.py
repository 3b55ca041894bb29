"""The discovery document: who it is, where its endpoints are, and what it can do (OpenID Connect Discovery 1.0, 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx

from services.identity.check.asking import Answer, NotAnswered, ask_for_object
from services.identity.check.findings import Finding, attention, fine, told, wrong
from services.loopback import leads_here

WELL_KNOWN = "/.well-known/openid-configuration"
REQUIRED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
USEFUL = {
    "userinfo_endpoint": "Without it, email and name have to be in the ID token, and access tokens have to be JWTs.",
    "introspection_endpoint": "Without it, the REST API takes no access tokens but JWTs.",
    "end_session_endpoint": "Without it, signing out at the store leaves people signed in at the provider.",
}
OFFERS = (
    ("response_types_supported", "code", None, "Allow the grant type “Code”."),
    (
        "id_token_signing_alg_values_supported",
        "RS256",
        None,
        "The store takes ID tokens signed with RS256 only.",
    ),
    ("code_challenge_methods_supported", "S256", None, "Allow PKCE with S256."),
    (
        "token_endpoint_auth_methods_supported",
        "client_secret_basic",
        "client_secret_basic",
        "Let the application authenticate with its secret in the header.",
    ),
    ("grant_types_supported", "authorization_code", "authorization_code", "Allow the grant type “Code”."),
)
"""Field, what it must list, what it lists when it is left out (RFC 8414, 2), what to do."""
SCOPES = ("openid", "profile", "email", "roles")
PROMISES = {
    "authorization_response_iss_parameter_supported": (
        "answers name their issuer (RFC 9207)",
        "Answers of this provider can't be told from another's by themselves. With one provider that is no danger.",
    ),
    "backchannel_logout_supported": (
        "back-channel logout",
        "Signing out elsewhere does not end sessions at the store; they end by themselves.",
    ),
    "backchannel_logout_session_supported": (
        "back-channel logout of a single session",
        "A sign-out elsewhere ends all of the person's sessions at the store.",
    ),
}


def read_discovery(http: httpx.Client, issuer: str) -> tuple[Answer, dict[str, Any]]:
    """Raises NotAnswered."""
    return ask_for_object(http, f"{issuer}{WELL_KNOWN}")


def unreadable(issuer: str, reason: NotAnswered) -> Finding:
    """There is no document, with a guess at why."""
    remedy = (
        "OIDC_ISSUER is the whole issuer; at Asgardeo https://api.asgardeo.io/t/ORGANISATION/oauth2/token"
    )
    if issuer.endswith(WELL_KNOWN):
        remedy = f"Leave {WELL_KNOWN} off OIDC_ISSUER."
    elif issuer.endswith("/"):
        remedy = "OIDC_ISSUER probably ends without a slash."
    elif "429" in str(reason):
        remedy = "Too many requests from this address: wait a minute."
    return wrong(f"{issuer}{WELL_KNOWN} can't be read: {reason}.", remedy)


def about_discovery(document: dict[str, Any], issuer: str) -> Iterator[Finding]:
    """Everything the document says that matters here."""
    yield _about_issuer(document, issuer)
    yield _about_encryption(issuer)
    yield from _about_endpoints(document, issuer)
    for name, wanted, default, remedy in OFFERS:
        offered = _texts(document.get(name, [default] if default else []))
        listed = f"{name} has {wanted}"
        yield fine(listed) if wanted in offered else wrong(f"{name} lacks {wanted}", remedy)
    yield from _about_scopes(document)
    for name, (what, without) in PROMISES.items():
        yield fine(what) if document.get(name) is True else attention(f"no {what}", without)


def _about_issuer(document: dict[str, Any], issuer: str) -> Finding:
    named = document.get("issuer")
    if named == issuer:
        return fine(f"issuer {issuer}")
    return wrong(
        f"issuer is {named!r}, but OIDC_ISSUER is {issuer!r}",
        "They must be the same to the letter: set OIDC_ISSUER to the one the provider names, if you trust it.",
    )


def _about_encryption(issuer: str) -> Finding:
    if issuer.startswith("https://"):
        return fine("https")
    if leads_here(issuer):
        return attention("http on this machine", "Good enough for the sandbox; production refuses it.")
    return wrong("http: whoever is on the way can sign in as anybody", "Use the provider's https address.")


def _about_endpoints(document: dict[str, Any], issuer: str) -> Iterator[Finding]:
    for name in (*REQUIRED, *USEFUL):
        address = document.get(name)
        if not address and name in USEFUL:
            yield attention(f"{name} is missing", USEFUL[name])
        elif not isinstance(address, str) or not urlsplit(address).netloc:
            yield wrong(f"{name} is missing", "The store can't sign anybody in without it.")
        elif issuer.startswith("https://") and not address.startswith("https://"):
            yield wrong(f"{name} is without https: {address}", "The store refuses such a provider.")
        else:
            yield fine(f"{name} {address}")


def _about_scopes(document: dict[str, Any]) -> Iterator[Finding]:
    if "scopes_supported" not in document:
        yield told("scopes_supported is left out; whether the scopes exist shows at a sign-in")
        return
    offered = _texts(document["scopes_supported"])
    if "openid" not in offered:
        yield wrong(
            "scopes_supported lacks openid", "This is not an OpenID Connect provider for this application."
        )
    lacking = [scope for scope in SCOPES if scope not in offered and scope != "openid"]
    if lacking:
        yield attention(
            f"scopes_supported lacks {', '.join(lacking)}",
            "A provider need not list all. If staff come without a role or people without a name, make these scopes.",
        )
    else:
        yield fine(f"scopes {' '.join(SCOPES)}")


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
