"""How long the way back from the identity provider takes, and how many database queries.

`python -m tests.bench.callback`; needs no running store, starts servers of its own. Measured is /auth/callback as the
store answers it, without a network in front; known documents of the provider are warm. The yardstick, measured in the
same run, is a bare request for tokens to the same provider: no sign-in takes less than one.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from sandbox import store
from sandbox.identity_provider.accounts import ACCOUNTS, PASSWORD
from sandbox.probes import Ports
from sandbox.stack import Stack
from services.api import create_api
from services.bootstrap import open_resources
from services.identity import provider
from services.identity.service import callback_url
from services.settings import settings
from services.web import StoreMiddleware
from tests.bench.queries import Counter

ROUNDS = 20
VERIFIER = "v" * 64


class Person:
    """A browser whose person is signed in at the provider, so that each redirect comes back at once."""

    def __init__(self) -> None:
        transport = httpx.ASGITransport(StoreMiddleware(create_api()))
        self.store = httpx.AsyncClient(transport=transport, base_url=settings().public_url)
        self.provider = httpx.AsyncClient(follow_redirects=True)

    async def begin(self) -> None:
        page = await self.provider.get((await self.store.get("/auth/login")).headers["location"])
        token = re.search(r'name="form_token" value="(\w+)"', page.text)
        assert token, page.text
        form = {"form_token": token[1], "login": ACCOUNTS[0].username, "password": PASSWORD}
        await self.provider.post(page.url, data=form, follow_redirects=False)

    async def came_back(self, url: str) -> httpx.URL:
        answer = await self.provider.get(url, follow_redirects=False)
        assert answer.is_redirect, answer.text
        return httpx.URL(answer.headers["location"])

    async def close(self) -> None:
        await self.store.aclose()
        await self.provider.aclose()


async def time_of_callback(person: Person, counter: Counter) -> tuple[float, int]:
    """Milliseconds and queries of one return with a code."""
    callback = await person.came_back((await person.store.get("/auth/login")).headers["location"])
    counter.sql = 0
    started = time.perf_counter()
    answer = await person.store.get(callback)
    taken = (time.perf_counter() - started) * 1000
    assert answer.headers["location"] == "/", answer.headers
    return taken, counter.sql


async def time_of_tokens(person: Person) -> float:
    """Milliseconds of one request for tokens, by the same client over a connection that is open already."""
    url = await provider.authorization_url(
        redirect_uri=callback_url(), state="s", nonce="n", code_verifier=VERIFIER
    )
    code = (await person.came_back(url)).params["code"]
    started = time.perf_counter()
    await provider.exchange_code(code=code, redirect_uri=callback_url(), code_verifier=VERIFIER)
    return (time.perf_counter() - started) * 1000


async def measure() -> None:
    counter = Counter()
    counter.watch()
    async with open_resources():
        person = Person()
        await person.begin()
        callbacks, tokens = [], []
        for _ in range(ROUNDS + 3):
            callbacks.append(await time_of_callback(person, counter))
            tokens.append(await time_of_tokens(person))
        await person.close()
    taken = [milliseconds for milliseconds, _ in callbacks[3:]]
    for name, values in (("/auth/callback", taken), ("a bare request for tokens", tokens[3:])):
        print(f"{name:28} p50 {statistics.median(values):6.1f} ms   max {max(values):6.1f} ms")
    print(f"ratio of the medians         {statistics.median(taken) / statistics.median(tokens[3:]):.1f}")
    print(f"queries of a callback        {statistics.median(queries for _, queries in callbacks[3:]):.0f}")


@contextmanager
def world() -> Iterator[None]:
    """Servers of its own, with an empty shop."""
    with tempfile.TemporaryDirectory(prefix="larkspur-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with Stack(folder, ports=Ports.free(), durable=False) as stack:
            os.environ.update(stack.environment)
            store.migrate(stack.supervisor, stack.environment)
            yield


if __name__ == "__main__":
    with world():
        asyncio.run(measure())
