"""Promotions as staff write, switch and look at them. The caller has checked the permission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from models.audit import AuditAction
from models.identity import STORE, Identity
from models.ids import now
from models.money import Money
from models.promotion import (
    PromotionDraft,
    PromotionRedemption,
    PromotionState,
    StoredPromotion,
    stored_fields,
)
from services import reference
from services.audit import service as audit
from services.catalog import service as catalog
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.promotion import repository
from services.promotion.offering import KIND
from services.promotion.repository import Usage
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PromotionQuery:
    """Empty fields don't filter. `text` is looked for in name and code."""

    text: str = ""
    state: PromotionState | None = None


@dataclass(frozen=True, slots=True)
class PromotionView:
    """`orders` are those that have it now, `taken` what it took off them, by currency."""

    promotion: StoredPromotion
    state: PromotionState
    orders: int
    taken: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class PromotionPage:
    """`total` counts what fits the query, `counts` what fits its text, by state."""

    items: tuple[PromotionView, ...]
    total: int
    next_cursor: UUID | None
    counts: Mapping[PromotionState, int]


@dataclass(frozen=True, slots=True)
class RedemptionPage:
    items: tuple[Redemption, ...]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True)
class Redemption:
    order_id: UUID
    amount: Money


async def list_promotions(
    uow: UnitOfWork,
    query: PromotionQuery | None = None,
    *,
    limit: int = 24,
    offset: int = 0,
    cursor: UUID | None = None,
) -> PromotionPage:
    """Newest first; `cursor` continues after the promotion it names. Any page is three statements."""
    wanted, moment = query or PromotionQuery(), now()
    text = wanted.text.strip()
    found = await repository.page(
        uow.session, text, wanted.state, moment, before=cursor, limit=limit + 1, offset=offset
    )
    shown = found[:limit]
    counts = await repository.counts_by_state(uow.session, text, moment)
    return PromotionPage(
        items=tuple(await _views(uow, shown)),
        total=sum(counts.values()) if wanted.state is None else counts.get(wanted.state, 0),
        next_cursor=shown[-1].id if len(found) > limit else None,
        counts=counts,
    )


async def known_names(uow: UnitOfWork) -> frozenset[str]:
    """What all promotions are called."""
    return frozenset(await repository.names(uow.session))


async def get_promotion(uow: UnitOfWork, promotion_id: UUID) -> PromotionView:
    """Raises NotFound."""
    found = await repository.find(uow.session, promotion_id)
    if found is None:
        raise _missing()
    return (await _views(uow, [found]))[0]


async def redemptions_of(
    uow: UnitOfWork, promotion_id: UUID, *, limit: int = 24, cursor: UUID | None = None
) -> RedemptionPage:
    """The orders that have it, newest first; `cursor` continues after the order it names."""
    found = await repository.redemptions(uow.session, promotion_id, limit + 1, cursor)
    shown = tuple(_redemption(each) for each in found[:limit])
    return RedemptionPage(shown, shown[-1].order_id if len(found) > limit else None)


async def create_promotion(uow: UnitOfWork, draft: PromotionDraft, *, by: Identity) -> PromotionView:
    """Raises Conflict `code_taken`, Invalid for goods that are not in the catalogue."""
    await reference.lock(uow.session, uow.resources.reference, KIND)
    await _require_known_goods(uow, draft)
    promotion = StoredPromotion(**stored_fields(draft))
    await _write(uow, promotion)
    _audit(uow, AuditAction.PROMOTION_CREATED, by, promotion, None, draft)
    return await get_promotion(uow, promotion.id)


async def update_promotion(
    uow: UnitOfWork,
    promotion_id: UUID,
    draft: PromotionDraft,
    *,
    expected_version: int | None = None,
    by: Identity,
) -> PromotionView:
    """Orders that have it keep it as it was. Raises NotFound, PreconditionFailed at another version, and as
    create_promotion does."""
    promotion = await _locked(uow, promotion_id, expected_version)
    before = promotion.draft()
    if before == draft:
        return await get_promotion(uow, promotion_id)
    await _require_known_goods(uow, draft)
    for name, value in stored_fields(draft).items():
        setattr(promotion, name, value)
    orders = (await repository.usage(uow.session, [promotion_id])).get(promotion_id, [])
    promotion.used = sum(each.orders for each in orders) if promotion.is_counted else 0
    promotion.version += 1
    promotion.updated_at = now()
    await _write(uow, promotion)
    _audit(uow, AuditAction.PROMOTION_CHANGED, by, promotion, before, draft)
    return await get_promotion(uow, promotion_id)


async def set_active(uow: UnitOfWork, promotion_id: UUID, *, active: bool, by: Identity) -> PromotionView:
    """Raises NotFound."""
    draft = (await _locked(uow, promotion_id, None)).draft()
    return await update_promotion(uow, promotion_id, draft.model_copy(update={"active": active}), by=by)


async def delete_promotion(
    uow: UnitOfWork, promotion_id: UUID, *, expected_version: int | None = None, by: Identity
) -> None:
    """Raises NotFound, PreconditionFailed, Conflict `promotion_used` when an order has it."""
    promotion = await _locked(uow, promotion_id, expected_version)
    if await repository.usage(uow.session, [promotion_id]):
        raise Conflict("Orders have this promotion. Switch it off instead.", code="promotion_used")
    _audit(uow, AuditAction.PROMOTION_DELETED, by, promotion, promotion.draft(), None)
    await repository.delete(uow.session, promotion_id)


async def _locked(uow: UnitOfWork, promotion_id: UUID, expected_version: int | None) -> StoredPromotion:
    await reference.lock(uow.session, uow.resources.reference, KIND)
    found = await repository.find(uow.session, promotion_id, lock=True)
    if found is None:
        raise _missing()
    if expected_version not in (None, found.version):
        raise PreconditionFailed("Somebody changed this promotion meanwhile. Load it again.")
    return found


async def _write(uow: UnitOfWork, promotion: StoredPromotion) -> None:
    try:
        await repository.add(uow.session, promotion)
    except IntegrityError as error:
        detail = f"There is a promotion with the code {promotion.code} already. Choose another."
        raise Conflict(detail, code="code_taken") from error


async def _require_known_goods(uow: UnitOfWork, draft: PromotionDraft) -> None:
    errors = {}
    if draft.categories:
        tree = await catalog.list_categories(uow)
        known = {each.category.slug for node in tree for each in (node, *node.children)}
        errors["categories"] = _unknown(draft.categories, known)
    if draft.products:
        errors["products"] = _unknown(draft.products, await catalog.known_slugs(uow, draft.products))
    if draft.skus:
        errors["skus"] = _unknown(draft.skus, set(await catalog.variants_by_sku(uow, draft.skus)))
    errors = {field: message for field, message in errors.items() if message}
    if errors:
        raise Invalid("The promotion names goods that are not in the catalogue.", errors)


def _unknown(named: Sequence[str], known: set[str]) -> str:
    missing = [each for each in named if each not in known]
    return f"Not in the catalogue: {', '.join(missing[:5])}." if missing else ""


async def _views(uow: UnitOfWork, found: Sequence[StoredPromotion]) -> list[PromotionView]:
    usage = await repository.usage(uow.session, [each.id for each in found])
    return [_view(each, usage.get(each.id, [])) for each in found]


def _view(promotion: StoredPromotion, usage: Sequence[Usage]) -> PromotionView:
    orders = sum(each.orders for each in usage)
    taken = tuple(Money(each.amount, each.currency) for each in usage)
    return PromotionView(promotion, promotion.state(now()), orders, taken)


def _redemption(each: PromotionRedemption) -> Redemption:
    return Redemption(each.order_id, Money(each.amount, each.currency))


def _audit(
    uow: UnitOfWork,
    action: AuditAction,
    by: Identity,
    promotion: StoredPromotion,
    before: PromotionDraft | None,
    after: PromotionDraft | None,
) -> None:
    if by == STORE:
        return
    old, new = (each.model_dump(mode="json") if each else None for each in (before, after))
    audit.record(uow, action, by, promotion.id, promotion.name, before=old, after=new)


def _missing() -> NotFound:
    return NotFound("There is no such promotion.", code="promotion_not_found")
