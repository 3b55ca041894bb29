"""Counting the orders that have a promotion, exactly.

Rows of promotions are locked in the order of their ids, after the cart and the order and before the stock. One without
any limit is not counted, so that its orders don't wait for each other; only whoever changes its limits waits for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from models.ids import now
from models.pricing import AppliedPromotion
from models.promotion import PromotionRedemption, StoredPromotion
from services.promotion import repository
from services.promotion.offering import Buyer
from services.unit_of_work import UnitOfWork


async def redeem(uow: UnitOfWork, order_id: UUID, buyer: Buyer, applied: Sequence[AppliedPromotion]) -> bool:
    """Write down that an order has these promotions. False when one can't be had any more: give the order up then."""
    for each in sorted(applied, key=lambda promotion: promotion.promotion_id):
        if not await _claim(uow, each.promotion_id, order_id, buyer):
            return False
        redemption = PromotionRedemption(
            promotion_id=each.promotion_id,
            order_id=order_id,
            amount=each.amount.amount,
            currency=each.amount.currency,
        )
        await repository.add_redemption(uow.session, redemption)
    return True


async def give_back(uow: UnitOfWork, order_id: UUID) -> None:
    """The order was cancelled: others may have what it had. Doing it again changes nothing."""
    for promotion_id in await repository.take_redemptions(uow.session, order_id):
        await repository.share(uow.session, promotion_id)
        await repository.uncount_use(uow.session, promotion_id)


async def _claim(uow: UnitOfWork, promotion_id: UUID, order_id: UUID, buyer: Buyer) -> bool:
    moment = now()
    counted = await repository.count_use(uow.session, promotion_id, moment)
    if counted:
        return await _within_own_limits(uow, counted, order_id, buyer)
    return await repository.keep_uncounted(uow.session, promotion_id, moment)


async def _within_own_limits(
    uow: UnitOfWork, promotion: StoredPromotion, order_id: UUID, buyer: Buyer
) -> bool:
    """Counted while nobody else can count: two orders of one customer are seen one by the other."""
    if promotion.per_customer_limit is not None:
        uses = await repository.uses_by(uow.session, promotion.id, buyer.user_id, buyer.email, order_id)
        if uses >= promotion.per_customer_limit:
            return False
    if not promotion.first_order_only:
        return True
    return not await repository.has_bought(uow.session, buyer.user_id, buyer.email, order_id)
