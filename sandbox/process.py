"""Runs a part as a child process for as long as a test needs it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from sandbox.serving import LOOPBACK

CHECKOUT = Path(__file__).parents[1]
SETTINGS = ("OIDC_", "PAYMENT_", "IDENTITY_PROVIDER_", "MAILBOX_")
"""Variables of the stack a test may run beside; a part started here gets its settings as flags only."""


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(part: str, data_dir: Path, *flags: str, port: int | None = None) -> Iterator[str]:
    """Starts `python -m sandbox.<part>`, yields its address once /health answers, then stops it.

    Raises RuntimeError with the process's output when it ends early or is not up after ten seconds.
    """
    port = port or free_port()
    address = f"http://localhost:{port}"
    with (data_dir / f"{part}.log").open("ab+") as log:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        command = [sys.executable, "-m", f"sandbox.{part}", "--port", str(port), "--data-dir", str(data_dir)]
        process = subprocess.Popen([*command, *flags], cwd=CHECKOUT, env=environment, stdout=log, stderr=log)
        try:
            if not _healthy(process, f"{address}/health"):
                log.seek(0)
                raise RuntimeError(f"sandbox.{part} did not start:\n{log.read().decode()}")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=5)


def _healthy(process: subprocess.Popen[bytes], url: str) -> bool:
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=1):  # noqa: S310 - always http on loopback
                return True
        except (URLError, TimeoutError):
            time.sleep(0.02)
    return False
