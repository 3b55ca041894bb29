"""The store itself as a part of the local stack: its migrations, its first goods, its process."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from sandbox.build import REFLEX_ENVIRONMENT
from sandbox.part import Part
from sandbox.probes import LOOPBACK, answers
from sandbox.supervisor import Supervisor

APPLICATION = "store_app.store_app:app"
READY = "/api/v1/health/ready"
STOP_SECONDS = 1

SERVE_COMPILED: Mapping[str, str] = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
}
"""Internal names of Reflex 0.10: serve front end, events and API on one port without compiling again."""


def migrate(supervisor: Supervisor, environment: Mapping[str, str]) -> None:
    """Bring the database to the newest schema. Raises SandboxError with Alembic's last words."""
    supervisor.run("migrate", [sys.executable, "-m", "alembic", "upgrade", "head"], environment)


def seed(
    supervisor: Supervisor,
    environment: Mapping[str, str],
    *,
    if_empty: bool,
    progress: Callable[[str], None] = lambda text: None,
) -> None:
    """Fill the shelves; with `if_empty` only when there is nothing on them yet."""
    command = [sys.executable, "-m", "sandbox.seed", *(["--if-empty"] if if_empty else [])]
    supervisor.run("seed", command, environment, progress)


def part(environment: Mapping[str, str], port: int, data: Path) -> Part:
    """The store on `port`. One worker: without Redis, page state lives in the process."""
    return Part(
        name="store",
        title="Store",
        command=[
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory", APPLICATION),
            *("--host", LOOPBACK, "--port", str(port)),
            *("--workers", "1", "--workers-kill-timeout", str(STOP_SECONDS)),
        ],
        environment={
            **environment,
            **REFLEX_ENVIRONMENT,
            **SERVE_COMPILED,
            "REFLEX_STATES_WORKDIR": str(data / "states"),
            "REFLEX_UPLOADED_FILES_DIR": str(data / "uploads"),
        },
        is_ready=partial(answers, f"http://{LOOPBACK}:{port}{READY}"),
        ready_within=60,
    )
