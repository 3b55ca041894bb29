"""What staff typed about a price list, read without a float on the way."""

from __future__ import annotations

import re
from decimal import Decimal

from models.price_list import MAX_AMOUNT
from models.prices import RATE_UNIT, PriceByHand
from services.errors import Invalid
from services.price_list.service import PriceListDraft
from store_app.admin.states.prices import BadPrice, parse_price
from store_app.admin.view_models.price_lists import PriceListForm

_RATE = re.compile(r"[0-9]{1,7}(\.[0-9]{1,6})?")
_NOTHING = re.compile(r"0*\.?0*")


def draft_of(form: PriceListForm, currency: str) -> PriceListDraft:
    """Raises Invalid naming the fields that can't be read."""
    problems: dict[str, str] = {}
    rate, step, ending = 0, 0, 0
    if _RATE.fullmatch(form.rate):
        rate = int(Decimal(form.rate) * RATE_UNIT)
    else:
        problems["rate"] = "Write a number like 1.17, with at most six decimal places."
    try:
        step = parse_price(form.step, currency).amount
    except BadPrice as problem:
        problems["step"] = str(problem)
    try:
        ending = 0 if _NOTHING.fullmatch(form.ending) else parse_price(form.ending, currency).amount
    except BadPrice as problem:
        problems["ending"] = str(problem)
    if problems:
        raise Invalid("Please check the price list.", problems)
    return PriceListDraft(rate, step, ending, form.enabled)


def price_of(price: str, before: str, currency: str) -> PriceByHand:
    """Raises Invalid for what is no price of the currency."""
    try:
        amount = parse_price(price, currency, most=MAX_AMOUNT).amount
        compare_at = parse_price(before, currency, most=MAX_AMOUNT).amount if before else None
    except BadPrice as problem:
        raise Invalid(str(problem), {"price": str(problem)}) from None
    return PriceByHand(amount, compare_at)
