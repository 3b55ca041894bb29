"""Makes `.venv` and installs requirement files into it, each once for every version of its text.

`python3 -I sandbox/venv.py requirements.txt …`, from the root of the checkout. Runs on the system's Python,
so it uses the standard library only and still parses where that Python is too old. What was interrupted
half-way is completed, what is beyond completing is made anew.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

AT_LEAST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "installed"


def main() -> None:
    """Exits with a sentence when something is in the way."""
    files = [Path(name) for name in sys.argv[1:]]
    python = find_python()
    if VENV.exists() and not is_usable():
        print(f"{VENV} is half-made or its Python is gone: making it anew.", flush=True)
        shutil.rmtree(VENV)
    if not VENV.exists():
        create(python)
    stale = [file for file in files if not is_installed(file)]
    if stale:
        install(stale)


def find_python() -> str:
    """This Python, or a newer one on PATH when this is too old."""
    if sys.version_info >= AT_LEAST:
        return sys.executable
    for name in NEWER:
        found = shutil.which(name)
        if found:
            return found
    wanted, found_version = ".".join(map(str, AT_LEAST)), ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        f"Larkspur needs Python {wanted} or newer; {sys.executable} is {found_version}. Install a newer one"
        f" and name it: make run PYTHON=/path/to/python{wanted}"
    )


def is_usable() -> bool:
    """Whether the environment's Python starts, is new enough and has pip."""
    question = f"import sys, pip; sys.exit(sys.version_info < {AT_LEAST})"
    try:
        return (
            subprocess.run([str(PYTHON), "-c", question], stderr=subprocess.DEVNULL, check=False).returncode
            == 0
        )
    except OSError:
        return False


def create(python: str) -> None:
    """Makes the environment, pip included."""
    print(f"Making {VENV} with {python} …", flush=True)
    made = subprocess.run([python, "-m", "venv", str(VENV)], check=False)
    if made.returncode or not is_usable():
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "The virtual environment could not be made. On Debian and Ubuntu the module venv is a package of"
            " its own: apt install python3-venv, then try again."
        )


def stamp(file: Path) -> Path:
    """Where the fingerprint of the text that was installed is kept."""
    return STAMPS / "-".join(file.parts)


def fingerprint(file: Path) -> str:
    """Of the requirements' text."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def is_installed(file: Path) -> bool:
    """Whether pip finished with this very text of `file`."""
    return stamp(file).is_file() and stamp(file).read_text() == fingerprint(file)


def install(files: list[Path]) -> None:
    """Installs `files` together; their stamps are written when pip has succeeded."""
    print(f"Installing {', '.join(map(str, files))} into {VENV} …", flush=True)
    STAMPS.mkdir(exist_ok=True)
    for file in files:
        stamp(file).unlink(missing_ok=True)
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "on"]
    requirements = [argument for file in files for argument in ("-r", str(file))]
    done = subprocess.run([str(PYTHON), "-m", "pip", "install", *options, *requirements], check=False)
    if done.returncode:
        sys.exit(
            "pip could not install the requirements; its message is above. Check the network or the package"
            " index (pip's own settings apply, PIP_INDEX_URL for example), then try again."
        )
    for file in files:
        stamp(file).write_text(fingerprint(file))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Interrupted. The next start completes what is missing.")
