"""Which currencies there are to choose from, and the prices in one."""

from __future__ import annotations

from collections.abc import Collection

from models.identity import Identity
from models.prices import Prices
from services.errors import Conflict, Invalid
from services.price_list import repository
from services.unit_of_work import UnitOfWork

Skus = Collection[str] | None
"""The SKUs whose prices by hand are needed: fewer rows. None means all, () none of them."""


def home(uow: UnitOfWork) -> Prices:
    """The store's own currency, in which the catalogue is kept."""
    return Prices.of_home(uow.settings.currency)


async def currencies(uow: UnitOfWork) -> tuple[str, ...]:
    """What one can pay in, the store's own first."""
    others = await repository.enabled(uow.session)
    return (uow.settings.currency, *(each for each in others if each != uow.settings.currency))


async def prices(uow: UnitOfWork, currency: str, skus: Skus = None) -> Prices:
    """The prices in a currency, also in one that is offered no more, as a cart may be in it. Empty means the store's.

    Raises Conflict for a currency that never had a price list.
    """
    if currency in ("", uow.settings.currency):
        return home(uow)
    found, by_hand = await repository.with_prices(uow.session, currency, skus)
    if found is None:
        raise Conflict(
            f"There are no prices in {currency}. Choose another currency.", code="currency_not_offered"
        )
    return Prices(found.conversion(uow.settings.currency), by_hand)


async def offered(uow: UnitOfWork, currency: str, skus: Skus = None) -> Prices:
    """As `prices`. Raises Invalid for a currency that nobody can choose."""
    if currency in ("", uow.settings.currency):
        return home(uow)
    found, by_hand = await repository.with_prices(uow.session, currency, skus)
    if found is None or not found.enabled:
        choices = ", ".join(await currencies(uow))
        raise Invalid(f"We sell in {choices}. Choose one of them.", {"currency": f"one of {choices}"})
    return Prices(found.conversion(uow.settings.currency), by_hand)


async def chosen(uow: UnitOfWork, identity: Identity, skus: Skus = None) -> Prices:
    """The prices in the currency that somebody chose, while it is offered; else the store's own. No query for those."""
    if identity.currency in ("", uow.settings.currency):
        return home(uow)
    found, by_hand = await repository.with_prices(uow.session, identity.currency, skus)
    if found is None or not found.enabled:
        return home(uow)
    return Prices(found.conversion(uow.settings.currency), by_hand)


async def require_offered(uow: UnitOfWork, currency: str) -> None:
    """Raises Conflict when a cart in this currency can't be bought any more."""
    if currency == uow.settings.currency:
        return
    found = await repository.find(uow.session, currency)
    if found is None or not found.enabled:
        raise Conflict(
            f"We don't sell in {currency} any more. Choose another currency, then look at the prices again.",
            code="currency_not_offered",
        )
