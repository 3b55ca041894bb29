"""Stock: what is there, what is promised, and how it changes."""

from services.inventory.backorder import MAX_BACKORDER, MAX_BACKORDER_DAYS, set_backorder
from services.inventory.changes import AVAILABILITY_TASK
from services.inventory.counting import MAX_ON_HAND, adjust, set_on_hand, transfer
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
from services.inventory.levels import available_to, know, ledger, levels, list_levels, low_levels, offers
from services.inventory.locations import (
    add_location,
    change_location,
    location,
    locations,
    order_locations,
    shelves,
)
from services.inventory.repository import LevelFilter, LevelPage
from services.inventory.selling import allocations, restock, sell

__all__ = [
    "AVAILABILITY_TASK",
    "END_TASK",
    "MAX_BACKORDER",
    "MAX_BACKORDER_DAYS",
    "MAX_ON_HAND",
    "LevelFilter",
    "LevelPage",
    "add_location",
    "adjust",
    "allocations",
    "available_to",
    "change_location",
    "end_hold",
    "extend",
    "hand_over",
    "held",
    "hold",
    "hold_of",
    "know",
    "ledger",
    "levels",
    "list_levels",
    "location",
    "locations",
    "low_levels",
    "lower",
    "offers",
    "order_locations",
    "release",
    "release_expired",
    "restock",
    "sell",
    "set_backorder",
    "set_on_hand",
    "shelves",
    "transfer",
]
