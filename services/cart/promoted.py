"""The promotions of a cart as the REST API tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.pricing import AppliedPromotion, Breakdown, Discount, RefusedPromotion
from services.cart.views import CartLine, CartView


def coupons(view: CartView) -> list[dict[str, Any]]:
    """The codes on the cart; with `reason` those that save nothing now."""
    applied = {each.code: each for each in view.totals.applied}
    reasons = {each.code: each.reason for each in view.totals.refused}
    return [
        {
            "code": code,
            "name": applied[code].name if code in applied else "",
            "applied": code in applied,
            "reason": reasons.get(code, ""),
        }
        for code in view.codes
    ]


def promotions(totals: Breakdown, *, all_refused: bool = False) -> dict[str, Any]:
    """What a cart gets, and what it would but for something; `hint` is the offer that is nearly reached."""
    refused = [each for each in totals.refused if all_refused or each.concerns_shopper]
    return {
        "applied": [_applied(each) for each in totals.applied],
        "refused": [_refused(each) for each in refused],
        "hint": totals.hint,
    }


def discounts(view: CartView, line: CartLine) -> dict[str, Any]:
    """What a line gets off, by promotion; a line that can't be sold gets nothing."""
    priced = view.priced_line(line.sku)
    found = priced.discounts if priced else ()
    return {"discount": line.total - priced.goods if priced else line.total * 0, "discounts": named(found)}


def named(found: Iterable[Discount]) -> list[dict[str, Any]]:
    return [
        {"promotion_id": each.promotion_id, "name": each.name, "code": each.code, "amount": each.amount}
        for each in found
    ]


def _applied(each: AppliedPromotion) -> dict[str, Any]:
    return {"id": each.promotion_id, "name": each.name, "code": each.code, "amount": each.amount}


def _refused(each: RefusedPromotion) -> dict[str, Any]:
    return {
        "id": each.promotion_id,
        "name": each.name,
        "code": each.code,
        "kind": each.refusal.kind.value,
        "reason": each.reason,
    }
