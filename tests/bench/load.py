"""As many requests as a server takes from so many clients, each of which waits for its answer before it asks again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from tests.load.http import Connection


@dataclass(frozen=True, slots=True)
class Figures:
    """Operations a second; the times of one in milliseconds; how many were not answered as they should."""

    per_second: float
    p50: float
    p99: float
    refused: int

    @classmethod
    def of(cls, times: Sequence[float], seconds: float, refused: int = 0) -> Self:
        """From the time that each operation took in seconds."""
        found = sorted(times) or [float("inf")]
        p50, p99 = (1000 * found[int(len(found) * share)] for share in (0.5, 0.99))
        return cls(len(times) / seconds, p50, p99, refused)

    def __str__(self) -> str:
        refused = f"   {self.refused} REFUSED" if self.refused else ""
        return f"{self.per_second:8.0f}/s   p50 {self.p50:6.1f} ms   p99 {self.p99:6.1f} ms{refused}"


async def drive(
    ports: Sequence[int], clients: int, seconds: float, request: Callable[[], bytes], *, warm_up: float = 0.5
) -> Figures:
    """Clients are spread over the ports; `request` makes the next one. The first moments don't count."""
    times: list[float] = []
    refused = 0
    begin = time.perf_counter() + warm_up
    end = begin + seconds

    async def client(port: int) -> None:
        nonlocal refused
        connection = await Connection.open(port)
        while (started := time.perf_counter()) < end:
            answer = await connection.send(request())
            if started >= begin:
                times.append(time.perf_counter() - started)
                refused += answer.status >= 400
        await connection.close()

    await asyncio.gather(*(client(ports[number % len(ports)]) for number in range(clients)))
    return Figures.of(times, seconds, refused)
