"""A cart as it is shown."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class CartSummary:
    """`free_from` is what goods must come to for free delivery at home, empty when they never can; `to_free_delivery`
    what is missing, empty when nothing is; `progress` is that in per cent."""

    lines: tuple[CartLineView, ...] = ()
    count: int = 0
    subtotal: str = ""
    tax: str = ""
    free_from: str = ""
    to_free_delivery: str = ""
    progress: int = 0
    purchasable: bool = False
    prices_changed: bool = False
