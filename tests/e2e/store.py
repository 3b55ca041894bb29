"""The store that the browsers visit: seeded, built and served once per run, for all workers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from sandbox import build, store
from sandbox.stack import Stack

ROOT = Path(__file__).parent.parent.parent


def serve(stack: Stack, databases: Mapping[str, str]) -> None:
    """Serve the store on the port that the stack has for it, until the stack is stopped. Raises SandboxError.

    `databases` are addresses of migrated, empty databases, by the names of their variables.
    """
    environment = {**stack.environment, **databases}
    store.seed(stack.supervisor, environment, if_empty=True)
    restock = [sys.executable, "-m", "tests.e2e.restock"]
    subprocess.run(restock, cwd=ROOT, env={**os.environ, **environment}, check=True)
    if not build.is_current(ROOT):
        build.build(ROOT, {**os.environ, **environment}, stack.supervisor)
    part = store.part(environment, stack.ports.store, stack.data_dir / "store")
    stack.supervisor.start(part)
    stack.supervisor.wait_until_ready(part)
