"""What proves who somebody is never reaches the logs."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from services.settings import settings
from tests.integration.test_sign_in import PASSWORD, Browser, visitor
from tests.logged import logged

__all__ = ["visitor"]


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
