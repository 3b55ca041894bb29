"""The store, turned to the hostile provider for the time of a test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, MutableMapping
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr
from structlog.testing import capture_logs

from services import bootstrap
from services.bootstrap import Resources
from services.identity.provider import discovery, fetching, introspection, keys
from services.settings import settings
from tests.hostile_provider.browser import Browser
from tests.hostile_provider.provider import CLIENT, SECRET, HostileProvider

PATIENCE_SECONDS = 30
"""In place of the store's own deadline: a loaded machine is no failure. What is about the deadline sets its own."""
Log = list[MutableMapping[str, Any]]


@pytest.fixture
def log() -> Iterator[Log]:
    with capture_logs() as entries:
        yield entries


@pytest_asyncio.fixture
async def provider(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HostileProvider]:
    """A test's own. All the tests together sign in more often in a minute than one client may."""
    monkeypatch.setattr(settings(), "rate_limit_sign_in", 1_000_000)
    for kept in (discovery._document, keys._keys_of):
        kept.cache_clear()  # of an earlier one on the same port
    introspection._answers.clear()
    provider = HostileProvider()
    await provider.open()
    turn_to(provider, resources, monkeypatch)
    yield provider
    await provider.close()


@pytest_asyncio.fixture
async def visitor(provider: HostileProvider) -> AsyncIterator[Browser]:
    visitor = Browser()
    yield visitor
    await visitor.close()


def turn_to(
    provider: HostileProvider, resources: Resources, monkeypatch: pytest.MonkeyPatch, **more: Any
) -> None:
    configuration = resources.settings.model_copy(
        update={
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SecretStr(SECRET),
            "oidc_registration_url": "",
        }
    )
    monkeypatch.setattr(bootstrap, "_current", replace(resources, settings=configuration, **more))
    monkeypatch.setattr(fetching, "DEADLINE_SECONDS", PATIENCE_SECONDS)


def expect_written_down(log: Log, provider: HostileProvider) -> None:
    """Somebody who runs the store can see what happened, and nothing that they shouldn't."""
    told = [entry for entry in log if entry["log_level"] in ("warning", "error")]
    assert any(str(entry["event"]).startswith(("oidc_", "sign_in_", "sign_out_")) for entry in told)
    assert not [secret for secret in provider.given if secret in str(log)]
