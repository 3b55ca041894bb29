"""The demo shop's promotions: one of each kind."""

from __future__ import annotations

from models.identity import STORE
from models.pricing.effects import BuyXGetY, FreeDelivery, PercentageOff, Tier, TierBasis, TieredOff
from models.promotion import PromotionDraft
from services.audit.reading import list_entries
from services.audit.repository import AuditFilter
from services.errors import Conflict, Invalid
from services.promotion import service as promotions
from services.unit_of_work import unit_of_work

PROMOTIONS = (
    PromotionDraft(
        name="Welcome",
        description="Ten per cent off your first order.",
        code="WELCOME10",
        effect=PercentageOff(1000),
        first_order_only=True,
        priority=90,
    ),
    PromotionDraft(
        name="3 for 2 on seeds and bulbs",
        description="Of every three packets the cheapest is free.",
        effect=BuyXGetY(2, 1),
        categories=["seeds-bulbs"],
        priority=10,
    ),
    PromotionDraft(
        name="Set the table",
        description="Four pieces of tableware 10% off, eight pieces 15%.",
        effect=TieredOff(TierBasis.QUANTITY, (Tier(4, 1000), Tier(8, 1500))),
        categories=["tableware"],
        priority=20,
    ),
    PromotionDraft(
        name="Delivery on us",
        description="Free delivery worth up to £8.50, from £20 spent.",
        code="ONTHEHOUSE",
        effect=FreeDelivery(up_to=850),
        currency="GBP",
        minimum_spend=2000,
        total_limit=500,
        per_customer_limit=3,
    ),
    PromotionDraft(
        name="Staff price",
        description="A quarter off everything, for those who work here.",
        code="STAFF25",
        effect=PercentageOff(2500),
        exclusive=True,
        per_customer_limit=5,
    ),
)


async def seed_promotions() -> None:
    """Write those that are not there; what staff made of the others stays.

    One whose code they have given to another, or whose goods they have deleted, is left out.
    """
    async with unit_of_work() as uow:
        known = await promotions.known_names(uow)
    for draft in PROMOTIONS:
        if draft.name in known:
            continue
        try:
            async with unit_of_work() as uow:
                await promotions.create_promotion(uow, draft, by=STORE)
        except (Conflict, Invalid) as refused:
            print(f"“{draft.name}” left out: {refused.detail}", flush=True)


async def seed_first_promotions() -> None:
    """As seed_promotions, for a store that never had any: the audit log knows of those that staff deleted."""
    async with unit_of_work() as uow:
        had_some = (
            await promotions.known_names(uow)
            or (await list_entries(uow, AuditFilter(action="promotion"), limit=1)).total
        )
    if not had_some:
        await seed_promotions()
