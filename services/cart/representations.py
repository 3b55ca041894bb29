"""A cart as the REST API tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from models.money import Money
from models.pricing import (
    AppliedPromotion,
    Breakdown,
    Discount,
    RefusalKind,
    RefusedPromotion,
    TaxLine,
)
from services.cart.views import CartLine, CartView


class DiscountOut(BaseModel):
    promotion_id: UUID
    name: str
    code: str
    amount: Money


class ItemOut(BaseModel):
    """`total` is before `discount`. `problem` is empty when the line can be bought, else unavailable, out_of_stock,
    short or price_changed: then `unit_price` is above `seen_price`, at which it was put into the cart."""

    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Money
    seen_price: Money
    total: Money
    discount: Money
    discounts: list[DiscountOut]
    available: int
    problem: str
    ships_in_days: int = Field(description="0 unless units of the line have to be made first.")


class CouponOut(BaseModel):
    """`reason` says why a code saves nothing now."""

    code: str
    name: str
    applied: bool
    reason: str


class AppliedOut(BaseModel):
    id: UUID
    name: str
    code: str
    amount: Money


class RefusedOut(BaseModel):
    id: UUID
    name: str
    code: str
    kind: RefusalKind
    reason: str


class PromotionsOut(BaseModel):
    """What the cart gets, what it would but for something, and the offer that is nearly reached."""

    applied: list[AppliedOut]
    refused: list[RefusedOut]
    hint: str


class CartOut(BaseModel):
    id: UUID
    currency: str
    items: list[ItemOut]
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    tax_included: bool
    taxes: list[TaxLine]
    total: Money
    coupons: list[CouponOut]
    promotions: PromotionsOut
    version: int


def cart(view: CartView) -> dict[str, Any]:
    """The body of a CartOut."""
    totals = view.totals
    return {
        "id": view.id,
        "currency": view.currency,
        "items": [_item(line) | discounts(view, line) for line in view.lines],
        "subtotal": totals.subtotal,
        "discount": totals.discount,
        "shipping": totals.shipping,
        "tax": totals.tax,
        "tax_included": totals.tax_included,
        "taxes": totals.taxes,
        "total": totals.total,
        "coupons": coupons(view),
        "promotions": promotions(totals),
        "version": view.version,
    }


def _item(line: CartLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "title": line.title,
        "options": line.variant.options if line.variant else {},
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "seen_price": line.seen_price,
        "total": line.total,
        "available": line.available,
        "problem": line.problem.value,
        "ships_in_days": line.ships_in_days,
    }


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
