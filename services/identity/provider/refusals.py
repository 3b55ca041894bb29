"""The two ways a conversation with the provider ends badly; the log has the reason, the person a plain sentence."""

from __future__ import annotations

from typing import Any

import structlog

from services.errors import Unauthenticated, Unavailable

log = structlog.get_logger()


def refused(event: str, problem: str, **fields: Any) -> Unauthenticated:
    """Something the provider, or somebody in its name, sent doesn't check out."""
    log.warning(event, problem=problem, **fields)
    return Unauthenticated("We couldn't verify this sign-in. Please sign in again.", code="sign_in_refused")


def unreachable(problem: str, **fields: Any) -> Unavailable:
    """The provider is down, slow, or answers what nobody can use."""
    log.warning("oidc_provider_unreachable", problem=problem, **fields)
    return Unavailable(
        "Signing in is not possible at the moment. You can go on shopping as a guest, and try again later.",
        code="sign_in_unavailable",
    )
