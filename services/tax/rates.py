"""What applies where something is delivered to, on a day."""

from __future__ import annotations

from datetime import date, datetime

from models.address import Destination
from models.ids import now
from models.pricing import NO_TAX, TaxRules
from models.taxes import TaxRegion, region_of
from services.tax import repository
from services.unit_of_work import UnitOfWork

KIND = "tax"


async def regions(uow: UnitOfWork, *, checked: bool = False) -> tuple[TaxRegion, ...]:
    """Every tax region with its rates; `checked`: as they are now, for something that is charged."""
    return await uow.resources.reference.get(uow.session, KIND, repository.regions, checked=checked)


async def rules(
    uow: UnitOfWork,
    destination: Destination | None,
    currency: str,
    *,
    at: datetime | None = None,
    checked: bool = False,
) -> TaxRules:
    """The taxes at a destination, those at home for one not known yet, on prices in `currency`; none where none are
    known."""
    place = destination or Destination(uow.settings.home_country, uow.settings.home_region)
    region = region_of(await regions(uow, checked=checked), place)
    return region.rules(today(uow, at)) if region else NO_TAX


def today(uow: UnitOfWork, at: datetime | None = None) -> date:
    """The day in the store's time zone."""
    return (at or now()).astimezone(uow.settings.time_zone).date()
