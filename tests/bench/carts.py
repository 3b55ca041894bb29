"""How many carts a second: new, filled, taken to the checkout, at 16 and 64 clients, against bare PostgreSQL.

`python -m tests.bench.carts [seconds]`; needs no running store. It starts durable databases of its own and two web
processes, which share the machine with the load. The yardsticks, measured in the same run: a server that does nothing,
asked by the same clients, and pgbench carrying out the very statements that the store sent for one such request.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from models.cart import Cart, CartItem, CartStatus
from models.catalog import CategoryDraft, ProductDraft, ProductStatus, Variant
from models.identity import STORE
from models.ids import now
from models.money import Money
from sandbox import store
from sandbox.probes import Ports
from sandbox.stack import Stack
from services.bootstrap import open_resources
from services.catalog import service as catalog
from services.jobs import open_queue
from services.unit_of_work import UnitOfWork, unit_of_work
from tests.bench.load import drive
from tests.bench.statements import Server, script
from tests.load.http import Connection, post
from tests.load.processes import WebProcess, start_all

CLIENTS = (16, 64)
CARTS, SKUS = 4000, 200
EVERY_CLIENT_AT_ONCE = {"RATE_LIMIT_WRITE": str(10**9), "RUN_JOBS": "true"}
READY = 20_000
"""Carts with something in them, each of which is taken to the checkout once."""
HOT, MANY = 1_000_000, 2_000_000
"""Where the ids of those begin that all have the same SKU, and of those that have many."""
WARM_UP, SETTLE_SECONDS = 20, 4
"""Requests before the one whose statements are written down, and how long their background jobs take."""
SOME_CART = "('00000000-0000-4000-8000-' || lpad(to_hex(CAST(:n AS bigint)), 12, '0'))::uuid"
SOME_SKU = f"('BENCH-' || CAST(:n % {SKUS} AS text))"
_UUID = re.compile(r"'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'")


@dataclass(frozen=True)
class Operation:
    """A request, by its number, whose answer tells the cart as `cart`; for pgbench the range of the numbers, and what
    stands for the SKU of this one."""

    name: str
    request: Callable[[int], bytes]
    lowest: int
    highest: int
    article: str = ""
    cart: str = "id"


def cart_id(number: int) -> str:
    """The ids of the carts that there are before."""
    return str(UUID(f"00000000-0000-4000-8000-{number:012x}"))


def sku(number: int) -> str:
    return f"BENCH-{number % SKUS}"


def add(number: int, article: str) -> bytes:
    return post(f"/api/v1/carts/{cart_id(number)}/items", {"sku": article, "quantity": 1})


def start(number: int, first: int) -> bytes:
    return post(f"/api/v1/carts/{cart_id(first + number % READY)}/checkout")


OPERATIONS = (
    Operation(
        "new cart with its first item",
        lambda number: post("/api/v1/carts", {"items": [{"sku": sku(number), "quantity": 1}]}),
        0,
        1 << 47,
        article=SOME_SKU,
    ),
    Operation("add to a cart, one hot SKU", lambda number: add(number % CARTS, sku(0)), 0, CARTS - 1),
    Operation(
        f"add to a cart, {SKUS} SKUs",
        lambda number: add(number % CARTS, sku(number)),
        0,
        CARTS - 1,
        article=SOME_SKU,
    ),
    Operation(
        "start checkout, one hot SKU",
        lambda number: start(number, HOT),
        HOT,
        HOT + READY - 1,
        cart="cart_id",
    ),
    Operation(
        f"start checkout, {SKUS} SKUs",
        lambda number: start(number, MANY),
        MANY,
        MANY + READY - 1,
        article=SOME_SKU,
        cart="cart_id",
    ),
)


async def fill_shop() -> None:
    """Products of four SKUs with plenty of each, empty carts, and carts that are ready for the checkout."""
    async with open_resources(), open_queue():
        async with unit_of_work() as uow:
            await catalog.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=STORE)
        for first in range(0, SKUS, 4):
            numbers = range(first, first + 4)
            draft = ProductDraft(
                slug=f"mug-{first}",
                title=f"Mug {first}",
                category="mugs",
                description="A mug of stoneware, thrown and glazed by hand. " * 10,
                options=[{"name": "Size", "values": [str(number) for number in numbers]}],
                status=ProductStatus.ACTIVE,
                variants=[
                    Variant(sku=sku(each), price=Money(1200, "GBP"), options={"Size": str(each)})
                    for each in numbers
                ],
            )
            async with unit_of_work() as uow:
                stock = {sku(each): 1_000_000 for each in numbers}
                await catalog.create_product(uow, draft, stock=stock, by=STORE)
        async with unit_of_work() as uow:
            for first, count in ((0, CARTS), (HOT, READY), (MANY, READY)):
                await fill_carts(uow, first, count)


async def fill_carts(uow: UnitOfWork, first: int, count: int) -> None:
    """Carts by their numbers; those for the checkout have an article in them."""
    numbers = range(first, first + count)
    moment = now()
    carts = [
        {"id": UUID(cart_id(each)), "visitor": "", "status": CartStatus.OPEN, "currency": "GBP", "codes": []}
        | {"version": 1, "created_at": moment, "updated_at": moment}
        for each in numbers
    ]
    items = [
        {"cart_id": UUID(cart_id(each)), "sku": sku(0 if first == HOT else each), "name": "", "quantity": 1}
        | {"seen_price_amount": 1200, "added_at": moment}
        for each in (numbers if first else ())
    ]
    for table, rows in ((Cart, carts), (CartItem, items)):
        if rows:
            await uow.session.exec(sa.insert(table), params=rows)


async def conversation(operation: Operation, ports: Sequence[int], server: Server) -> tuple[int, str]:
    """How many statements one of these requests takes once everything is warm, and pgbench's script of them."""
    connection = await Connection.open(ports[0])
    for number in range(WARM_UP):
        await connection.send(operation.request(number))
    await asyncio.sleep(SETTLE_SECONDS)
    with server.listening("carts") as statements:
        answer = await connection.send(operation.request(WARM_UP))
        assert answer.status == 201, answer.body
    await connection.close()
    changing = dict.fromkeys(_UUID.findall("\n".join(statements)), "gen_random_uuid()")
    changing[answer.json()[operation.cart]] = SOME_CART
    if operation.article:
        changing[sku(WARM_UP)] = operation.article
    numbers = f"n random({operation.lowest}, {operation.highest})"
    return len(statements), script(statements, [numbers], changing)


async def measure(operation: Operation, ports: Sequence[int], server: Server, seconds: float) -> None:
    numbers = itertools.count(WARM_UP + 1)
    statements, replayed = await conversation(operation, ports, server)
    print(f"\n{operation.name}: {statements} statements, BEGIN and COMMIT among them")
    for clients in CLIENTS:
        rounds = [
            await drive(ports, clients, seconds, lambda: operation.request(next(numbers))) for _ in range(3)
        ]
        best = max(rounds, key=lambda figures: figures.per_second)
        bare = await asyncio.to_thread(server.replay, replayed, clients, seconds)
        print(f"  {clients:2} clients   store   {best}")
        print(
            f"               pgbench {bare}   the store reaches {best.per_second / bare.per_second:.0%} of it"
        )


async def measure_nothing(seconds: float, logs: Path) -> None:
    """What the clients and the web server take by themselves."""
    idle = [WebProcess(f"hello-{number}", logs, application="tests.bench.hello:app") for number in (1, 2)]
    try:
        await asyncio.to_thread(start_all, idle)
        ports = [process.port for process in idle]
        print("a server that does nothing")
        for clients in CLIENTS:
            print(
                f"  {clients:2} clients           {await drive(ports, clients, seconds, lambda: post('/'))}"
            )
    finally:
        for process in idle:
            process.kill()


async def main(seconds: float, stack: Stack) -> None:
    logs = stack.data_dir / "logs"
    print(f"load average before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} processors")
    await measure_nothing(seconds, logs)
    await fill_shop()
    server = Server(stack.ports.postgres, logs / "postgres.log")
    processes = [WebProcess(f"web-{number}", logs, EVERY_CLIENT_AT_ONCE) for number in (1, 2)]
    try:
        await asyncio.to_thread(start_all, processes)
        for operation in OPERATIONS:
            await measure(operation, [process.port for process in processes], server, seconds)
    finally:
        for process in processes:
            process.kill()


@contextmanager
def world() -> Iterator[Stack]:
    """Servers of its own, as durable as a shop's."""
    with tempfile.TemporaryDirectory(prefix="larkspur-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with Stack(folder, ports=Ports.free()) as stack:
            os.environ.update(stack.environment)
            store.migrate(stack.supervisor, stack.environment)
            yield stack


if __name__ == "__main__":
    with world() as started:
        asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 4, started))
