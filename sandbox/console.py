"""Calm progress on the terminal: one line a step, with the seconds it took."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

TITLE_WIDTH = 30
HEARTBEAT_SECONDS = 5.0


class Step:
    """One line of progress while it is being worked on."""

    def __init__(self, console: "Console", title: str, started: float) -> None:
        self.note = ""
        self._console = console
        self._title = title
        self._started = started
        self._spoke = started

    def progress(self, text: str) -> None:
        """Show what a long step is doing: a live line on a terminal, now and then a line elsewhere."""
        now = time.monotonic()
        if self._console.live:
            self._console.rewrite(f"  · {self._title:<{TITLE_WIDTH}}{now - self._started:6.1f} s  {text}")
        elif now - self._spoke >= HEARTBEAT_SECONDS:
            self._spoke = now
            self._console.line(f"  · {self._title:<{TITLE_WIDTH}}{now - self._started:6.1f} s  {text}")

    def finish(self, mark: str, colour: str) -> None:
        seconds = time.monotonic() - self._started
        note = f"  {self.note}" if self.note else ""
        self._console.rewrite("")
        painted = self._console.paint(mark, colour)
        self._console.line(f"  {painted} {self._title:<{TITLE_WIDTH}}{seconds:6.1f} s{note}")


class Console:
    """Writes progress; colours and live lines only where a person is watching."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self.live = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._coloured = self.live and "NO_COLOR" not in os.environ

    def paint(self, text: str, colour: str) -> str:
        """`colour` is an SGR parameter (ECMA-48), such as "32" for green."""
        return f"\x1b[{colour}m{text}\x1b[0m" if self._coloured else text

    def line(self, text: str = "") -> None:
        self._write(f"{text}\n")

    def rewrite(self, text: str) -> None:
        """Replace the line under the cursor; nothing where lines can't be rewritten."""
        if self.live:
            width = os.get_terminal_size(self._stream.fileno()).columns or 80
            self._write("\r\x1b[2K" + text[: width - 1])

    def _write(self, text: str) -> None:
        """A closed terminal must not keep anyone from stopping in order."""
        encoding = self._stream.encoding or "utf-8"
        with suppress(OSError):
            self._stream.write(text.encode(encoding, "replace").decode(encoding))
            self._stream.flush()

    @contextmanager
    def step(self, title: str, since: float | None = None) -> Iterator[Step]:
        """Time the block. `since` (monotonic seconds) counts from an earlier moment."""
        step = Step(self, title, since if since is not None else time.monotonic())
        step.progress("")
        try:
            yield step
        except BaseException:
            step.finish("✗", "31")
            raise
        step.finish("✓", "32")

    def table(self, rows: Sequence[Sequence[str]], indent: str = "  ") -> None:
        """Print `rows` in aligned columns."""
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.line((indent + "   ".join(cells)).rstrip())
