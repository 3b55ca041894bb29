"""Web processes of the store, each with its own port, that can be killed and started again."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from sandbox.part import Part
from sandbox.probes import LOOPBACK, accepts, answers
from sandbox.process import free_port
from sandbox.supervisor import Supervisor

APPLICATION = "tests.load.web:create_app"


class WebProcess:
    """One process on a port that stays the same. It ends with the supervisor, which never asks twice: by SIGKILL."""

    def __init__(
        self,
        name: str,
        logs: Path,
        environment: Mapping[str, str] | None = None,
        *,
        application: str | None = None,
    ) -> None:
        self.port = free_port()
        self._supervisor = Supervisor(logs)
        self._part = Part(
            name=name,
            title=f"Web process {name}",
            command=[
                *(sys.executable, "-m", "granian", "--interface", "asgi"),
                *([application] if application else ["--factory", APPLICATION]),
                *("--host", LOOPBACK, "--port", str(self.port), "--workers", "1"),
            ],
            environment=environment or {},
            is_ready=partial(_answers, self.port),
            stop_signal=signal.SIGKILL,
            ready_within=60,
        )

    def start(self) -> None:
        """Start without waiting."""
        self._supervisor.start(self._part)

    def wait_until_ready(self) -> None:
        """Raises SandboxError, with the end of its log, when it ends first."""
        self._supervisor.wait_until_ready(self._part)

    def kill(self) -> None:
        """SIGKILL, to all of it: nothing is finished, nothing is given back."""
        self._supervisor.stop()


def start_all(processes: Sequence[WebProcess]) -> None:
    for process in processes:
        process.start()
    for process in processes:
        process.wait_until_ready()


def _answers(port: int) -> bool:
    return accepts(port) and answers(f"http://{LOOPBACK}:{port}/api/v1/health/ready")
