"""A shop in plain Python: what carts, holds, orders and the warehouse ought to be after anything people do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

HOLD_MINUTES, MOST_MINUTES, WORTH_WRITING = 1000, 6000, 100
"""In hundredths of a minute, as all times here."""
MAX_ATTEMPTS = 10

Units = dict[str, int]


class Refused(Exception):
    """What was asked is not possible; `str()` is the name of the store's error. Nothing has changed, unless said."""


@dataclass
class Hold:
    """`left` None: for an order. `began` orders holds by their age."""

    units: Units
    left: int | None
    age: int
    began: int

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left <= 0


@dataclass
class Order:
    units: Units
    attempts: int = 0


@dataclass
class Shop:
    on_hand: Units
    carts: dict[str, Units]
    holds: dict[str, Hold] = field(default_factory=dict)
    pending: dict[str, Order] = field(default_factory=dict)
    paid: list[Units] = field(default_factory=list)
    _began: int = 0

    def reserved(self, sku: str) -> int:
        return sum(hold.units.get(sku, 0) for hold in self.holds.values())

    def available(self, who: str, sku: str) -> int:
        """What is free, one's own, and what others had until a time that is over."""
        mine = {name for name, hold in self.holds.items() if name == who or hold.is_over}
        return (
            self.on_hand[sku] - self.reserved(sku) + sum(self.holds[name].units.get(sku, 0) for name in mine)
        )

    # What shoppers do.

    def add(self, who: str, sku: str, units: int) -> None:
        wanted = self.carts[who].get(sku, 0) + units
        if self.available(who, sku) < wanted:
            raise Refused("InsufficientStock")
        self.carts[who][sku] = wanted

    def set_quantity(self, who: str, sku: str, units: int) -> None:
        present = self.carts[who].get(sku, 0)
        if not present and units:
            raise Refused("NotFound")
        if units > present and self.available(who, sku) < units:
            raise Refused("InsufficientStock")
        self.carts[who][sku] = units
        self.carts[who] = _some(self.carts[who])
        hold = self.holds.get(who)
        if hold and hold.left is not None:
            kept = {each: min(count, self.carts[who].get(each, 0)) for each, count in hold.units.items()}
            self._keep(who, hold, kept)

    def start(self, who: str, *, renewed: bool) -> None:
        wanted = {sku: min(units, self.available(who, sku)) for sku, units in self.carts[who].items()}
        hold = self.holds.get(who)
        if hold is None or hold.left is not None:
            self._hold_until(who, _some(wanted), renewed=renewed)

    def reserve(self, who: str) -> None:
        if not self.carts[who]:
            raise Refused("Invalid")
        self._require_all(who)
        hold = self.holds.get(who)
        if hold is None or hold.left is not None:
            self._hold_until(who, dict(self.carts[who]), renewed=True)

    def check_out(self, who: str, *, pays: bool) -> None:
        """An order of before, of another cart than this, is closed even when the new one is refused."""
        if not self.carts[who]:
            raise Refused("Invalid")
        order = self.pending.get(who)
        if order and order.units != self.carts[who]:
            self.cancel(who)
            order = None
        self._require_all(who)
        if order is None:
            self._promise(who, dict(self.carts[who]), left=None)
            self.pending[who] = Order(dict(self.carts[who]))
        self.pay(who, pays=pays)

    def pay(self, who: str, *, pays: bool) -> None:
        order = self.pending[who]
        if order.attempts >= MAX_ATTEMPTS:
            raise Refused("Conflict")
        order.attempts += 1
        if not pays:
            raise Refused("PaymentDeclined")
        sold = self.holds.pop(who).units
        self.on_hand = {sku: units - sold.get(sku, 0) for sku, units in self.on_hand.items()}
        left = Counter(self.carts[who])
        left.subtract(order.units)
        self.carts[who] = _some(left)
        self.paid.append(self.pending.pop(who).units)

    def cancel(self, who: str) -> None:
        """Also: the order was not paid in time."""
        del self.pending[who]
        self.holds.pop(who, None)

    # What happens by itself.

    def time_passes(self, duration: int) -> None:
        for hold in self.holds.values():
            hold.age += duration
            if hold.left is not None:
                hold.left -= duration

    def sweep(self, *names: str) -> None:
        """Give back what is over, of these carts or of all."""
        over = [name for name, hold in self.holds.items() if hold.is_over and name in (names or self.holds)]
        for name in over:
            del self.holds[name]

    # What staff do.

    def count(self, sku: str, units: int) -> None:
        """Checkouts give up what isn't there, the youngest first; orders don't."""
        if units < 0:
            raise Refused("Invalid")
        promised = sum(hold.units.get(sku, 0) for hold in self.holds.values() if hold.left is None)
        if units < self.on_hand[sku] and units < promised:
            raise Refused("Invalid")
        for name, hold in sorted(self.holds.items(), key=lambda each: -each[1].began):
            missing = self.reserved(sku) - units
            if missing > 0 and hold.left is not None:
                self._keep(name, hold, hold.units | {sku: max(0, hold.units.get(sku, 0) - missing)})
        self.on_hand[sku] = units

    def return_paid(self, number: int) -> None:
        for sku, units in self.paid.pop(number).items():
            self.on_hand[sku] += units

    def _require_all(self, who: str) -> None:
        if any(self.available(who, sku) < units for sku, units in self.carts[who].items()):
            raise Refused("InsufficientStock")

    def _hold_until(self, who: str, wanted: Units, *, renewed: bool) -> None:
        hold, left = self.holds.get(who), HOLD_MINUTES
        if hold and hold.left is not None and not hold.is_over:
            longer = min(HOLD_MINUTES, MOST_MINUTES - hold.age)
            left = longer if renewed and longer - hold.left >= WORTH_WRITING else hold.left
        if wanted:
            self._promise(who, wanted, left=left)
        else:
            self.holds.pop(who, None)

    def _promise(self, who: str, wanted: Units, *, left: int | None) -> None:
        before = self.holds.pop(who, None)
        for sku, units in wanted.items():
            had = before.units.get(sku, 0) if before else 0
            if units > self.on_hand[sku] - self.reserved(sku) and units > had:
                for name, hold in list(self.holds.items()):
                    if hold.is_over:
                        self._keep(name, hold, hold.units | {sku: 0})
        goes_on = before is not None and not before.is_over
        self._began += 0 if goes_on else 1
        age, began = (before.age, before.began) if before and goes_on else (0, self._began)
        self.holds[who] = Hold(wanted, left, age, began)

    def _keep(self, name: str, hold: Hold, units: Units) -> None:
        hold.units = _some(units)
        if not hold.units:
            del self.holds[name]


def _some(units: Units) -> Units:
    return {sku: count for sku, count in units.items() if count > 0}
