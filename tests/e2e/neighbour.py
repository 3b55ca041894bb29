"""A second process of the same store: other port, same databases, as behind a load balancer."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox import store
from sandbox.probes import Ports

ROOT = Path(__file__).parent.parent.parent
READY_SECONDS = 180


@contextmanager
def neighbour(environment: Mapping[str, str]) -> Iterator[str]:
    """Serve the compiled store once more; yields its address. It works off no background jobs."""
    port = Ports.free().store
    url = f"http://localhost:{port}"
    with TemporaryDirectory(prefix="larkspur-neighbour-") as folder:
        part = store.part({**environment, "PUBLIC_URL": url, "RUN_JOBS": "false"}, port, Path(folder))
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                part.command,
                cwd=ROOT,
                env={**os.environ, **part.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            deadline = time.monotonic() + READY_SECONDS
            while not part.is_ready():
                died = process.poll() is not None or time.monotonic() > deadline
                assert not died, (Path(folder) / "log").read_text()
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
