"""`python -m tests.services.dying_buyers`: buys again and again, and is killed each time one statement later.

Each buyer is a process of its own that holds stock for a checkout, keeps it for an order and pays: three transactions.
It stops after its nth statement and is killed there, so that one dies between any two. Prints how many died.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from typing import Any

import sqlalchemy as sa

from models.ids import new_id, now
from services.bootstrap import open_resources
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work

GOODS = {"MUG": 1, "BOWL": 2}


async def buy(last: int, reached: int) -> None:
    """Tell `reached` and wait for the end after the statement number `last`, counting commits too."""
    left = last

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.write(reached, b"!")
            time.sleep(60)

    holder = new_id()
    async with open_resources() as opened:
        for moment in ("after_cursor_execute", "commit"):
            sa.event.listen(opened.engine.sync_engine, moment, count)
        async with unit_of_work() as uow:
            await inventory.hold(uow, holder, GOODS, until=now())
        async with unit_of_work() as uow:
            await inventory.hold(uow, holder, GOODS)
        async with unit_of_work() as uow:
            await inventory.sell(uow, holder)


def dies(last: int) -> bool:
    """Whether the buyer was still at work after so many statements."""
    hears, reached = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hears)
        asyncio.run(buy(last, reached))
        os._exit(0)
    os.close(reached)
    told = os.read(hears, 1)
    os.close(hears)
    if told:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not told and status:
        raise SystemExit(f"the buyer ended with {status}")
    return bool(told)


def main() -> None:
    deaths = 0
    while dies(deaths + 1):
        deaths += 1
    sys.stdout.write(f"{deaths}\n")


if __name__ == "__main__":
    main()
