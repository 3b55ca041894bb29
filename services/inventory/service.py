"""Stock: what is there, what is promised, and how it changes."""

from services.inventory.changes import AVAILABILITY_TASK
from services.inventory.counting import MAX_ON_HAND, adjust, set_on_hand
from services.inventory.holds import (
    END_TASK,
    end_hold,
    extend,
    hand_over,
    held,
    hold,
    hold_of,
    lower,
    release,
    release_expired,
)
from services.inventory.levels import ledger, levels, low_levels
from services.inventory.selling import restock, sell

__all__ = [
    "AVAILABILITY_TASK",
    "END_TASK",
    "MAX_ON_HAND",
    "adjust",
    "end_hold",
    "extend",
    "hand_over",
    "held",
    "hold",
    "hold_of",
    "ledger",
    "levels",
    "low_levels",
    "lower",
    "release",
    "release_expired",
    "restock",
    "sell",
    "set_on_hand",
]
