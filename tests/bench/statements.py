"""What the store asks PostgreSQL, read from the server's own log, and how fast pgbench asks the same."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from sandbox.postgres import SUPERUSER, binaries, url
from sandbox.probes import LOOPBACK
from tests.bench.load import Figures

_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \S+ \S+ \[(\d+)\] (\w+):  ", re.MULTILINE)
_STATEMENT = re.compile(r"(?:execute [^:]+|statement): (.*)", re.DOTALL)
_VALUE = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")


@dataclass
class Server:
    """A PostgreSQL on this machine and the file it logs to."""

    port: int
    log: Path

    @contextmanager
    def listening(self, about: str) -> Iterator[list[str]]:
        """Gather the statements of those who name the table `about` meanwhile, with their values in place."""
        statements: list[str] = []
        self._log_statements("all")
        start = self.log.stat().st_size
        yield statements
        time.sleep(0.2)
        self._log_statements("none")
        with self.log.open() as log:
            log.seek(start)
            statements += _conversation(log.read(), about)

    def _log_statements(self, which: str) -> None:
        with psycopg.connect(host=LOOPBACK, port=self.port, user=SUPERUSER, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET log_statement = '{which}'")
            connection.execute("SELECT pg_reload_conf()")
        time.sleep(0.2)

    def replay(self, text: str, clients: int, seconds: float) -> Figures:
        """What pgbench reaches with a script."""
        with tempfile.TemporaryDirectory(prefix="larkspur-pgbench-") as name:
            folder = Path(name)
            (folder / "script.sql").write_text(text, "utf-8")
            command = [
                *(str(binaries() / "pgbench"), "--no-vacuum", "--protocol=prepared", "--file", "script.sql"),
                *("--client", str(clients), "--jobs", "2", "--time", str(max(1, round(seconds)))),
                *("--log", "--log-prefix", "times", url(self.port)),
            ]
            told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
            assert not told.returncode, told.stdout + told.stderr
            times = [
                int(line.split()[2]) / 1_000_000
                for file in folder.glob("times*")
                for line in file.read_text("utf-8").splitlines()
            ]
        return Figures.of(times, seconds)


def script(statements: Sequence[str], variables: Sequence[str], expressions: Mapping[str, str]) -> str:
    """A script for pgbench: `expressions` take the place of the values that are another each time."""
    lines = [f"\\set {each}" for each in variables]
    for statement in statements:
        for value, expression in expressions.items():
            statement = statement.replace(f"'{value}'", expression)
        lines.append(" ".join(statement.split()) + ";")
    return "\n".join(lines) + "\n"


def _conversation(log: str, about: str) -> list[str]:
    by_process: dict[str, list[str]] = {}
    entries = list(_ENTRY.finditer(log))
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        process, level = entry.groups()
        text = log[entry.end() : following.start() if following else None].rstrip()
        said = by_process.setdefault(process, [])
        if level == "LOG" and (found := _STATEMENT.match(text)):
            said.append(found[1])
        elif level == "DETAIL" and said:
            said[-1] = _with_values(said[-1], dict(_VALUE.findall(text)))
    return [each for said in by_process.values() if any(about in one for one in said) for each in said]


def _with_values(statement: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$(\d+)", lambda place: values[place[1]], statement)
