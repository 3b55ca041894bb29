"""The total is not what the shopper saw: nobody pays more without having said so."""

from __future__ import annotations

from models.pricing import HARMLESS, Breakdown, RefusedPromotion
from services.errors import PriceChanged


def lost_codes(totals: Breakdown) -> list[RefusedPromotion]:
    """Codes on the cart that save nothing now, though whoever entered them was told that they do."""
    return [each for each in totals.refused if each.code and each.refusal.kind not in HARMLESS]


def price_changed(totals: Breakdown) -> PriceChanged:
    """What is different, as far as it is known, and the total now."""
    lost = lost_codes(totals)
    why = " ".join(f"“{each.code}” can't be used any more. {each.reason}" for each in lost)
    told = why or "A price has changed since you last looked."
    return PriceChanged(
        f"{told} The total is now {totals.total.format()}.",
        total={"amount": totals.total.amount, "currency": totals.total.currency},
    )
