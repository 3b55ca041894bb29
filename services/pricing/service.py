"""Everything a price hangs on, brought together for the one pricing function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.address import Destination
from models.money import Money
from models.pricing import Breakdown, Delivery, PricedLine, price
from services.delivery import service as delivery
from services.promotion import service as promotions
from services.promotion.service import Buyer
from services.tax import service as taxes
from services.unit_of_work import UnitOfWork


async def quote(
    uow: UnitOfWork,
    lines: Sequence[PricedLine],
    currency: str,
    *,
    buyer: Buyer,
    codes: Sequence[str] = (),
    destination: Destination | None = None,
    method_code: str = "",
    moment: datetime | None = None,
) -> Breakdown:
    """What these lines come to for this buyer; with a method also delivered. Raises Invalid for one not on offer.

    `moment` decides which promotions hold; None is now.
    """
    chosen = None
    if destination and method_code:
        goods = Money.sum((line.total for line in lines), currency)
        weight = sum(line.weight_grams * line.quantity for line in lines)
        method = await delivery.method(uow, destination, method_code, currency, goods, weight)
        chosen = Delivery(method.code, method.name, method, method.tax_class)
    charged = chosen is not None
    return price(
        lines,
        currency,
        promotions=await promotions.candidates(uow, buyer, codes, moment=moment, checked=charged),
        delivery=chosen,
        tax=await taxes.rules(uow, destination, currency, checked=charged),
    )
