"""The supervisor starts, watches and stops processes, and leaves none behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from sandbox.errors import Interrupted, SandboxError
from sandbox.part import Part
from sandbox.supervisor import Supervisor

ROOT = Path(__file__).parents[2]
SLEEPS = "import time; print('started', flush=True); time.sleep(60)"
IGNORES_SIGTERM = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path / "logs")
    yield supervisor
    supervisor.stop(within=1)


@pytest.fixture
def make_part(tmp_path: Path) -> Callable[..., Part]:
    """A part that runs a line of Python and is ready when its log says so."""

    def make(name: str, code: str = SLEEPS, **options: object) -> Part:
        log = tmp_path / "logs" / f"{name}.log"
        defaults = {
            "name": name,
            "title": name.title(),
            "command": [sys.executable, "-c", code],
            "is_ready": lambda: "started" in log.read_text(),
        }
        return Part(**(defaults | options))  # type: ignore[arg-type]

    return make


def start(supervisor: Supervisor, part: Part) -> None:
    supervisor.start(part)
    supervisor.wait_until_ready(part)


def is_running(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_what_a_part_prints_is_in_its_log_and_the_log_of_the_last_run_is_kept(
    supervisor: Supervisor, make_part: Callable[..., Part], tmp_path: Path
) -> None:
    start(supervisor, make_part("oven", f"print('first'); {SLEEPS}"))
    supervisor.stop()
    start(supervisor, make_part("oven", f"print('second'); {SLEEPS}"))
    assert "second" in (tmp_path / "logs" / "oven.log").read_text()
    assert "first" in (tmp_path / "logs" / "oven.previous.log").read_text()


def test_databases_are_stopped_after_everything_else(
    supervisor: Supervisor, make_part: Callable[..., Part], tmp_path: Path
) -> None:
    ends = tmp_path / "ends"
    code = (
        "import signal, sys, time\n"
        f"def end(*_): open({str(ends)!r}, 'a').write('NAME '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); print('started', flush=True); time.sleep(60)"
    )
    start(supervisor, make_part("database", code.replace("NAME", "database"), stops_last=True))
    start(supervisor, make_part("shop", code.replace("NAME", "shop")))
    supervisor.stop()
    assert ends.read_text().split() == ["shop", "database"]


def test_a_part_that_will_not_stop_is_killed_in_time(
    supervisor: Supervisor, make_part: Callable[..., Part]
) -> None:
    start(supervisor, make_part("stubborn", IGNORES_SIGTERM))
    began = time.monotonic()
    supervisor.stop(within=0.6)
    assert time.monotonic() - began < 1


def test_a_dead_part_is_named_with_its_last_words_and_what_to_do(
    supervisor: Supervisor, make_part: Callable[..., Part]
) -> None:
    code = "import sys; print('started', flush=True); sys.exit('the oven is cold')"
    part = make_part("oven", code, advise=lambda lines: f"Light it: {lines[-1]}.")
    supervisor.start(part)
    with pytest.raises(SandboxError) as failure:
        supervisor.watch()
    assert "Oven ended unexpectedly" in str(failure.value)
    assert "(exit code 1)" in str(failure.value)
    assert "Light it: the oven is cold." in str(failure.value)


def test_a_part_that_ends_before_it_is_ready_is_not_waited_for(
    supervisor: Supervisor, make_part: Callable[..., Part]
) -> None:
    part = make_part("oven", "import sys; sys.exit(3)")
    supervisor.start(part)
    with pytest.raises(SandboxError, match="exit code 3"):
        supervisor.wait_until_ready(part)


def test_a_part_that_never_gets_ready_is_given_up(
    supervisor: Supervisor, make_part: Callable[..., Part]
) -> None:
    part = make_part("oven", is_ready=lambda: False, ready_within=0.2)
    supervisor.start(part)
    with pytest.raises(SandboxError, match="was not ready within"):
        supervisor.wait_until_ready(part)


def test_ctrl_c_ends_the_wait(supervisor: Supervisor, make_part: Callable[..., Part]) -> None:
    start(supervisor, make_part("oven"))
    supervisor.interrupt()
    with pytest.raises(Interrupted):
        supervisor.watch()


def test_a_second_ctrl_c_stops_waiting_for_stubborn_parts(
    supervisor: Supervisor, make_part: Callable[..., Part]
) -> None:
    start(supervisor, make_part("stubborn", IGNORES_SIGTERM))
    supervisor.interrupt()
    supervisor.interrupt()
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began < 1


def test_a_command_reports_its_newest_line_and_its_failure(supervisor: Supervisor) -> None:
    seen: list[str] = []
    code = "import time; print('baking', flush=True); time.sleep(0.3)"
    supervisor.run("bake", [sys.executable, "-c", code], {}, seen.append)
    assert "baking" in seen
    with pytest.raises(SandboxError, match="no flour"):
        supervisor.run("bake", [sys.executable, "-c", "import sys; sys.exit('no flour')"], {})


def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    """Not even what a part has started itself, nor a part that ignores the request to stop."""
    family = (
        f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {SLEEPS!r}]).pid, flush=True)"
    )
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from sandbox.part import Part\n"
        "from sandbox.supervisor import Supervisor\n"
        f"supervisor = Supervisor(Path({str(tmp_path)!r}))\n"
        f"for name, code in (('family', {f'{family}; {SLEEPS}'!r}), ('stubborn', {IGNORES_SIGTERM!r})):\n"
        "    command = [sys.executable, '-c', code]\n"
        "    supervisor.start(Part(name=name, title=name, command=command, is_ready=lambda: True))\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    logs = [tmp_path / "family.log", tmp_path / "stubborn.log"]
    assert eventually(lambda: all(log.exists() and "started" in log.read_text() for log in logs), 10)
    descendants = [process.pid for process in psutil.Process(parent.pid).children(recursive=True)]
    assert len(descendants) == 4, "two parts, one's child and the watchdog"
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert eventually(lambda: not any(map(is_running, descendants)), 8)
