"""What is wrong before the start gets a sentence that says what to do."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from sandbox import preflight, venv
from sandbox.errors import SandboxError
from sandbox.probes import Ports


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_its_holder_and_the_ways_out(listening: int) -> None:
    with pytest.raises(SandboxError) as refusal:
        preflight.require_ports({"postgres": listening})
    sentence = str(refusal.value)
    assert f"Port {listening} for PostgreSQL is taken by" in sentence
    assert f"(process {os.getpid()})" in sentence
    assert "POSTGRES_PORT=" in sentence
    assert "set DATABASE_URL" in sentence


def test_a_port_taken_on_ipv6_alone_counts_since_browsers_try_it_first() -> None:
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with server, pytest.raises(SandboxError, match=r"Port .* for the store is taken"):
        preflight.require_ports({"store": server.getsockname()[1]})


def test_free_ports_pass() -> None:
    preflight.require_ports(asdict(Ports.free()))


def test_ports_can_be_moved_by_the_environment() -> None:
    ports = Ports.from_environment({"PORT": "4000", "MONGO_PORT": "4017"})
    assert (ports.store, ports.mongo, ports.postgres) == (4000, 4017, 3032)


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "30.5", "٣"])
def test_a_port_that_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(SandboxError, match=r"PORT=.* is not a port"):
        Ports.from_environment({"PORT": text})


def test_missing_and_wrong_packages_are_named(tmp_path: Path) -> None:
    lines = [
        "# pins",
        "pytest==0.1",
        "no-such-package-here==1.0",
        'other-platform==1.0 ; sys_platform == "elsewhere"',
    ]
    (tmp_path / "pins.txt").write_text("\n".join(lines))
    with pytest.raises(SandboxError) as refusal:
        preflight.require_packages(tmp_path, ["pins.txt"])
    assert "pytest is" in str(refusal.value)
    assert "instead of 0.1" in str(refusal.value)
    assert "no-such-package-here is missing" in str(refusal.value)
    assert "other-platform" not in str(refusal.value)
    assert "rm -rf .venv" in str(refusal.value)


def test_this_environment_has_what_the_run_needs() -> None:
    preflight.require_packages(Path(__file__).parents[2])


@pytest.mark.parametrize(
    ("version", "says"), [(None, "none was found"), ("v18.1.0", "is 18.1.0"), ("v22.21.9", "is 22.21.9")]
)
def test_a_missing_or_old_node_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None, says: str
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    if version:
        install(tmp_path, "node", f"echo {version}")
    with pytest.raises(SandboxError, match=rf"needs Node.js 22.22 .*{says}"):
        preflight.find_node({"PATH": str(tmp_path)})


def test_a_fit_node_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    install(tmp_path, "node", "echo v22.22.0")
    install(tmp_path, "npm", "true")
    assert preflight.find_node({"PATH": str(tmp_path)}) == tmp_path


def test_a_python_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"needs Python 3.11 or newer; .* is 3.9.2"):
        venv.find_python()


def test_requirements_are_installed_again_only_when_their_text_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(venv, "PYTHON", Path("/bin/true"))
    venv.VENV.mkdir()
    pins = Path("pins.txt")
    pins.write_text("one==1")
    assert not venv.is_installed(pins)
    venv.install([pins])
    assert venv.is_installed(pins)
    pins.write_text("one==2")
    assert not venv.is_installed(pins)


def test_an_interrupted_installation_is_not_taken_for_a_finished_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(venv, "PYTHON", Path("/bin/false"))
    venv.VENV.mkdir()
    pins = Path("pins.txt")
    pins.write_text("one==1")
    with pytest.raises(SystemExit, match="pip could not install"):
        venv.install([pins])
    assert not venv.is_installed(pins)


def install(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
