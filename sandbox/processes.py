"""Starting and ending one child process together with whatever it starts itself."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import BinaryIO

from sandbox.privileges import identity


def spawn(
    command: Sequence[str], environment: Mapping[str, str], output: BinaryIO, user: str | None
) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches only the supervisor, and the group can be ended at once."""
    return subprocess.Popen(
        list(command),
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        **identity(user),
    )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process and what it started; return when the process has ended."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ending(code: int) -> str:
    """How a process ended, in words; a negative code is a signal, as `subprocess` has it."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
