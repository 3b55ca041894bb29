"""A cart as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from store_app.view_models.promotions import NO_PROMOTIONS, PromotionsView, SavingRow


@dataclass(frozen=True, slots=True)
class CartLineView:
    """`problem` is empty when the line can be bought; `problem_text` says what is wrong and what to do.

    `most` is the largest quantity that can be chosen; `suggested` what to reduce a short line to.
    """

    sku: str
    title: str
    href: str
    options: str
    image_url: str
    image_alt: str
    quantity: int
    most: int
    suggested: int
    unit_price: str
    total: str
    problem: str
    problem_text: str
    savings: tuple[SavingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CartSummary:
    """`subtotal` is before promotions, `total` without delivery. `to_free_delivery` is the amount missing, empty when
    there is none; `progress` is that in per cent."""

    lines: tuple[CartLineView, ...] = ()
    count: int = 0
    subtotal: str = ""
    tax: str = ""
    to_free_delivery: str = ""
    progress: int = 0
    total: str = ""
    promotions: PromotionsView = NO_PROMOTIONS
    purchasable: bool = False
    prices_changed: bool = False
