"""Ends the parts of a stack whose supervisor is gone, however it went (SIGKILL included).

The supervisor starts this file as a process of its own and holds the other end of its standard input. A line
`+<pid> <signal>` names a process group to end and how to ask it; `-<pid>` crosses it out. When the pipe
closes, what is still named is asked to stop, and killed when it has not within a few seconds. Standard
library only, so that it starts in milliseconds. Tried on Linux; macOS has the same calls, untested.
"""

import os
import signal
import sys
import time
from contextlib import suppress

GRACE_SECONDS = 3.0


def _send(group: int, number: int) -> bool:
    """Whether the group still had a process to receive it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


def end(groups: dict[int, int]) -> None:
    """Ask each process group with its own signal, newest first, then kill what is left."""
    for group, number in reversed(groups.items()):
        _send(group, number)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(_send(group, 0) for group in groups):
        time.sleep(0.05)
    for group in groups:
        _send(group, signal.SIGKILL)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: dict[int, int] = {}
    for line in sys.stdin:
        if line.startswith("+"):
            group, signal_number = line[1:].split()
            groups[int(group)] = int(signal_number)
        else:
            groups.pop(int(line[1:]), None)
    end(groups)


if __name__ == "__main__":
    main()
