"""Codes: entering one and taking it off, on the cart page and in the checkout."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.promotion import MAX_CODE, normal_code
from services.cart import service as carts
from services.cart.service import CartView
from services.errors import Conflict, Invalid, TooManyRequests
from services.unit_of_work import unit_of_work
from store_app.states.cart import show_cart
from store_app.states.focus import focus
from store_app.states.parsing import short_text
from store_app.states.session import identity_of
from store_app.states.toasts import toast

PLACES = ("cart", "aside", "fold")
"""Where there is a field for codes: its id is `<place>-code`."""


class CouponState(rx.State):
    """`error` is why the last code was refused, `entered` counts those that weren't."""

    error: str = ""
    entered: int = 0

    @rx.event
    async def enter(self, form: dict[str, Any]) -> Any:
        """Put the code of the form on the cart. A refused one stays in the field, with the reason below it."""
        typed = short_text(form.get("code"), MAX_CODE * 2)
        try:
            async with unit_of_work() as uow:
                identity = await identity_of(uow, self)
                view = await carts.enter_code(uow, carts.owner_of(identity), typed, address=identity.address)
        except (Invalid, TooManyRequests, Conflict) as refused:
            self.error = refused.detail
            place = form.get("place")
            return await focus(self, f"{place}-code") if place in PLACES else None
        self.error = ""
        self.entered += 1
        await show_cart(self, view)
        await toast(self, _told(view, normal_code(typed)))
        return None

    @rx.event
    async def remove(self, code: str) -> None:
        """Take a code off the cart."""
        typed = short_text(code, MAX_CODE * 2)
        async with unit_of_work() as uow:
            view = await carts.take_off_code(uow, carts.owner_of(await identity_of(uow, self)), typed)
        self.error = ""
        await show_cart(self, view)


async def forget_refused_code(state: rx.State) -> None:
    """A page that is loaded has an empty field: no reason stands below it."""
    coupons: CouponState = await state.get_state(CouponState)
    if coupons.error:
        coupons.error = ""


def _told(view: CartView, code: str) -> str:
    """What the code does, or what it waits for."""
    got = next((each for each in view.totals.applied if each.code == code), None)
    if got is None:
        return next((each.reason for each in view.totals.refused if each.code == code), "")
    return (
        f"“{got.name}” takes {got.amount.format()} off."
        if got.amount
        else f"“{got.name}” applies at checkout."
    )
