"""What the provider says of itself (OpenID Connect Discovery 1.0, 3 and 4; RFC 8414; RFC 9207, 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

from services.bootstrap import resources
from services.identity.provider.fetching import fetch
from services.identity.provider.keeping import Kept
from services.identity.provider.refusals import unreachable

LASTS_SECONDS = 3600
ANSWERS_SECONDS = 15
"""So long a provider that has answered is taken to be there. Asgardeo allows 200 requests a minute."""
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_OPTIONAL = ("userinfo_endpoint", "introspection_endpoint", "end_session_endpoint")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The provider's addresses; one that it doesn't have is empty. `tells_issuer`: each answer carries `iss`."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    introspection_endpoint: str
    end_session_endpoint: str
    tells_issuer: bool


async def metadata() -> Metadata:
    """Of the provider in the settings. Raises Unavailable, also when the document is about another one."""
    return await _document(resources().settings.oidc_issuer).get()


async def metadata_of_one_who_answers() -> Metadata:
    """The same, heard a moment ago: nobody is sent to a provider that is down. Raises Unavailable."""
    return await _document(resources().settings.oidc_issuer).get(within=ANSWERS_SECONDS)


@cache
def _document(issuer: str) -> Kept[Metadata]:
    return Kept(partial(_fetch, issuer), LASTS_SECONDS)


async def _fetch(issuer: str) -> Metadata:
    document = await fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        told = str(document.get("issuer"))[:300]
        raise unreachable("discovery names another issuer", expected=issuer, told=told)
    secure = issuer.startswith("https://")
    wrong = [
        name
        for name in (*_NEEDED, *_OPTIONAL)
        if (name in _NEEDED or name in document) and not _is_address(document.get(name), secure=secure)
    ]
    if wrong:
        raise unreachable("discovery has no usable address", issuer=issuer, fields=wrong)
    return Metadata(
        **{name: str(document.get(name, "")) for name in (*_NEEDED, *_OPTIONAL)},
        tells_issuer=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _is_address(value: Any, *, secure: bool) -> bool:
    """Whether it is an absolute URL; `secure` ones are https, as secrets are sent there."""
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]{1,2000}", value):
        return False
    try:
        url = urlsplit(value)
    except ValueError:
        return False
    return (
        url.scheme in (("https",) if secure else ("https", "http"))
        and bool(url.hostname)
        and not url.fragment
    )
