"""What proves who somebody is never reaches the logs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import structlog

from services.logs import configure_logs
from services.settings import settings
from tests.integration.test_sign_in import PASSWORD, Browser, visitor

__all__ = ["visitor"]


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """All that the store would write to standard output meanwhile."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs(settings())
    sink = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(sink)
    try:
        yield sink
    finally:
        root.handlers = handlers
        root.setLevel(level)
        structlog.reset_defaults()


async def test_a_sign_in_and_its_end_leave_no_secret_in_the_logs(visitor: Browser) -> None:
    with logged() as log:
        page = await visitor.provider.get(await visitor.leave_for_provider())
        callback = await visitor.submit(page, login="shopper", password=PASSWORD)
        await visitor.store.get(callback.copy_merge_params({"state": "made-up"}))
        visitor.provider.cookies.clear()
        page = await visitor.provider.get(await visitor.leave_for_provider())
        callback = await visitor.submit(page, login="shopper", password=PASSWORD)
        await visitor.store.get(callback)
        session = visitor.cookie("larkspur_session")
        await visitor.store.get("/api/v1/me", headers={"authorization": "Bearer abc.def.ghi-jkl"})
        out = await visitor.store.post("/auth/logout", headers={"origin": settings().public_url})
    hint = parse_qs(urlsplit(out.headers["location"]).query)["id_token_hint"][0]
    text = log.getvalue()
    assert "signed_in" in text
    for secret in (
        session,
        visitor.cookie("larkspur_visitor"),
        callback.params["code"],
        callback.params["state"],
        hint,
        "abc.def.ghi-jkl",
        settings().oidc_client_secret.get_secret_value(),
        "shopper@larkspur.example",
    ):
        assert secret
        assert secret not in text
