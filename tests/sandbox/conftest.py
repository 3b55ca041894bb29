"""The identity provider, running, and somebody who visits it."""

from collections.abc import Iterator

import pytest

from sandbox.process import running
from tests.sandbox.provider_visitor import FLAGS, Visitor


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running provider."""
    with running("identity_provider", tmp_path_factory.mktemp("identity_provider"), *FLAGS) as address:
        yield address


@pytest.fixture
def visitor(provider: str) -> Visitor:
    return Visitor(provider)
