"""The userinfo endpoint (OpenID Connect Core 1.0, 5.3): what an ID token left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog

from services.identity.provider.claims import Claims, person, subject
from services.identity.provider.discovery import metadata
from services.identity.provider.fetching import ask
from services.identity.provider.refusals import refused

log = structlog.get_logger()


async def with_userinfo(known: Claims, access_token: str) -> Claims:
    """The person with the e-mail and name that the ID token lacks; roles stay those of the ID token.

    Raises Unauthenticated when the answer is about somebody else, Unavailable.
    """
    if (known.email and known.name) or not (await metadata()).userinfo_endpoint:
        return known
    told = await userinfo(access_token)
    if told is None:
        return known
    if subject(told) != known.subject:
        raise refused("oidc_userinfo_refused", "about another subject")
    more = person(told)
    return replace(
        known,
        email=known.email or more.email,
        name=known.name or more.name,
        username=known.username or more.username,
    )


async def userinfo(access_token: str) -> dict[str, Any] | None:
    """What the provider tells the bearer of an access token; None when it won't. Raises Unavailable."""
    headers = {"Authorization": f"Bearer {access_token}"}
    answer = await ask("GET", (await metadata()).userinfo_endpoint, headers=headers)
    if not answer.accepted:
        log.warning("oidc_userinfo_not_told", status=answer.status)
        return None
    return answer.body
