"""How long it takes from a commit in one process until the text has changed in a browser that another process serves.

`python -m tests.bench.live [http://localhost:3000]` against a running store, with the environment of that store: this
process changes the stock of one SKU through the store's own services, as any of its processes would. The browser's
clock and ours are the same machine's. Yardsticks of the same run: PostgreSQL's bare NOTIFY from one connection to
another, and the commits a second of 16 connections with a NOTIFY in each transaction and without.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time

import psycopg
from playwright.async_api import Page, WebSocket, async_playwright

from models.identity import STORE
from services.bootstrap import open_resources
from services.inventory import service as inventory
from services.jobs import open_queue
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.e2e.browser import launch_options

SKU = "TRO-TRA-STA"
PRODUCT = f"/product/transplanting-trowel?sku={SKU}"
ROUNDS = 30
PAUSE_SECONDS = 0.6
"""Longer than the rest between two rounds of pushes, so that each change is one of its own."""
WRITERS = 16
WRITE_SECONDS = 4.0

CHANGED = """() => new Promise((done) => {
    const status = document.querySelector('[data-testid=stock-status]');
    const before = status.textContent;
    const watch = new MutationObserver(() => {
        if (document.querySelector('[data-testid=stock-status]').textContent === before) return;
        watch.disconnect();
        done(performance.timeOrigin + performance.now());
    });
    watch.observe(status, {subtree: true, childList: true, characterData: true});
})"""


async def pushed(page: Page, frames: list[int]) -> tuple[list[float], list[int]]:
    """Milliseconds from commit to text, and bytes on the socket, of each round."""
    times, sizes = [], []
    await set_on_hand(1)
    await asyncio.sleep(PAUSE_SECONDS)
    for number in range(ROUNDS + 3):
        seen = asyncio.create_task(page.evaluate(CHANGED))
        await asyncio.sleep(PAUSE_SECONDS)
        frames.clear()
        await set_on_hand(2 + number % 2)
        committed = time.time()
        times.append(float(await asyncio.wait_for(seen, 10)) - committed * 1000)
        sizes.append(sum(frames))
    return times[3:], sizes[3:]


async def set_on_hand(units: int) -> None:
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, SKU, units, by=STORE)


async def bare_notify(url: str) -> list[float]:
    """Milliseconds from the call to its arrival at another connection."""
    times = []
    connect = psycopg.AsyncConnection.connect
    async with await connect(url, autocommit=True) as one, await connect(url, autocommit=True) as other:
        await other.execute("LISTEN bench_live")
        arrivals = other.notifies()
        for _ in range(ROUNDS * 5):
            started = time.perf_counter()
            await one.execute("NOTIFY bench_live")
            await anext(arrivals)
            times.append((time.perf_counter() - started) * 1000)
        await arrivals.aclose()
    return times


async def commits_a_second(url: str, *, inside: bool) -> float:
    """Of 16 connections that each change a row of their own for four seconds."""
    connect = psycopg.AsyncConnection.connect
    async with await connect(url, autocommit=True) as connection:
        await connection.execute("CREATE TABLE IF NOT EXISTS bench_live (id integer PRIMARY KEY, n bigint)")
        await connection.execute(
            "INSERT INTO bench_live SELECT g, 0 FROM generate_series(1, %s) g ON CONFLICT DO NOTHING",
            [WRITERS],
        )
    until = time.perf_counter() + WRITE_SECONDS

    async def write(number: int) -> int:
        done = 0
        async with await connect(url) as connection:
            while time.perf_counter() < until:
                await connection.execute("UPDATE bench_live SET n = n + 1 WHERE id = %s", [number])
                if inside:
                    await connection.execute("SELECT pg_notify('bench_live', %s)", [str(number)])
                else:
                    await connection.execute("SELECT %s", [str(number)])
                await connection.commit()
                done += 1
        return done

    total = sum(await asyncio.gather(*(write(number) for number in range(1, WRITERS + 1))))
    async with await connect(url, autocommit=True) as connection:
        await connection.execute("DROP TABLE bench_live")
    return total / WRITE_SECONDS


def figures(values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[int(len(ordered) * 0.95) - 1]
    return f"p50 {statistics.median(ordered):7.1f} ms   p95 {p95:7.1f} ms   max {ordered[-1]:7.1f} ms"


async def main(address: str) -> None:
    url = settings().database_url
    frames: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: frames.append(len(payload)))

    async with open_resources(), open_queue(), async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options(playwright.chromium))
        page = await browser.new_page()
        page.on("websocket", listen)
        await page.goto(address + PRODUCT)
        await page.get_by_test_id("stock-status").wait_for()
        await asyncio.sleep(1.5)
        times, sizes = await pushed(page, frames)
        await browser.close()
    print(f"commit here → text there   {figures(times)}   {statistics.median(sizes):.0f} bytes a push")
    print(f"bare NOTIFY                {figures(await bare_notify(url))}")
    for name, inside in (("without", False), ("with", True), ("without", False), ("with", True)):
        rate = await commits_a_second(url, inside=inside)
        print(f"commits {name:>7} NOTIFY     {rate:7.0f}/s at {WRITERS} connections")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:3000"))
