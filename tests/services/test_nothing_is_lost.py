"""Whatever is done in whatever order, no unit leaves the carts and saved lists but by a shopper's own removal, and no
code leaves a cart but by that or with the undoing of the merge that brought it.

Sequences of deeds at several browsers, by several people, at all levels of stock, against a model in plain Python.
LARKSPUR_EXAMPLES says how many sequences are tried, each time the same ones.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import pytest_asyncio
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.cart import MAX_LINE_QUANTITY, CartOwner
from models.promotion import MAX_CODES
from models.saved import LooseLine
from services.bootstrap import Resources
from services.cart import service as carts
from services.errors import InsufficientStock, Invalid, NotFound
from services.unit_of_work import unit_of_work
from tests.cart_samples import browser, count_stock, person, sign_in_at, undo
from tests.promotion_samples import offer
from tests.shop_samples import stock_shop

SKUS = ("MUG", "BOWL")
BROWSERS = range(3)
PEOPLE = range(2)
TRIED = settings(
    max_examples=int(os.environ.get("LARKSPUR_EXAMPLES", "25")),
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

Deed = tuple[Any, ...]
Units = Counter[str]

START = {"MUG": 3, "BOWL": 120}
"""Units there are of each: of one article too few for two carts, of the other more than a line holds."""
CODES = tuple(f"CODE-{number}" for number in range(7))
DEEDS = (
    *("add", "add", "add", "set", "save", "save", "back", "back", "remove", "put_back", "drop_saved"),
    *("enter", "take_off"),
)
MEANWHILE = (*DEEDS, *("undo_merge",) * 6, "stock", "stock")
OWN = [("sign_in", 0, 0), ("add", 0, "MUG", 2), ("sign_out", 0)]
"""Somebody has chosen something at home: what a browser brings along doesn't always fit."""

at, sku, who = st.sampled_from(BROWSERS), st.sampled_from(("MUG", "MUG", "BOWL")), st.sampled_from((0, 0, 1))


@st.composite
def deeds(draw: st.DrawFn, names: tuple[str, ...], place: int) -> Deed:
    """What somebody does at a place; counting stock and undoing belong to none."""
    name, goods = draw(st.sampled_from(names)), draw(sku)
    many = draw(st.integers(1, 3) if goods == "MUG" else st.sampled_from((1, 2, 50, 60)))
    match name:
        case "add":
            return (name, place, goods, many)
        case "set":
            return (name, place, goods, many - 1)
        case "enter" | "take_off":
            return (name, place, draw(st.sampled_from(CODES)))
        case "put_back":
            return (name, place)
        case "undo_merge":
            return (name, draw(st.sampled_from((0, 0, 1))))
        case "stock":
            return (name, goods, draw(st.sampled_from((0, 2, 3, 8, 120, 300))))
    return (name, place, goods)


@st.composite
def visits(draw: st.DrawFn) -> list[Deed]:
    """Somebody comes as a guest, chooses, signs in, goes on, and leaves; others do something meanwhile."""
    place, person, elsewhere = draw(at), draw(who), draw(at)
    before = draw(st.lists(deeds(DEEDS, place), max_size=3))
    after = draw(
        st.lists(st.one_of(deeds(MEANWHILE, place), deeds(DEEDS, elsewhere)), min_size=1, max_size=4)
    )
    chosen = [draw(deeds(("add",), place)), *draw(st.lists(deeds(("enter",), place), max_size=3)), *before]
    return [*chosen, ("sign_in", place, person), *after, ("sign_out", place)]


SEQUENCES = st.lists(visits(), min_size=2, max_size=3).map(
    lambda found: [*OWN, *(deed for visit in found for deed in visit)]
)
SHARED = (
    st.tuples(st.just("add"), at, sku, st.integers(1, 3)),
    st.tuples(st.just("remove"), at, sku),
    st.tuples(st.just("save"), at, sku),
    st.tuples(st.just("back"), at, sku),
    st.tuples(st.just("sign_in"), at, who),
    st.tuples(st.just("sign_out"), at),
    st.tuples(st.just("undo_merge"), st.integers(0, 2)),
)
BATCHES = st.lists(
    st.lists(st.one_of(*SHARED), min_size=2, max_size=6),
    min_size=2,
    max_size=5,
)


@dataclass
class Shelf:
    """What one account, or one browser as nobody's, has in its cart and below it."""

    cart: Units = field(default_factory=Counter)
    saved: Units = field(default_factory=Counter)
    codes: list[str] = field(default_factory=list)


@dataclass
class Model:
    """What should be there."""

    stock: dict[str, int]
    signed_in: dict[int, int] = field(default_factory=dict)
    accounts: dict[int, Shelf] = field(default_factory=lambda: {each: Shelf() for each in PEOPLE})
    guests: dict[int, Shelf] = field(default_factory=lambda: {each: Shelf() for each in BROWSERS})
    merges: list[tuple[int, Units, set[str]]] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    removed: dict[int, tuple[str, int]] = field(default_factory=dict)

    def at(self, place: int) -> Shelf:
        return self.accounts[self.signed_in[place]] if place in self.signed_in else self.guests[place]

    def most(self, sku: str) -> int:
        return min(self.stock[sku], MAX_LINE_QUANTITY)

    def add(self, place: int, sku: str, units: int) -> bool:
        cart = self.at(place).cart
        if cart[sku] + units > self.most(sku):
            return False
        cart[sku] += units
        return True

    def set(self, place: int, sku: str, units: int) -> bool:
        cart = self.at(place).cart
        if units == 0:
            cart[sku] = 0
            return True
        if not cart[sku] or (units > cart[sku] and units > self.stock[sku]):
            return False
        cart[sku] = units
        return True

    def remove(self, place: int, sku: str) -> bool:
        if units := self.at(place).cart.pop(sku, 0):
            self.removed[place] = (sku, units)
        return True

    def put_back(self, place: int) -> bool:
        if place in self.removed:
            sku, units = self.removed.pop(place)
            shelf = self.at(place)
            moved = min(units, MAX_LINE_QUANTITY - shelf.cart[sku])
            shelf.cart[sku] += moved
            shelf.saved[sku] += units - moved
        return True

    def save(self, place: int, sku: str) -> bool:
        shelf = self.at(place)
        shelf.saved[sku] += shelf.cart.pop(sku, 0)
        return True

    def back(self, place: int, sku: str) -> bool:
        shelf = self.at(place)
        if not shelf.saved[sku]:
            return True
        moved = min(shelf.saved[sku], self.most(sku) - shelf.cart[sku])
        if moved <= 0:
            return False
        shelf.saved[sku] -= moved
        shelf.cart[sku] += moved
        return True

    def drop_saved(self, place: int, sku: str) -> bool:
        self.at(place).saved[sku] = 0
        return True

    def enter(self, place: int, code: str) -> bool:
        """Nothing is known of it when there is nothing that it takes something off."""
        shelf = self.at(place)
        sellable = any(0 < units <= self.stock[sku] for sku, units in shelf.cart.items())
        if not sellable or (code not in shelf.codes and len(shelf.codes) == MAX_CODES):
            return False
        shelf.codes += [code] * (code not in shelf.codes)
        for whose, _, brought in self.merges:
            if self.accounts[whose] is shelf:
                brought.discard(code)
        return True

    def take_off(self, place: int, code: str) -> bool:
        shelf = self.at(place)
        shelf.codes = [each for each in shelf.codes if each != code]
        return True

    def sign_in(self, place: int, person: int) -> bool:
        guest, own = self.guests[place], self.accounts[person]
        self.signed_in[place] = person
        moved: Units = Counter()
        for sku, units in (+guest.cart).items():
            moved[sku] = max(0, min(units, self.most(sku) - own.cart[sku]))
            own.cart[sku] += moved[sku]
            own.saved[sku] += units - moved[sku]
        own.saved += guest.saved
        brought = [code for code in guest.codes if code not in own.codes][: MAX_CODES - len(own.codes)]
        own.codes += brought
        if +guest.cart:
            self.merges.append((person, moved, set(brought)))
        self.guests[place] = Shelf()
        return True

    def sign_out(self, place: int) -> bool:
        self.signed_in.pop(place, None)
        return True

    def undo_merge(self, back: int) -> bool:
        number = len(self.merges) - 1 - back
        if number < 0 or number in self.undone:
            return True
        self.undone.add(number)
        person, moved, brought = self.merges[number]
        own = self.accounts[person]
        own.codes = [code for code in own.codes if code not in brought]
        for sku, units in moved.items():
            taken = min(units, own.cart[sku])
            own.cart[sku] -= taken
            own.saved[sku] += taken
        return True

    def count(self, sku: str, units: int) -> bool:
        self.stock[sku] = units
        return True


class Shop:
    """The same deeds in the real store. `mark` keeps one sequence's people and browsers apart from another's."""

    def __init__(self) -> None:
        self.mark = uuid4().hex[:8]
        self.signed_in: dict[int, int] = {}
        self.accounts: dict[int, CartOwner] = {}
        self.removed: dict[int, LooseLine] = {}
        self.merges: list[tuple[int, UUID]] = []

    def browser(self, place: int) -> str:
        return f"browser-{place}-{self.mark}"

    def person(self, number: int) -> str:
        return f"person-{number}-{self.mark}"

    async def owner(self, place: int) -> CartOwner:
        name = self.browser(place)
        if place in self.signed_in:
            return replace(await self.account(self.signed_in[place]), visitor=browser(name).visitor)
        return browser(name)

    async def do(self, deed: Deed) -> int:
        """How many units came into the shop's carts by it, less those that left; refused, none."""
        name, *rest = deed
        try:
            return await getattr(self, name)(*rest) or 0
        except (InsufficientStock, NotFound, Invalid):
            return 0

    async def add(self, place: int, sku: str, units: int) -> int:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.add_item(uow, owner, sku, units)
        return units

    async def set(self, place: int, sku: str, units: int) -> None:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.set_quantity(uow, owner, sku, units)

    async def remove(self, place: int, sku: str) -> int:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            _, line = await carts.take_out(uow, owner, sku)
        if line:
            self.removed[place] = line
        return -line.quantity if line else 0

    async def put_back(self, place: int) -> None:
        if place in self.removed:
            owner, line = await self.owner(place), self.removed.pop(place)
            async with unit_of_work() as uow:
                await carts.put_back(uow, owner, line)

    async def save(self, place: int, sku: str) -> None:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.save_for_later(uow, owner, sku)

    async def back(self, place: int, sku: str) -> None:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.move_to_cart(uow, owner, sku)

    async def drop_saved(self, place: int, sku: str) -> None:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.remove_saved(uow, owner, sku)

    async def enter(self, place: int, code: str) -> None:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.enter_code(uow, owner, code, address="")

    async def take_off(self, place: int, code: str) -> None:
        owner = await self.owner(place)
        async with unit_of_work() as uow:
            await carts.take_off_code(uow, owner, code)

    async def sign_in(self, place: int, number: int) -> None:
        self.signed_in[place] = number
        owner = await sign_in_at(self.person(number), at=self.browser(place))
        async with unit_of_work() as uow:
            merge = await carts.latest_merge(uow, owner)
        if merge and (number, merge.id) not in self.merges:
            self.merges.append((number, merge.id))

    async def sign_out(self, place: int) -> None:
        self.signed_in.pop(place, None)

    async def undo_merge(self, back: int) -> None:
        if back < len(self.merges):
            number, merge_id = self.merges[len(self.merges) - 1 - back]
            await undo(await self.account(number), merge_id)

    async def stock(self, sku: str, units: int) -> None:
        await count_stock(**{sku: units})

    async def shelves(self) -> dict[str, tuple[Units, Units]]:
        """What is in the cart and below it, by the name of whose it is."""
        names = {str((await self.account(number)).user_id): f"person {number}" for number in PEOPLE}
        names |= {browser(self.browser(place)).visitor: f"browser {place}" for place in BROWSERS}
        found: dict[str, tuple[Units, Units]] = {name: (Counter(), Counter()) for name in names.values()}
        async with unit_of_work() as uow:
            connection = await uow.session.connection()
            for owner, saved, sku, units in await connection.execute(_SHELVES, {"owners": list(names)}):
                found[names[owner]][saved][sku] += units
        return found

    async def codes(self) -> dict[str, list[str]]:
        """Those on the carts of people and browsers, in the order in which they came."""
        owners = {f"person {number}": await self.account(number) for number in PEOPLE}
        owners |= {f"browser {place}": browser(self.browser(place)) for place in BROWSERS}
        async with unit_of_work() as uow:
            return {name: list((await carts.view_cart(uow, owner)).codes) for name, owner in owners.items()}

    async def account(self, number: int) -> CartOwner:
        if number not in self.accounts:
            self.accounts[number] = await person(self.person(number), at="any")
        return self.accounts[number]

    async def units(self) -> int:
        return sum((cart + saved).total() for cart, saved in (await self.shelves()).values())


_SHELVES = sa.text("""
    SELECT coalesce(CAST(user_id AS varchar), visitor) AS owner, 0, sku, quantity
    FROM cart_items JOIN carts ON id = cart_id
    WHERE status = 'open' AND coalesce(CAST(user_id AS varchar), visitor) = ANY(:owners)
    UNION ALL
    SELECT coalesce(CAST(user_id AS varchar), visitor), 1, sku, quantity FROM saved_items
    WHERE coalesce(CAST(user_id AS varchar), visitor) = ANY(:owners)
""")


def named(model: Model) -> dict[str, Shelf]:
    shelves = {f"person {number}": shelf for number, shelf in model.accounts.items()}
    return shelves | {f"browser {place}": shelf for place, shelf in model.guests.items()}


def expected(model: Model) -> dict[str, tuple[Units, Units]]:
    return {name: (+shelf.cart, +shelf.saved) for name, shelf in named(model).items()}


def expected_codes(model: Model) -> dict[str, list[str]]:
    return {name: shelf.codes for name, shelf in named(model).items()}


@pytest_asyncio.fixture
async def stocked(resources: Resources) -> None:
    await stock_shop(**START)
    for code in CODES:
        await offer(code)


@TRIED
@given(SEQUENCES)
async def test_one_after_the_other(stocked: None, sequence: list[Deed]) -> None:
    shop, model = Shop(), Model(dict(START))
    await count_stock(**model.stock)
    for deed in sequence:
        name, *rest = deed
        getattr(model, "count" if name == "stock" else name)(*rest)
        await shop.do(deed)
        assert await shop.shelves() == expected(model), deed
        if name in ("enter", "take_off", "sign_in", "undo_merge"):
            assert await shop.codes() == expected_codes(model), deed


@TRIED
@given(BATCHES)
async def test_at_once(stocked: None, batches: list[list[Deed]]) -> None:
    shop = Shop()
    await count_stock(**START)
    there = 0
    for batch in batches:
        there += sum(await asyncio.gather(*map(shop.do, batch)))
        assert await shop.units() == there, batch
