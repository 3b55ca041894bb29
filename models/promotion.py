"""Promotions as staff write them down and the store keeps them, and the orders that used them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Self
from uuid import UUID

import sqlalchemy as sa
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    field_validator,
    model_validator,
)
from sqlmodel import Field as Column

from models.catalog import Sku, Slug
from models.ids import new_id, now
from models.pricing.effects import MAX_AMOUNT, AmountOff, Effect, FreeDelivery, Scope, TierBasis, TieredOff
from models.pricing.refusals import Refusal
from models.pricing.terms import Promotion
from models.tables import Table, json_column, timestamp
from models.text import PlainText

MAX_CODE = 32
MAX_CODES = 5
"""Most codes on one cart."""
MAX_LIMIT = 1_000_000
_MINUS = "\N{MINUS SIGN}"
_effect: TypeAdapter[Effect] = TypeAdapter(Annotated[Effect, Field(discriminator="kind")])

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{2,31}$")]


def normal_code(typed: str) -> str:
    """A code as it is kept and compared: without blanks, case and what nobody sees (soft hyphens, zero-width spaces),
    full-width letters as plain ones, any dash as a hyphen.

    Empty for what can't be one.
    """
    letters = ((each, unicodedata.category(each)) for each in unicodedata.normalize("NFKC", typed))
    plain = ("-" if kind == "Pd" or each == _MINUS else each for each, kind in letters if kind != "Cf")
    code = unicodedata.normalize("NFKC", "".join("".join(plain).split()).upper())
    return code if len(code) <= MAX_CODE and code.isprintable() else ""


class PromotionState(StrEnum):
    RUNNING = "running"
    SCHEDULED = "scheduled"
    ENDED = "ended"
    USED_UP = "used_up"
    INACTIVE = "inactive"


class PromotionDraft(BaseModel):
    """What staff write. Amounts are minor units of `currency`; `code` is empty for one that applies by itself.

    It holds from `starts_at` and until just before `ends_at`. `description` is told to shoppers beside its name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[PlainText, StringConstraints(min_length=1, max_length=80)]
    description: Annotated[PlainText, StringConstraints(max_length=200)] = ""
    code: Code | Annotated[str, StringConstraints(max_length=0)] = ""
    effect: Annotated[Effect, Field(discriminator="kind")]
    categories: list[Slug] = Field(default_factory=list, max_length=50)
    products: list[Slug] = Field(default_factory=list, max_length=200)
    skus: list[Sku] = Field(default_factory=list, max_length=500)
    currency: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    minimum_spend: int = Field(default=0, ge=0, le=MAX_AMOUNT, strict=True)
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    total_limit: int | None = Field(default=None, ge=1, le=MAX_LIMIT, strict=True)
    per_customer_limit: int | None = Field(default=None, ge=1, le=1000, strict=True)
    first_order_only: bool = False
    exclusive: bool = False
    priority: int = Field(default=100, ge=0, le=1000, strict=True)
    active: bool = True

    @model_validator(mode="before")
    @classmethod
    def _code_as_kept(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(values.get("code"), str) and values["code"].strip():
            return values | {"code": normal_code(values["code"]) or values["code"]}
        return values

    @field_validator("starts_at", "ends_at")
    @classmethod
    def _within_the_calendar(cls, moment: datetime | None) -> datetime | None:
        """PostgreSQL keeps years that Python can't read: 23:59 on the last day of 9999, west of Greenwich."""
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError as error:
            raise ValueError("choose a day of the years 1 to 9999") from error

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError("it must end after it begins")
        if not self.currency and self._tells_an_amount():
            raise ValueError("name the currency of its amounts")
        if isinstance(self.effect, TieredOff):
            steps = [(tier.threshold, tier.basis_points) for tier in self.effect.tiers]
            for (threshold, share), (next_threshold, next_share) in pairwise(steps):
                if next_threshold <= threshold or next_share <= share:
                    raise ValueError("each tier must begin higher and take off more than the one before it")
        return self

    def _tells_an_amount(self) -> bool:
        match self.effect:
            case AmountOff():
                return True
            case FreeDelivery(up_to):
                return bool(up_to or self.minimum_spend)
            case TieredOff(basis):
                return basis is TierBasis.SPEND or bool(self.minimum_spend)
        return bool(self.minimum_spend)


class StoredPromotion(Table, table=True):
    """`used` counts the orders that have it, as long as a limit asks for that; it is what a limit is held against.

    `version` counts the writes of staff, not the uses.
    """

    __tablename__ = "promotions"
    __table_args__ = (
        sa.Index("uq_promotions_code", "code", unique=True, postgresql_where=sa.text("code <> ''")),
        sa.CheckConstraint("code = upper(code)", name="code_in_capitals"),
        sa.CheckConstraint("used >= 0", name="used_not_negative"),
    )

    id: UUID = Column(default_factory=new_id, primary_key=True)
    name: str = Column(max_length=80)
    description: str = Column(default="", max_length=200)
    code: str = Column(default="", max_length=MAX_CODE)
    effect: dict[str, Any] = Column(sa_column=json_column())
    categories: list[str] = Column(default_factory=list, sa_column=json_column())
    products: list[str] = Column(default_factory=list, sa_column=json_column())
    skus: list[str] = Column(default_factory=list, sa_column=json_column())
    currency: str = Column(default="", max_length=3)
    minimum_spend: int = Column(default=0, sa_type=sa.BigInteger)
    starts_at: datetime | None = Column(default=None, sa_column=timestamp(nullable=True))
    ends_at: datetime | None = Column(default=None, sa_column=timestamp(nullable=True))
    total_limit: int | None = None
    per_customer_limit: int | None = None
    first_order_only: bool = False
    exclusive: bool = False
    priority: int = 100
    active: bool = True
    used: int = 0
    version: int = 1
    created_at: datetime = Column(default_factory=now, sa_column=timestamp())
    updated_at: datetime = Column(default_factory=now, sa_column=timestamp())

    @property
    def is_counted(self) -> bool:
        """Whether uses must be counted one after the other."""
        return self.total_limit is not None or self.per_customer_limit is not None or self.first_order_only

    def draft(self) -> PromotionDraft:
        return PromotionDraft.model_validate(self.model_dump(include=set(PromotionDraft.model_fields)))

    def terms(self, refusal: Refusal | None = None) -> Promotion:
        """As the pricing function takes it."""
        return terms_of(self.draft(), self.id, refusal)

    def state(self, moment: datetime) -> PromotionState:
        """As services.promotion.repository tells it in SQL."""
        if not self.active:
            return PromotionState.INACTIVE
        if self.ends_at and self.ends_at <= moment:
            return PromotionState.ENDED
        if self.total_limit is not None and self.used >= self.total_limit:
            return PromotionState.USED_UP
        if self.starts_at and self.starts_at > moment:
            return PromotionState.SCHEDULED
        return PromotionState.RUNNING


class PromotionRedemption(Table, table=True):
    """An order that has a promotion, and what it took off in minor units of the order's currency. It goes when the
    order is cancelled. Whose it is, the order knows."""

    __tablename__ = "promotion_redemptions"
    __table_args__ = (sa.Index("ix_promotion_redemptions_promotion_id", "promotion_id", "order_id"),)

    order_id: UUID = Column(foreign_key="orders.id", primary_key=True, ondelete="CASCADE")
    promotion_id: UUID = Column(foreign_key="promotions.id", primary_key=True)
    amount: int = Column(sa_type=sa.BigInteger)
    currency: str = Column(max_length=3)
    at: datetime = Column(default_factory=now, sa_column=timestamp())


def terms_of(draft: PromotionDraft, promotion_id: UUID, refusal: Refusal | None = None) -> Promotion:
    return Promotion(
        id=promotion_id,
        name=draft.name,
        effect=draft.effect,
        code=draft.code,
        scope=Scope(frozenset(draft.categories), frozenset(draft.products), frozenset(draft.skus)),
        currency=draft.currency,
        minimum_spend=draft.minimum_spend,
        exclusive=draft.exclusive,
        priority=draft.priority,
        refusal=refusal,
    )


def stored_fields(draft: PromotionDraft) -> dict[str, Any]:
    """The columns that a draft fills."""
    fields = {name: getattr(draft, name) for name in PromotionDraft.model_fields}
    return fields | {"effect": _effect.dump_python(draft.effect, mode="json")}
