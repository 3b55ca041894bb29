"""`python -m sandbox run|seed|reset`, the commands behind `make`."""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".larkspur"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="The store and its world on one machine."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start everything and serve until Ctrl-C")
    commands.add_parser("seed", help="put the demo catalogue back, without starting the store")
    commands.add_parser("reset", help="delete all local data")
    command = parser.parse_args().command
    try:
        return _carry_out(command)
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.partition(".")[0] in {path.stem for path in ROOT.iterdir()}:
            raise
        print(
            f"The virtual environment {sys.prefix} is incomplete: there is no module {missing.name!r}. "
            "Delete it (`rm -rf .venv`), then `make run` builds it anew.",
            file=sys.stderr,
        )
        return 1


def _carry_out(command: str) -> int:
    """Imports late, so that a half-made environment gets a sentence instead of a traceback."""
    from sandbox import data_folder
    from sandbox.errors import SandboxError

    os.chdir(ROOT)
    try:
        if command == "reset":
            data_folder.empty(DATA)
            print("The local data is gone; `make run` starts afresh.")
            return 0
        from dotenv import dotenv_values

        from sandbox.console import Console
        from sandbox.run import run, seed

        dotenv = {name: value for name, value in dotenv_values(ROOT / ".env").items() if value}
        configured = {**dotenv, **{name: value for name, value in os.environ.items() if value}}
        (run if command == "run" else seed)(ROOT, DATA, configured, Console())
    except SandboxError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
