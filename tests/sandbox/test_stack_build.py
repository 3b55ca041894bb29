"""The front end is built again exactly when something it is made of has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from sandbox import build
from sandbox.errors import SandboxError
from sandbox.supervisor import Supervisor

ENDPOINTS = "var e={EVENT:`ws://localhost:3000/_event`,PING:`http://localhost:3000/ping`};export{e as t};"


class Bundler(Supervisor):
    """Writes in place of Reflex what Reflex leaves behind."""

    def __init__(self, root: Path, *, forgetful: bool = False) -> None:
        super().__init__(root / "logs")
        self.root = root
        self.forgetful = forgetful

    def run(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_line: Callable[[str], None] = lambda line: None,
    ) -> None:
        assert "export" in command
        on_line("\x1b[32mCompiling: ━━━━╸ 100%\x1b[0m")
        assets = self.root / build.OUTPUT / "assets"
        assets.mkdir(parents=True, exist_ok=True)
        (assets / "reflex-env-abc.js").write_text(ENDPOINTS)
        (assets / "reflex-env-abc.js.gz").write_bytes(b"stale")
        (self.root / "reflex.lock").mkdir(exist_ok=True)
        (self.root / "reflex.lock" / "package-lock.json").write_text("{}")
        if not self.forgetful:
            (self.root / build.SHELL).write_text("<!doctype html>")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for file in ("rxconfig.py", "requirements.txt", "assets/theme.css", "store_app/pages/home.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(file)
    return tmp_path


def test_nothing_built_is_not_current(project: Path) -> None:
    assert not build.is_current(project)


def test_a_finished_build_is_current(project: Path) -> None:
    seen: list[str] = []
    build.build(project, {}, Bundler(project), seen.append)
    assert build.is_current(project)
    assert seen == ["Compiling: 100%"]


@pytest.mark.parametrize("change", ["store_app/pages/home.py", "store_app/pages/new.py", "assets/theme.css"])
def test_a_changed_source_asks_for_a_new_build(project: Path, change: str) -> None:
    build.build(project, {}, Bundler(project))
    (project / change).write_text("changed")
    assert not build.is_current(project)


def test_a_deleted_file_of_the_bundle_asks_for_a_new_build(project: Path) -> None:
    build.build(project, {}, Bundler(project))
    next((project / build.OUTPUT / "assets").iterdir()).unlink()
    assert not build.is_current(project)


def test_compiled_bytecode_and_other_files_do_not(project: Path) -> None:
    build.build(project, {}, Bundler(project))
    (project / "store_app" / "__pycache__").mkdir()
    (project / "store_app" / "__pycache__" / "home.pyc").write_bytes(b"x")
    (project / "README.md").write_text("changed")
    assert build.is_current(project)


def test_one_bundle_serves_any_port(project: Path) -> None:
    build.build(project, {}, Bundler(project))
    assets = project / build.OUTPUT / "assets"
    script = (assets / "reflex-env-abc.js").read_text()
    assert "`ws://localhost:${location.port}/_event`" in script
    assert "3000" not in script
    assert not (assets / "reflex-env-abc.js.gz").exists()


def test_a_build_without_a_result_is_an_error_and_not_current(project: Path) -> None:
    with pytest.raises(SandboxError, match="is missing"):
        build.build(project, {}, Bundler(project, forgetful=True))
    assert not build.is_current(project)
