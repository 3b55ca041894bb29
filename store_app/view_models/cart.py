"""A cart as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from store_app.view_models.promotions import NO_PROMOTIONS, PromotionsView, SavingRow


@dataclass(frozen=True, slots=True)
class CartLineView:
    """`problem` is empty when the line can be bought; `problem_text` says what is wrong and what to do.

    `price_text` tells of a price that is not the one seen before, where that is no problem or not the only one;
    `price_amount`, in minor units, is what accepting prices agrees to. `most` is the largest quantity that can be
    chosen; `suggested` what to reduce a short line to. `wait` tells when units that have to be made first are ready.
    `pulse` counts the changes that others made while it was looked at.
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
    price_text: str = ""
    price_amount: int = 0
    savings: tuple[SavingRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CartSummary:
    """`subtotal` is before promotions, `total` without delivery. `prices_changed`: some are not those seen before;
    `prices_rose`: and nothing is bought before they are accepted.

    `to_free_delivery` is the amount missing, empty when there is none; `progress` is that in per cent, and
    `free_delivery` what is free then, from `free_from` on; both empty when nothing ever is. `tax_words` say whether
    prices contain the tax, `tax_note` how much it is: it is empty when no tax is known.
    """

    lines: tuple[CartLineView, ...] = ()
    count: int = 0
    subtotal: str = ""
    tax_note: str = ""
    to_free_delivery: str = ""
    free_delivery: str = ""
    free_from: str = ""
    tax_words: str = "VAT included"
    progress: int = 0
    total: str = ""
    promotions: PromotionsView = NO_PROMOTIONS
    purchasable: bool = False
    prices_changed: bool = False
    pulse: int = 0
    prices_rose: bool = False


@dataclass(frozen=True, slots=True)
class SavedLineView:
    """A line below the cart. `note` says why it is there, or what has changed since; `stock` whether it can be had."""

    sku: str
    title: str
    href: str
    options: str
    image_url: str
    quantity: int
    price: str
    note: str
    stock: str
    stock_tone: str
    movable: bool
