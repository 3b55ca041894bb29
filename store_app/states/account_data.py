"""My account: taking one's data along, and leaving."""

from __future__ import annotations

from typing import Any

import reflex as rx
import structlog

from models.identity import Identity
from services.account import service as accounts
from services.errors import Conflict
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.focus import focus
from store_app.states.parsing import short_text
from store_app.states.session import forget_look_up, identity_of
from store_app.view_models.account import OpenOrder, of_obstacle

log = structlog.get_logger()

WORD = "delete"
"""What has to be typed before an account is deleted."""


class AccountDataState(rx.State):
    """`obstacles` are orders that keep the account from being deleted; `problem` is why the last try failed."""

    obstacles: list[OpenOrder] = []
    loaded: bool = False
    word_error: str = ""
    problem: str = ""
    deleted: bool = False
    account_url: str = ""

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            obstacles = await _obstacles(uow, await identity_of(uow, self))
        self.obstacles, self.account_url = obstacles, uow.settings.oidc_account_url
        self.word_error = self.problem = ""
        self.loaded = True

    @rx.event
    async def delete(self, form: dict[str, Any]) -> Any:
        """Delete the account once the word was typed. The page then leaves, as a page load of its own; what is pressed
        meanwhile does nothing."""
        if self.deleted:
            return None
        if short_text(form.get("word"), 20).strip("“”\"'").casefold() != WORD:
            self.word_error = f"Type “{WORD}” to go on, or keep your account."
            return await focus(self, "word")
        try:
            async with unit_of_work() as uow:
                await accounts.delete_account(uow, await identity_of(uow, self))
        except Conflict as conflict:
            log.info("account_not_deleted", code=conflict.code)
            async with unit_of_work() as uow:
                self.obstacles = await _obstacles(uow, await identity_of(uow, self))
            self.problem, self.word_error = conflict.detail, ""
            return None
        forget_look_up()
        self.deleted = True
        return None

    @rx.event
    def forget(self) -> None:
        """The question was closed without an answer."""
        self.word_error = self.problem = ""


async def _obstacles(uow: UnitOfWork, identity: Identity) -> list[OpenOrder]:
    found = await accounts.deletion_obstacles(uow, identity) if identity.signed_in else []
    return [of_obstacle(order) for order in found]
