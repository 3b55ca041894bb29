"""The folder that holds everything a local run keeps: `.larkspur/` in the checkout."""

import fcntl
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from sandbox.errors import SandboxError

RUN_LOCK, PARTS_LOCK = "run.lock", "parts.lock"
ENDING_SECONDS = 8.0


@dataclass(frozen=True)
class Possession:
    """The right to use the data folder.

    Both are descriptors of locked files (BSD flocks, which end with their owners however these end). `run` is
    this process's alone; `parts` is for handing on to whoever still ends the parts when this process is gone.
    """

    run: int
    parts: int

    def release(self) -> None:
        os.close(self.parts)
        os.close(self.run)


def take(folder: Path) -> Possession:
    """Make `folder` if need be and take it, after waiting for the parts of a killed run to end.

    Raises SandboxError when another run has it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        run, parts = (_open(folder / name) for name in (RUN_LOCK, PARTS_LOCK))
    except (FileExistsError, NotADirectoryError):
        raise SandboxError(f"{folder} is a file, not a folder: move it away, then try again.") from None
    except OSError as refusal:
        raise SandboxError(
            f"{folder} can't be written ({refusal.strerror}): it probably belongs to another user. "
            f"Give it to yourself (`sudo chown -R $(id -un) {folder}`) or delete it."
        ) from None
    deadline = time.monotonic() + ENDING_SECONDS
    if not _lock(run):
        owner = os.pread(run, 32, 0).decode(errors="replace").strip()
        Possession(run, parts).release()
        raise SandboxError(
            f"{folder} is in use by another run (process {owner}): stop that one with Ctrl-C in its terminal "
            f"or `kill {owner}`, then try again."
        )
    os.ftruncate(run, 0)
    os.pwrite(run, f"{os.getpid()}\n".encode(), 0)
    while not _lock(parts):
        if time.monotonic() > deadline:
            Possession(run, parts).release()
            raise SandboxError(
                f"The parts of an earlier run in {folder} are still ending: try again in a moment."
            )
        time.sleep(0.1)
    return Possession(run, parts)


def empty(folder: Path) -> None:
    """Delete all local data. Raises SandboxError while a run uses the folder."""
    if not folder.exists():
        return
    possession = take(folder)
    try:
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry.name not in {RUN_LOCK, PARTS_LOCK}:
                entry.unlink()
    finally:
        possession.release()


def _open(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
