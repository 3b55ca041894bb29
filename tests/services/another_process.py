"""Processes of the store that tests start, and that may die between any two lines.

They are forked from a server that has imported everything already: a second's work is done once.
"""

from __future__ import annotations

import asyncio
import os
import pkgutil
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from typing import Any

import httpx

from models.identity import Identity
from services.api import create_api
from services.bootstrap import open_resources
from services.cart import service as carts
from services.checkout import holding
from services.checkout import service as checkouts
from services.checkout.service import Checkout
from services.errors import StoreError
from services.settings import settings
from services.unit_of_work import unit_of_work
from services.web import StoreMiddleware
from tests.api.test_orders import order_for, signed
from tests.shop_samples import DETAILS, GOOD_CARD, owner


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(point: str) -> None:
    """Arm a point like `after services.payment.gateway.confirm_intent`, or `after second …` for the second time."""
    when, *second, path = point.split()
    calls = count(1)
    holder_name, _, name = path.rpartition(".")
    holder = pkgutil.resolve_name(holder_name)
    original: Callable[..., Awaitable[Any]] = getattr(holder, name)

    async def deadly(*arguments: Any, **named: Any) -> Any:
        is_it = next(calls) == 1 + len(second)
        if is_it and when == "before":
            die()
        answer = await original(*arguments, **named)
        if is_it:
            die()
        return answer

    setattr(holder, name, deadly)


async def buy(visitor: str, key: str) -> str:
    """Start checkout, then pay."""
    who = Identity(visitor=visitor)
    async with unit_of_work() as uow:
        cart = await carts.lock_own_cart(uow, owner(who))
        if cart:
            await holding.reserve(uow, cart)
    try:
        return (await checkouts.check_out(who, Checkout(DETAILS, GOOD_CARD, key=key))).order.status
    except StoreError as error:
        return error.code


async def order(cart: str, key: str, times: str = "1") -> list[int]:
    """The same request several times at once."""
    async with _api() as api:
        requests = (
            api.post("/api/v1/orders", json=order_for(cart), headers={"idempotency-key": key})
            for _ in range(int(times))
        )
        return [answer.status_code for answer in await asyncio.gather(*requests)]


async def add(cart: str, key: str, times: str = "1") -> list[int]:
    """A mug into a cart, by the same request several times at once."""
    async with _api() as api:
        path, mug = f"/api/v1/carts/{cart}/items", {"sku": "MUG"}
        requests = (api.post(path, json=mug, headers={"idempotency-key": key}) for _ in range(int(times)))
        return [answer.status_code for answer in await asyncio.gather(*requests)]


async def webhook(event: str) -> int:
    body = event.encode()
    async with _api() as api:
        return (await api.post("/api/v1/webhooks/payments", content=body, headers=signed(body))).status_code


def _api() -> httpx.AsyncClient:
    transport = httpx.ASGITransport(StoreMiddleware(create_api()))
    return httpx.AsyncClient(transport=transport, base_url=settings().public_url)


ACTS: dict[str, Callable[..., Awaitable[Any]]] = {"buy": buy, "order": order, "add": add, "webhook": webhook}


@dataclass(frozen=True)
class Act:
    """What a process is to do. At `dies`, `before` or `after` a function with its module, it kills itself (SIGKILL)."""

    name: str
    arguments: tuple[str, ...]
    dies: str = ""


async def at_once(*acts: Act) -> list[Any]:
    """Each in a process of its own, begun when all are ready; what came of it, None of one that died."""
    processes = get_context("forkserver")
    processes.set_forkserver_preload([__name__])
    start = processes.Barrier(len(acts))
    started = []
    for act in acts:
        ours, theirs = processes.Pipe()
        process = processes.Process(target=_run, args=(act, dict(os.environ), start, theirs))
        process.start()
        theirs.close()
        started.append((process, ours))
    return list(await asyncio.gather(*(asyncio.to_thread(_outcome, *each) for each in started)))


def _outcome(process: BaseProcess, answer: Connection) -> Any:
    try:
        told = answer.recv()
    except EOFError:
        told = None
    process.join()
    assert process.exitcode == (-signal.SIGKILL if told is None else 0)
    return told


def _run(act: Act, environment: dict[str, str], start: Barrier, answer: Connection) -> None:
    os.environ.update(environment)
    settings.cache_clear()
    answer.send(asyncio.run(_act(act, start)))


async def _act(act: Act, start: Barrier) -> Any:
    async with open_resources():
        if act.dies:
            die_at(act.dies)
        await asyncio.to_thread(start.wait)
        return await ACTS[act.name](*act.arguments)
