"""From the form of a promotion to the draft that is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from models.pricing.tax import BASIS_POINTS
from models.promotion import PromotionDraft
from services.errors import Invalid
from store_app.admin.states.prices import BadPrice, parse_price
from store_app.admin.view_models.promotions import PromotionForm
from store_app.states.parsing import short_text

PLEASE = "Please look at the marked fields. Nothing is saved yet."
TEXTS = (
    *(
        "name",
        "description",
        "code",
        "kind",
        "percent",
        "amount",
        "up_to",
        "buys",
        "gets",
        "get_percent",
        "basis",
    ),
    *("minimum_spend", "starts_at", "ends_at", "total_limit", "per_customer_limit", "priority"),
)
LONG_TEXTS = ("products", "skus")
SWITCHES = ("first_order_only", "exclusive", "active")
_MESSAGES = {
    "name": "Give it a name of up to 80 characters.",
    "description": "At most 200 characters.",
    "code": "Three to 32 letters, digits and hyphens.",
    "products": "One product’s address a line, as harbour-mug.",
    "skus": "One SKU a line.",
    "priority": "A whole number from 0 to 1000.",
    "total_limit": "A whole number above zero, or nothing.",
    "per_customer_limit": "A whole number from 1 to 1000, or nothing.",
}
_FIELD_OF = {"it must end after it begins": "ends_at", "each tier must begin higher": "threshold_0"}


def typed(form: PromotionForm, fields: Mapping[str, Any]) -> PromotionForm:
    """The form with what these fields of the page hold."""
    texts: dict[str, Any] = {name: short_text(fields[name]) for name in TEXTS if name in fields}
    texts |= {name: short_text(fields[name], 20_000, lines=True) for name in LONG_TEXTS if name in fields}
    for name, prefix in (("thresholds", "threshold_"), ("percents", "percent_")):
        known = getattr(form, name)
        texts[name] = tuple(
            short_text(fields.get(f"{prefix}{place}", known[place]), 20) for place in range(len(known))
        )
    return replace(form, **texts)


def draft_of(form: PromotionForm, home: str) -> PromotionDraft:
    """Amounts are in the currency that the stored promotion has, else in `home`, the store's own.

    Raises Invalid, naming every field that can't be used.
    """
    reader = _Reader(form.currency or home)
    values = {
        "name": form.name,
        "description": form.description,
        "code": form.code,
        "effect": _effect(form, reader),
        "categories": list(form.categories),
        "products": form.products.split(),
        "skus": form.skus.upper().split(),
        "minimum_spend": reader.price("minimum_spend", form.minimum_spend),
        "starts_at": reader.moment("starts_at", form.starts_at, form.began_at),
        "ends_at": reader.moment("ends_at", form.ends_at, form.ended_at),
        "total_limit": reader.number("total_limit", form.total_limit),
        "per_customer_limit": reader.number("per_customer_limit", form.per_customer_limit),
        "priority": reader.number("priority", form.priority) if form.priority else 100,
        **{name: getattr(form, name) for name in SWITCHES},
    }
    values["currency"] = form.currency or (home if reader.told_amounts else "")
    try:
        draft = PromotionDraft.model_validate(values)
    except ValidationError as error:
        raise Invalid(PLEASE, _told(error) | reader.errors) from error
    if reader.errors:
        raise Invalid(PLEASE, reader.errors)
    return draft


def _effect(form: PromotionForm, reader: _Reader) -> dict[str, Any]:
    match form.kind:
        case "percentage_off":
            return {"kind": form.kind, "basis_points": reader.percent("percent", form.percent)}
        case "amount_off":
            amount = reader.price("amount", form.amount)
            if not form.amount:
                reader.errors["amount"] = "How much does it take off?"
            return {"kind": form.kind, "amount": amount or 1}
        case "free_delivery":
            return {"kind": form.kind, "up_to": reader.price("up_to", form.up_to)}
        case "buy_x_get_y":
            return {
                "kind": form.kind,
                "buy": reader.number("buys", form.buys, most=99) or 1,
                "get": reader.number("gets", form.gets, most=99) or 1,
                "basis_points": reader.percent("get_percent", form.get_percent),
            }
    return {"kind": "tiered_off", "basis": _basis(form), "tiers": _tiers(form, reader)}


def _basis(form: PromotionForm) -> str:
    return "spend" if form.basis == "spend" else "quantity"


def _tiers(form: PromotionForm, reader: _Reader) -> list[dict[str, int]]:
    tiers = []
    read: Callable[[str, str], int | None] = reader.price if _basis(form) == "spend" else reader.number
    for place, (threshold, share) in enumerate(zip(form.thresholds, form.percents, strict=True)):
        if threshold or share:
            tiers.append(
                {
                    "threshold": read(f"threshold_{place}", threshold) or 1,
                    "basis_points": reader.percent(f"percent_{place}", share),
                }
            )
    if not tiers:
        reader.errors["threshold_0"] = "From how many on?"
    return tiers or [{"threshold": 1, "basis_points": 1}]


def _told(error: ValidationError) -> dict[str, str]:
    told = {}
    for problem in error.errors(include_url=False, include_context=False):
        field = str(problem["loc"][0]) if problem["loc"] else ""
        words = problem["msg"].removeprefix("Value error, ")
        field = field or next((name for start, name in _FIELD_OF.items() if words.startswith(start)), "form")
        told[field] = _MESSAGES.get(field, f"{words[0].upper()}{words[1:]}.")
    return told


class _Reader:
    """Reads fields, and remembers what was wrong with which."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.errors: dict[str, str] = {}
        self.told_amounts = False

    def price(self, field: str, text: str) -> int:
        """Minor units; 0 for nothing."""
        if not text:
            return 0
        self.told_amounts = True
        try:
            return parse_price(text, self.currency).amount
        except BadPrice as bad:
            self.errors[field] = str(bad)
        return 0

    def percent(self, field: str, text: str) -> int:
        """Basis points."""
        try:
            points = Decimal(text.removesuffix("%").strip().replace(",", ".")) * 100
        except InvalidOperation:
            points = Decimal(0)
        if not points.is_finite() or points != points.to_integral_value() or not 1 <= points <= BASIS_POINTS:
            self.errors[field] = "A percentage up to 100, as 12.5."
            return 1
        return int(points)

    def number(self, field: str, text: str, most: int = 1_000_000) -> int | None:
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,7}", text) or int(text) > most:
            self.errors[field] = _MESSAGES.get(field, f"A whole number up to {most}.")
            return None
        return int(text)

    def moment(self, field: str, text: str, stored: str) -> datetime | None:
        """A minute that was left as it is keeps its seconds."""
        if not text:
            return None
        try:
            return datetime.fromisoformat(stored if stored.startswith(text) else text).replace(tzinfo=UTC)
        except ValueError:
            self.errors[field] = "Choose a day and a time."
            return None
