"""One run at a time has the data folder; resetting empties it."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

import pytest

from sandbox import data_folder
from sandbox.errors import SandboxError


def test_a_second_run_is_told_who_has_the_folder(tmp_path: Path) -> None:
    possession = data_folder.take(tmp_path)
    with pytest.raises(SandboxError, match=rf"in use by another run \(process {os.getpid()}\)"):
        data_folder.take(tmp_path)
    with pytest.raises(SandboxError, match="in use"):
        data_folder.empty(tmp_path)
    possession.release()
    data_folder.take(tmp_path).release()


def test_a_new_run_waits_for_the_parts_of_a_killed_one(tmp_path: Path) -> None:
    with (tmp_path / data_folder.PARTS_LOCK).open("w") as ending:
        fcntl.flock(ending, fcntl.LOCK_EX)
        threading.Timer(0.4, fcntl.flock, (ending, fcntl.LOCK_UN)).start()
        began = time.monotonic()
        data_folder.take(tmp_path).release()
        assert time.monotonic() - began >= 0.3


def test_resetting_deletes_all_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "postgres" / "base").mkdir(parents=True)
    (folder / "secrets.json").write_text("{}")
    data_folder.empty(folder)
    assert {entry.name for entry in folder.iterdir()} == {data_folder.RUN_LOCK, data_folder.PARTS_LOCK}


def test_resetting_what_was_never_there_is_fine(tmp_path: Path) -> None:
    data_folder.empty(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_file_in_the_folders_place_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(SandboxError, match="is a file, not a folder: move it away"):
        data_folder.take(tmp_path / "data")
