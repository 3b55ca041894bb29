"""Stock in the words of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.catalog import Product, Variant
from models.stock import LOW_STOCK_THRESHOLD, StockEntry, StockLevel, StockReason
from models.stock_location import StockLocation
from store_app.view_models.dates import exactly, numbered_day_and_time

Found = tuple[Product, Variant] | None
REASONS: dict[str, str] = {
    StockReason.INITIAL: "First count",
    StockReason.COUNTED: "Counted",
    StockReason.RECEIVED: "Received",
    StockReason.DAMAGED: "Damaged or lost",
    StockReason.HELD: "Promised to a cart",
    StockReason.RELEASED: "Promise given up",
    StockReason.EXPIRED: "Promise ran out",
    StockReason.SOLD: "Sold",
    StockReason.RETURNED: "Came back",
    StockReason.TRANSFERRED: "Carried over",
    StockReason.CORRECTED: "Books corrected",
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The units in one location. `code` is empty for a location that is nobody's choice any more."""

    code: str
    name: str
    on_hand: str


@dataclass(frozen=True, slots=True)
class StockRow:
    """`note` is a word about how things stand, `where` the locations with their units."""

    sku: str
    href: str
    title: str
    options: str
    on_hand: str
    reserved: int
    available: int
    where: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class StockArticle:
    """`owed` are units sold or promised that have yet to be made, `owing` tells whoever counts which locations owe
    units; `product_href` is empty for goods out of the catalogue."""

    sku: str = ""
    title: str = ""
    options: str = ""
    product_href: str = ""
    on_hand: str = "0"
    reserved: int = 0
    available: int = 0
    available_note: str = ""
    owed: int = 0
    owing: str = ""
    note: str = ""
    tone: str = ""
    limit: str = "0"
    days: str = ""
    shelves: tuple[Shelf, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """`change` is what came to the shelves, `promised` what was set aside; each empty when nothing did."""

    id: str
    when: str
    exactly: str
    what: str
    change: str
    promised: str
    where: str
    who: str


@dataclass(frozen=True, slots=True)
class LocationRow:
    """`country` is its code."""

    code: str
    name: str
    country: str
    country_name: str
    active: bool
    first: bool
    last: bool


def note_of(level: StockLevel) -> tuple[str, str]:
    """A word about how things stand, and its tone; empty when all is well."""
    if level.owed:
        return f"{level.owed} owed", "warning"
    if level.unpromised == 0:
        return ("Made to order", "accent") if level.available > 0 else ("Sold out", "error")
    return ("Low", "warning") if level.unpromised <= LOW_STOCK_THRESHOLD else ("", "")


def of_level(
    level: StockLevel, found: Found, shelves: Mapping[str, int], locations: Sequence[StockLocation], path: str
) -> StockRow:
    note, tone = note_of(level)
    there = [
        f"{signed(shelves[place.code])} in {place.name}" for place in locations if shelves.get(place.code)
    ]
    return StockRow(
        sku=level.sku,
        href=f"{path}/{level.sku}",
        title=found[0].title if found else "Not in the catalogue",
        options=found[1].label() if found else "",
        on_hand=signed(level.on_hand),
        reserved=level.reserved,
        available=level.available,
        where=" · ".join(there),
        note=note,
        tone=tone,
    )


def of_article(
    level: StockLevel, found: Found, shelves: Mapping[str, int], locations: Sequence[StockLocation]
) -> StockArticle:
    note, tone = note_of(level)
    made = level.offer().made_to_order
    return StockArticle(
        sku=level.sku,
        title=found[0].title if found else level.sku,
        options=found[1].label() if found else "",
        product_href=f"/admin/products/{found[0].slug}" if found else "",
        on_hand=signed(level.on_hand),
        reserved=level.reserved,
        available=level.available,
        available_note=f"{made} of them made to order" if made and made < level.available else "",
        owed=level.owed,
        owing=_owing(shelves, locations),
        note=note,
        tone=tone,
        limit=str(level.backorder_limit),
        days=str(level.backorder_days or ""),
        shelves=tuple(
            Shelf(place.code, place.name, signed(shelves.get(place.code, 0)))
            for place in locations
            if place.active
        ),
    )


def of_entry(entry: StockEntry, names: Mapping[str, str]) -> LedgerRow:
    return LedgerRow(
        id=str(entry.id),
        when=numbered_day_and_time(entry.created_at),
        exactly=exactly(entry.created_at),
        what=REASONS.get(entry.reason, entry.reason),
        change=_change(entry.on_hand_delta),
        promised=_change(entry.reserved_delta),
        where=names.get(entry.location or "", entry.location or ""),
        who={"store": "The store", "shopper": "A shopper"}.get(entry.actor, entry.actor),
    )


def _owing(shelves: Mapping[str, int], locations: Sequence[StockLocation]) -> str:
    """Where what is counted can't be more than what the books know."""
    owing = [
        f"{place.name} owes {-shelves[place.code]}" for place in locations if shelves.get(place.code, 0) < 0
    ]
    if not owing:
        return ""
    return f"{', '.join(owing)} to buyers. Choose “Received” for what comes in: it goes to them first."


def signed(units: int) -> str:
    """−2, with a true minus."""
    return f"−{-units}" if units < 0 else str(units)


def _change(units: int) -> str:
    return "" if units == 0 else f"+{units}" if units > 0 else signed(units)
