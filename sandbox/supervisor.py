"""Starts the parts of a stack as child processes, watches them and stops them together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sandbox import watchdog
from sandbox.errors import Interrupted, SandboxError
from sandbox.logs import excerpt, tail
from sandbox.part import Part
from sandbox.processes import ending, kill_group, spawn

POLL_SECONDS = 0.05
STOP_SECONDS = 4.5


@dataclass
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    log: Path
    started: float


class Supervisor:
    """Owns the child processes of one stack. `logs` gets a file for each of them.

    No part outlives the supervisor: a watchdog process ends them when this one is killed.
    """

    def __init__(self, logs: Path, keep_open: Sequence[int] = ()) -> None:
        """`keep_open`: file descriptors that stay open until the last part has ended, whoever ends it."""
        self._logs = logs
        self._keep_open = tuple(keep_open)
        self._running: list[_Running] = []
        self._watchdog: subprocess.Popen[bytes] | None = None
        self._interrupted = False
        self._impatient = False

    def interrupt(self) -> None:
        """Make the call under way raise Interrupted; once more, and stopping becomes killing. Signal-safe."""
        self._impatient = self._interrupted
        self._interrupted = True

    def start(self, part: Part) -> None:
        """Start `part` without waiting for it."""
        part.prepare()
        log = self._logs / f"{part.name}.log"
        self._running.append(
            _Running(part, self._spawn(part.command, part.environment, log, part), log, time.monotonic())
        )

    def wait_until_ready(self, part: Part) -> None:
        """Return when `part` answers. Raises SandboxError if it ends first or takes too long."""
        running = next(running for running in self._running if running.part is part)
        while not part.is_ready():
            self._check([running])
            time.sleep(POLL_SECONDS)
            if time.monotonic() - running.started > part.ready_within:
                raise SandboxError(
                    f"{part.title} was not ready within {part.ready_within:.0f} s.\n{excerpt(running.log)}"
                )
        self._check([running])
        part.settle()

    @property
    def has_parts(self) -> bool:
        return bool(self._running)

    def started(self, part: Part) -> float:
        """When `part` was started, in monotonic seconds."""
        return next(running.started for running in self._running if running.part is part)

    def run(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_line: Callable[[str], None] = lambda line: None,
    ) -> None:
        """Run one command to its end; `on_line` sees the newest line of its output now and then.

        Raises SandboxError, with the end of the output, when the command fails.
        """
        log = self._logs / f"{name}.log"
        process = self._spawn(command, environment, log)
        try:
            while process.poll() is None:
                self._pause()
                on_line("".join(tail(log, 1)))
        finally:
            kill_group(process)
            self._tell_watchdog(f"-{process.pid}")
        if process.returncode:
            raise SandboxError(
                f"`{' '.join(command)}` failed ({ending(process.returncode)}).\n{excerpt(log)}"
            )

    def check(self) -> None:
        """Raise SandboxError if a part has ended, Interrupted if someone asked to stop."""
        self._check(self._running)

    def _check(self, watched: Sequence[_Running]) -> None:
        if self._interrupted:
            raise Interrupted("Interrupted.")
        for running in watched:
            code = running.process.poll()
            if code is None:
                continue
            seconds = time.monotonic() - running.started
            part = running.part
            advice = part.advise(tail(running.log, 40))
            raise SandboxError(
                f"{part.title} ended unexpectedly after {seconds:.1f} s ({ending(code)}).\n"
                + excerpt(running.log, part.readable)
                + (f"\n{advice}" if advice else "")
            )

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Block while every part lives and `until()` is false. Raises as `check` does."""
        while not until():
            self._pause(0.2)

    def stop(self, within: float = STOP_SECONDS) -> None:
        """Stop every part, newest first, databases last; kill what has not ended `within` so many seconds."""
        deadline = time.monotonic() + within
        self._stop(
            [running for running in self._running if not running.part.stops_last],
            time.monotonic() + within / 2,
        )
        self._stop([running for running in self._running if running.part.stops_last], deadline)
        self._running.clear()
        if self._watchdog is not None and self._watchdog.stdin is not None:
            with suppress(BrokenPipeError):
                self._watchdog.stdin.close()
            self._watchdog.wait()
            self._watchdog = None

    def _stop(self, group: Sequence[_Running], deadline: float) -> None:
        for running in reversed(group):
            if running.process.poll() is None:
                running.process.send_signal(running.part.stop_signal)
        for running in reversed(group):
            while running.process.poll() is None and time.monotonic() < deadline and not self._impatient:
                time.sleep(0.01)
            kill_group(running.process)
            self._tell_watchdog(f"-{running.process.pid}")

    def _spawn(
        self, command: Sequence[str], environment: Mapping[str, str], log: Path, part: Part | None = None
    ) -> subprocess.Popen[bytes]:
        self._logs.mkdir(parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_suffix(".previous.log"))
        with log.open("wb") as output:
            process = spawn(command, environment, output, part.user if part else None)
        self._tell_watchdog(f"+{process.pid} {int(part.stop_signal if part else signal.SIGTERM)}")
        return process

    def _tell_watchdog(self, message: str) -> None:
        if self._watchdog is None:
            self._watchdog = subprocess.Popen(
                [sys.executable, "-I", "-S", watchdog.__file__],
                stdin=subprocess.PIPE,
                start_new_session=True,
                pass_fds=self._keep_open,
            )
        if self._watchdog.stdin is not None:
            with suppress(BrokenPipeError):
                self._watchdog.stdin.write(f"{message}\n".encode())
                self._watchdog.stdin.flush()

    def _pause(self, seconds: float = POLL_SECONDS) -> None:
        self.check()
        time.sleep(seconds)
