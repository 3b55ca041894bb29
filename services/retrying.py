"""When a background job that failed is tried again."""

from __future__ import annotations

from dataclasses import dataclass

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

LONGEST_WAIT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Backoff(BaseRetryStrategy):
    """Waits 2, 4, 8 … seconds, ten minutes at most; without `attempts` for as long as it takes."""

    attempts: int | None = None

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if self.attempts is not None and job.attempts >= self.attempts:
            return None
        return RetryDecision(retry_in={"seconds": wait_after(job.attempts)})


def wait_after(attempts: int) -> int:
    """Seconds until the next try, after so many before this one."""
    return min(2 << min(attempts, 10), LONGEST_WAIT_SECONDS)


UNTIL_DONE = Backoff()
"""For what has to happen: money given back, goods let go."""
FOR_A_DAY = Backoff(attempts=150)
"""For what is of no use later."""
