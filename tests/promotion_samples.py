"""Promotions for the tests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.identity import STORE
from models.pricing.effects import Effect, PercentageOff
from models.promotion import PromotionDraft
from services.promotion import service as promotions
from services.promotion.service import PromotionView
from services.unit_of_work import unit_of_work

TEN_PERCENT = PercentageOff(1000)


async def offer(code: str = "", effect: Effect = TEN_PERCENT, **fields: Any) -> UUID:
    """A promotion that is there from now on: ten per cent off everything unless told otherwise."""
    draft = PromotionDraft(**({"name": code or "Offer", "code": code, "effect": effect} | fields))
    async with unit_of_work() as uow:
        return (await promotions.create_promotion(uow, draft, by=STORE)).promotion.id


async def look_at(promotion_id: UUID) -> PromotionView:
    async with unit_of_work() as uow:
        return await promotions.get_promotion(uow, promotion_id)


async def change(promotion_id: UUID, **fields: Any) -> PromotionView:
    async with unit_of_work() as uow:
        draft = (await promotions.get_promotion(uow, promotion_id)).promotion.draft()
        changed = PromotionDraft(
            **({name: getattr(draft, name) for name in type(draft).model_fields} | fields)
        )
        return await promotions.update_promotion(uow, promotion_id, changed, by=STORE)
