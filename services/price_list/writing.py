"""What staff do to price lists: rates, rounding, prices by hand. Open carts follow at once; orders never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from models.audit import AuditAction
from models.currency import CURRENCIES
from models.identity import STORE, Identity
from models.money import Money
from models.price_list import MAX_AMOUNT, MAX_RATE, MAX_STEP, ListedPrice, PriceList
from models.prices import RATE_UNIT, PriceByHand
from services.audit import service as audit
from services.catalog import service as catalog
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.live import topics
from services.price_list import repository
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PriceListDraft:
    """What staff decide about a currency; see PriceList for the units."""

    rate: int
    step: int = 1
    ending: int = 0
    enabled: bool = False

    def problems(self) -> Iterator[tuple[str, str]]:
        """What is wrong with which field."""
        if not 1 <= self.rate <= MAX_RATE:
            yield "rate", f"Use a rate from 0.000001 to {MAX_RATE // RATE_UNIT:,}."
        if not 1 <= self.step <= MAX_STEP:
            yield "step", f"Use 1 to {MAX_STEP:,} minor units."
        elif not 0 <= self.ending < self.step:
            yield "ending", "The ending has to be below the step."


async def create(uow: UnitOfWork, currency: str, draft: PriceListDraft, *, by: Identity) -> PriceList:
    """Raises Invalid (not a currency to sell in; fields of the draft), Conflict when there is one."""
    if currency == uow.settings.currency:
        raise Invalid(
            f"{currency} is the store's own currency: its prices are those of the products.",
            {"currency": "another currency"},
        )
    if currency not in CURRENCIES:
        raise Invalid("Choose a currency from the list.", {"currency": f"one of {', '.join(CURRENCIES)}"})
    _require_usable(draft)
    created = PriceList(currency=currency, **asdict(draft))
    if not await repository.add(uow.session, created):
        raise Conflict(
            f"There is a price list in {currency} already. Change that one.", code="currency_taken"
        )
    if by != STORE:
        audit.record(uow, AuditAction.PRICE_LIST_CREATED, by, currency, currency, after=_facts(created))
    return created


async def change(
    uow: UnitOfWork, currency: str, draft: PriceListDraft, *, expected_version: int | None, by: Identity
) -> PriceList:
    """Raises NotFound, PreconditionFailed (somebody else changed it), Invalid naming the fields."""
    found = await _locked(uow, currency, expected_version)
    _require_usable(draft)
    before = _facts(found)
    for name, value in asdict(draft).items():
        setattr(found, name, value)
    if _facts(found) != before:
        repository.touch(found)
        audit.record(
            uow, AuditAction.PRICE_LIST_CHANGED, by, currency, currency, before=before, after=_facts(found)
        )
    return found


async def set_price(
    uow: UnitOfWork, currency: str, sku: str, price: PriceByHand, *, by: Identity
) -> ListedPrice:
    """Write down the price of a SKU in a currency. Raises NotFound (no such list or SKU), Invalid."""
    found = await _locked(uow, currency, None)
    product = await _product_of(uow, sku)
    _require_sensible(price, currency)
    written = ListedPrice(
        currency=currency, sku=sku, price_amount=price.price, compare_at_amount=price.compare_at
    )
    _, known = await repository.with_prices(uow.session, currency, [sku])
    await repository.set_price(uow.session, written)
    repository.touch(found)
    _record(uow, AuditAction.PRICE_SET, by, currency, sku, known.get(sku), price)
    uow.announce(topics.catalog(product))
    return written


async def remove_price(uow: UnitOfWork, currency: str, sku: str, *, by: Identity) -> None:
    """Back to the converted price; doing it twice changes nothing. Raises NotFound without such a list."""
    found = await _locked(uow, currency, None)
    _, known = await repository.with_prices(uow.session, currency, [sku])
    if sku not in known:
        return
    await repository.remove_price(uow.session, currency, sku)
    repository.touch(found)
    _record(uow, AuditAction.PRICE_REMOVED, by, currency, sku, known[sku], None)
    goods = await catalog.variants_by_sku(uow, [sku])
    uow.announce(*(topics.catalog(product.slug) for product, _ in goods.values()))


async def get(uow: UnitOfWork, currency: str) -> PriceList:
    """Raises NotFound."""
    found = await repository.find(uow.session, currency)
    if found is None:
        raise _unknown(currency)
    return found


async def _locked(uow: UnitOfWork, currency: str, expected_version: int | None) -> PriceList:
    found = await repository.find(uow.session, currency, lock=True)
    if found is None:
        raise _unknown(currency)
    if expected_version is not None and found.version != expected_version:
        raise PreconditionFailed(
            "Somebody changed this price list meanwhile. Load it again and repeat your change."
        )
    return found


async def _product_of(uow: UnitOfWork, sku: str) -> str:
    """The slug of the product that has a SKU. Raises NotFound."""
    goods = await catalog.variants_by_sku(uow, [sku])
    if sku not in goods:
        raise NotFound(f"No product has the SKU {sku}. Create the product first.")
    return goods[sku][0].slug


def _require_usable(draft: PriceListDraft) -> None:
    problems = dict(draft.problems())
    if problems:
        raise Invalid("Please check the price list.", problems)


def _require_sensible(price: PriceByHand, currency: str) -> None:
    problems = {}
    usable = Money(price.price, currency).chargeable()
    if not 1 <= price.price <= MAX_AMOUNT:
        problems["price"] = f"Use 1 to {MAX_AMOUNT:,} minor units."
    elif price.price != usable.amount:
        problems["price"] = f"A card can't be charged this. Use {usable.format()}."
    if price.compare_at is not None and not price.price < price.compare_at <= MAX_AMOUNT:
        problems["compare_at_price"] = "The price before has to be above the price, or left out."
    if problems:
        raise Invalid("Please check the price.", problems)


def _record(
    uow: UnitOfWork,
    action: AuditAction,
    by: Identity,
    currency: str,
    sku: str,
    before: PriceByHand | None,
    after: PriceByHand | None,
) -> None:
    if before != after and by != STORE:
        audit.record(
            uow,
            action,
            by,
            currency,
            f"{sku} in {currency}",
            before=_price_facts(currency, before),
            after=_price_facts(currency, after),
        )


def _price_facts(currency: str, price: PriceByHand | None) -> dict[str, Any]:
    if price is None:
        return {}
    told = {"price": Money(price.price, currency)}
    return told | ({"compare_at_price": Money(price.compare_at, currency)} if price.compare_at else {})


def _facts(found: PriceList) -> dict[str, Any]:
    return {
        "enabled": found.enabled,
        "rate": f"{Decimal(found.rate) / RATE_UNIT:f}",
        "step": Money(found.step, found.currency),
        "ending": Money(found.ending, found.currency),
    }


def _unknown(currency: str) -> NotFound:
    return NotFound(f"There is no price list in {currency[:3]}.")
