"""The front end: compiled and bundled by Reflex only when something it is made of has changed.

That is all the Python the pages can reach: the bundle carries a hash of the state classes, and Reflex makes
a browser reload when the server's differs, so a stale bundle must never be served.
"""

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.preflight import find_node
from sandbox.supervisor import Supervisor

SOURCES = (
    "rxconfig.py",
    "requirements.txt",
    "assets",
    "models",
    "services",
    "store_app",
    "sandbox/build.py",
)
OUTPUT = Path(".web/build/client")
OUTPUTS = (str(OUTPUT), ".web/backend", "reflex.lock")
SHELL = OUTPUT / "__spa-fallback.html"
STAMP = Path(".web/build/larkspur.sha256")
IGNORED = {"__pycache__", ".DS_Store", "external"}
"""`assets/external` is written by the build itself."""

REFLEX_ENVIRONMENT: Mapping[str, str] = {
    "REFLEX_USE_NPM": "1",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
}


def is_current(root: Path) -> bool:
    """Whether the bundle in `root` is whole and made from the sources as they are."""
    stamp = root / STAMP
    return (
        (root / SHELL).is_file()
        and stamp.is_file()
        and stamp.read_text().split() == [_digest(root, SOURCES), _digest(root, OUTPUTS)]
    )


def build(
    root: Path,
    environment: Mapping[str, str],
    supervisor: Supervisor,
    progress: Callable[[str], None] = lambda text: None,
) -> None:
    """Build the production front end into `.web`. Raises SandboxError, with the end of the output."""
    path = os.pathsep.join([str(find_node(environment)), environment.get("PATH", os.defpath)])
    sources = _digest(root, SOURCES)
    (root / STAMP).unlink(missing_ok=True)
    supervisor.run(
        "build",
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"],
        {**environment, **REFLEX_ENVIRONMENT, "PATH": path},
        lambda line: progress(_plain(line)),
    )
    if not (root / SHELL).is_file():
        raise SandboxError(f"The front-end build ended without an error, but {root / SHELL} is missing.")
    _follow_the_page(root / OUTPUT)
    (root / STAMP).write_text(f"{sources}\n{_digest(root, OUTPUTS)}\n")


def _digest(root: Path, names: Sequence[str]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in _files(root, names):
        digest.update(f"{path.relative_to(root)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(root: Path, names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        top = root / name
        if top.is_file():
            yield top
        for path in sorted(top.rglob("*")) if top.is_dir() else ():
            if path.is_file() and not IGNORED.intersection(path.parts):
                yield path


def _follow_the_page(static: Path) -> None:
    """Make the bundle work on whatever port it is served from.

    Reflex writes the addresses of its endpoints with the port of the build into one small script, as template
    literals, and replaces only the host name in the browser. Behind HTTPS it drops the port by itself.
    """
    for script in (static / "assets").glob("reflex-env-*.js"):
        text = script.read_text()
        script.write_text(re.sub(r"(`\w+://localhost):\d+", r"\1:${location.port}", text))
        for compressed in (".gz", ".br", ".zst"):
            script.with_name(script.name + compressed).unlink(missing_ok=True)


def _plain(line: str) -> str:
    """Without colours and the strokes of a progress bar."""
    return " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[━╸╺]+", " ", line).split())
