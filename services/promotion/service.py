"""Promotions: which a cart may get, counting who used them, and what staff do with them."""

from services.promotion.codes import count_wrong, look_up, require_patience
from services.promotion.managing import (
    PromotionPage,
    PromotionQuery,
    PromotionView,
    Redemption,
    RedemptionPage,
    create_promotion,
    delete_promotion,
    get_promotion,
    known_names,
    list_promotions,
    redemptions_of,
    set_active,
    update_promotion,
)
from services.promotion.offering import Buyer, candidates
from services.promotion.redeeming import give_back, redeem

__all__ = [
    "Buyer",
    "PromotionPage",
    "PromotionQuery",
    "PromotionView",
    "Redemption",
    "RedemptionPage",
    "candidates",
    "count_wrong",
    "create_promotion",
    "delete_promotion",
    "get_promotion",
    "give_back",
    "known_names",
    "list_promotions",
    "look_up",
    "redeem",
    "redemptions_of",
    "require_patience",
    "set_active",
    "update_promotion",
]
