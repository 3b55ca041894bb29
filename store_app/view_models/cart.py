"""A cart as it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CartLineView:
    """`problem` is empty when the line can be bought; `problem_text` says what is wrong and what to do.

    `most` is the largest quantity that can be chosen; `suggested` what to reduce a short line to. `wait` tells
    when units that have to be made first are ready. `pulse` counts the changes that others made while it was looked at.
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
    wait: str = ""
    pulse: int = 0


@dataclass(frozen=True, slots=True)
class CartSummary:
    """`to_free_delivery` is the amount missing, empty when there is none; `progress` is that in per cent."""

    lines: tuple[CartLineView, ...] = ()
    count: int = 0
    subtotal: str = ""
    tax: str = ""
    to_free_delivery: str = ""
    progress: int = 0
    purchasable: bool = False
    prices_changed: bool = False
    pulse: int = 0
