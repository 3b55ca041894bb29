"""Whether levels, locations, holds and the ledger say the same, and putting right what doesn't.

Of units on hand the ledger is right, of units reserved the holds are: a level follows from these two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

MEND = "`make check-stock MEND=1` sets it to that"


class Kind(StrEnum):
    ON_HAND = "on_hand"
    RESERVED = "reserved"
    PROMISES = "promises"
    LOCATION = "location"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Difference:
    """`says` is what is kept, `should` what follows from the ledger or the holds."""

    kind: Kind
    sku: str
    location: str
    says: int
    should: int

    def __str__(self) -> str:
        match self.kind:
            case Kind.ON_HAND:
                found = (
                    f"{self.sku}: the level says {self.says} on hand, its ledger adds up to {self.should}."
                )
                advice = f"Count the shelves; {MEND}, then write the count down."
            case Kind.RESERVED:
                found = f"{self.sku}: the level says {self.says} reserved, its holds add up to {self.should}."
                advice = f"{MEND}."
            case Kind.PROMISES:
                found = f"{self.sku}: its ledger adds up to {self.says} reserved, its holds to {self.should}."
                advice = "Holds were changed past the store; `make check-stock MEND=1` adds an entry to the ledger."
            case Kind.LOCATION:
                found = f"{self.sku}: {self.location} is said to hold {self.says}, its ledger adds up to {self.should}."
                advice = f"Count that shelf; {MEND}, then write the count down."
            case Kind.SUM:
                found = f"{self.sku}: the level says {self.says} on hand, its locations hold {self.should} together."
                advice = "Count the shelves; `make check-stock MEND=1` sets both to what the ledger says."
        return f"{found} {advice}"


_DIFFERENCES = sa.text("""
WITH booked AS (
    SELECT sku, sum(on_hand_delta) AS on_hand, sum(reserved_delta) AS reserved FROM stock_entries GROUP BY sku
), held AS (
    SELECT sku, sum(quantity) AS units FROM stock_holds GROUP BY sku
), lying AS (
    SELECT sku, sum(on_hand) AS units FROM location_levels GROUP BY sku
), booked_there AS (
    SELECT sku, location, sum(on_hand_delta) AS units FROM stock_entries
    WHERE location IS NOT NULL GROUP BY sku, location
), levels AS (
    SELECT level.sku, level.on_hand, level.reserved, coalesce(booked.on_hand, 0) AS booked_on_hand,
        coalesce(booked.reserved, 0) AS booked_reserved, coalesce(held.units, 0) AS held,
        coalesce(lying.units, 0) AS lying
    FROM stock_levels AS level LEFT JOIN booked USING (sku) LEFT JOIN held USING (sku) LEFT JOIN lying USING (sku)
)
SELECT 'on_hand' AS kind, sku, '' AS location, on_hand AS says, booked_on_hand AS should FROM levels
    WHERE on_hand <> booked_on_hand
UNION ALL SELECT 'reserved', sku, '', reserved, held FROM levels WHERE reserved <> held
UNION ALL SELECT 'promises', sku, '', booked_reserved, held FROM levels WHERE booked_reserved <> held
UNION ALL SELECT 'location', sku, location, coalesce(there.on_hand, 0), coalesce(booked_there.units, 0)
    FROM location_levels AS there FULL JOIN booked_there USING (sku, location)
    WHERE coalesce(there.on_hand, 0) <> coalesce(booked_there.units, 0)
UNION ALL SELECT 'sum', sku, '', on_hand, lying FROM levels WHERE on_hand <> lying
ORDER BY sku, kind, location
""")
_LOCK = sa.text("SELECT sku FROM stock_levels WHERE sku = :sku FOR UPDATE")
_MEND = tuple(
    sa.text(statement)
    for statement in (
        "INSERT INTO stock_entries (id, sku, on_hand_delta, reserved_delta, reason, actor, created_at)"
        " SELECT gen_random_uuid(), :sku, 0, held.units - booked.units, 'corrected', 'store', now()"
        " FROM (SELECT coalesce(sum(quantity), 0) AS units FROM stock_holds WHERE sku = :sku) AS held,"
        " (SELECT coalesce(sum(reserved_delta), 0) AS units FROM stock_entries WHERE sku = :sku) AS booked"
        " WHERE held.units <> booked.units",
        "UPDATE location_levels SET on_hand = 0 WHERE sku = :sku",
        "INSERT INTO location_levels (sku, location, on_hand)"
        " SELECT sku, location, sum(on_hand_delta) FROM stock_entries"
        " WHERE sku = :sku AND location IS NOT NULL GROUP BY sku, location"
        " ON CONFLICT (sku, location) DO UPDATE SET on_hand = excluded.on_hand",
        "UPDATE stock_levels SET updated_at = now(),"
        " on_hand = (SELECT coalesce(sum(on_hand_delta), 0) FROM stock_entries WHERE sku = :sku),"
        " reserved = (SELECT coalesce(sum(quantity), 0) FROM stock_holds WHERE sku = :sku)"
        " WHERE sku = :sku",
    )
)


async def differences(connection: AsyncConnection) -> list[Difference]:
    """What doesn't agree, seen at one moment: sales may go on meanwhile."""
    rows = await connection.execute(_DIFFERENCES)
    return [Difference(Kind(row.kind), row.sku, row.location, int(row.says), int(row.should)) for row in rows]


async def mend(connection: AsyncConnection, sku: str) -> None:
    """Set the level of a SKU and its locations to what follows. Raises IntegrityError when more is promised than that.

    The level is locked first: what is sold meanwhile waits, and finds the right numbers.
    """
    await connection.execute(_LOCK, {"sku": sku})
    for statement in _MEND:
        await connection.execute(statement, {"sku": sku})
