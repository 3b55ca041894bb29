"""What the visitor pays in. Chosen by a full-page request, as a socket keeps the cookies it was opened with."""

from __future__ import annotations

import time

import reflex as rx

from models.currency import name, symbol
from models.prices import Prices
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork
from store_app.states.session import identity_of
from store_app.view_models.currency import CurrencyChoice

CHOICES_LAST = 300
"""Seconds after which the currencies to choose from are read again."""


class CurrencyState(rx.State):
    """`code` is empty until it is known."""

    code: str = ""
    choices: list[CurrencyChoice] = []
    _read: float = 0


async def prices_of(uow: UnitOfWork, state: rx.State) -> Prices:
    """All prices in the currency of whoever sent this event."""
    return await price_lists.chosen(uow, await identity_of(uow, state))


async def show_currency(uow: UnitOfWork, state: rx.State, code: str) -> None:
    """From within a handler of another state: let the page say what one pays in."""
    shown = await state.get_state(CurrencyState)
    if shown.code != code or time.time() - shown._read > CHOICES_LAST:
        shown.choices = [
            CurrencyChoice(each, name(each), symbol(each), each == code)
            for each in await price_lists.currencies(uow)
        ]
        shown._read = time.time()
    shown.code = code
