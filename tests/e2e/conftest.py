"""A browser for each test, people to be, and the parts of the world around the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    StorageState,
    expect,
    sync_playwright,
)
from pytest_playwright import CreateContextCallback

from sandbox.identity_provider.accounts import ACCOUNTS, Account
from tests.conftest import with_database
from tests.e2e.browser import launch_options, lend_ffmpeg
from tests.e2e.complaints import Complaints
from tests.e2e.pages.mailbox import Mailbox
from tests.e2e.pages.shop import HomePage
from tests.e2e.pages.sign_in import SignInPage
from tests.e2e.world import Gateway, Holds, Warehouse

PATIENCE_MS = 20_000
"""How long to wait for what must come; long, because a loaded machine is no failure."""
expect.set_options(timeout=PATIENCE_MS)

PEOPLE = {account.username: account for account in ACCOUNTS}
"""The demo accounts by user name."""


@pytest.fixture(scope="package")
def playwright(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playwright]:
    """Playwright keeps an event loop running: it ends with this package, before tests that start their own."""
    lend_ffmpeg(tmp_path_factory.mktemp("playwright"))
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    options = {**launch_options(playwright.chromium), **browser_type_launch_args}
    running = playwright.chromium.launch(**options)
    yield running
    running.close()


@pytest.fixture(scope="package")
def base_url() -> str:
    """Where the store is."""
    return os.environ["PUBLIC_URL"]


@pytest.fixture(scope="package")
def browser_context_args(
    base_url: str, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    records = pytestconfig.getoption("--video") != "off"
    return {
        "record_video_dir": tmp_path_factory.mktemp("videos") if records else None,
        "record_video_size": {"width": 720, "height": 450},
        "base_url": base_url,
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "color_scheme": "light",
        "reduced_motion": "reduce",
    }


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """What browsers wrote into their consoles. An error there fails the test, like a wrong page."""
    heard = Complaints()
    yield heard
    heard.expect_none()


@pytest.fixture
def new_context(
    new_context: CreateContextCallback,
    complaints: Complaints,
    request: pytest.FixtureRequest,
    output_path: str,
) -> Iterator[Callable[..., BrowserContext]]:
    """One more browser, as if on another device; keywords are Playwright's."""
    contexts: list[BrowserContext] = []
    films = request.config.getoption("--video") != "off"

    def open_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        context.tracing.start(title=request.node.name, screenshots=films, snapshots=True)
        complaints.listen_to(context)
        contexts.append(context)
        context.on("close", lambda closed: contexts.remove(closed))
        return context

    yield open_context
    outcome = getattr(request.node, "rep_call", None)
    if outcome is None or outcome.failed or complaints.unexpected:
        for number, context in enumerate(list(contexts), start=1):
            context.tracing.stop(path=Path(output_path) / f"trace-{number}.zip")


@pytest.fixture(scope="package")
def _sessions() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def session_of(
    new_context: Callable[..., BrowserContext], _sessions: dict[str, StorageState]
) -> Callable[[str], StorageState]:
    """The cookies of a demo account that is signed in, which happens once for all tests of a worker."""

    def sign_in(username: str) -> StorageState:
        if username not in _sessions:
            _sessions[username] = _sign_in(new_context(), PEOPLE[username])
        return _sessions[username]

    return sign_in


@pytest.fixture
def page_of(
    new_context: Callable[..., BrowserContext], session_of: Callable[[str], StorageState]
) -> Callable[..., Page]:
    """`page_of("maya")` is a browser in which that demo account is signed in. Keywords are Playwright's."""

    def open_page(username: str, **options: Any) -> Page:
        return new_context(storage_state=session_of(username), **options).new_page()

    return open_page


@pytest.fixture
def warehouse(
    playwright: Playwright, base_url: str, session_of: Callable[[str], StorageState]
) -> Iterator[Warehouse]:
    request = playwright.request.new_context(
        base_url=base_url, storage_state=session_of("tom"), extra_http_headers={"Origin": base_url}
    )
    database = with_database(os.environ["DATABASE_URL"], "larkspur_e2e")
    with psycopg.connect(database, autocommit=True) as turn:
        yield Warehouse(request, turn)
    request.dispose()


def _sign_in(context: BrowserContext, account: Account) -> StorageState:
    page = context.new_page()
    page.goto("/auth/login")
    SignInPage(page).arrived().sign_in(account.username, account.password)
    HomePage(page).arrived().expect_signed_in_as(account.name)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="package")
def mailbox(base_url: str) -> Mailbox:
    return Mailbox(os.environ["MAILBOX_URL"])


@pytest.fixture
def holds() -> Holds:
    return Holds(with_database(os.environ["DATABASE_URL"], "larkspur_e2e"))


@pytest.fixture(scope="package")
def gateway() -> Gateway:
    return Gateway(os.environ["PAYMENT_GATEWAY_URL"], os.environ["PAYMENT_GATEWAY_SECRET_KEY"])
