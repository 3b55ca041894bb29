"""Serves one part of the sandbox on loopback, in this very process, so that a signal reaches it directly."""

import argparse
import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

LOOPBACK = "127.0.0.1"


def part_arguments(name: str, description: str, *, port: int) -> argparse.ArgumentParser:
    """A parser with the flags every part has; NAME_PORT and NAME_DATA_DIR are their environment variables."""
    parser = argparse.ArgumentParser(prog=f"python -m sandbox.{name}", description=description)
    prefix = name.upper()
    parser.add_argument(
        "--port",
        type=int,
        default=int(os.environ.get(f"{prefix}_PORT", port)),
        help=f"port on {LOOPBACK} (default {port}; {prefix}_PORT)",
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=Path(os.environ.get(f"{prefix}_DATA_DIR", f".larkspur/{name}")),
        help=f"folder for what must survive a restart (default .larkspur/{name}; {prefix}_DATA_DIR)",
    )
    return parser


def setting(
    parser: argparse.ArgumentParser, flag: str, variable: str, *, default: str = "", about: str
) -> None:
    """Adds a flag that can also be given as an environment variable."""
    parser.add_argument(flag, default=os.environ.get(variable, default), help=f"{about} ({variable})")


def several(given: list[str] | None, variable: str) -> tuple[str, ...]:
    """The values of a repeatable flag, or else of an environment variable that separates them by blanks."""
    return tuple(given or os.environ.get(variable, "").split())


def refuse_taken_port(port: int, flag: str = "--port") -> None:
    """Exits with a sentence when another process listens on the port.

    Asked beforehand because the HTTP server shares ports (SO_REUSEPORT) and would start beside the other.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            sys.exit(
                f"Cannot listen on {LOOPBACK}:{port}: {error.strerror}. Stop what uses it or pass {flag}."
            )


def serve(app: Starlette, port: int) -> None:
    """Serves until SIGINT or SIGTERM, then runs the application's shutdown."""
    refuse_taken_port(port)
    asyncio.run(_serve(app, port))


async def _serve(app: Starlette, port: int) -> None:
    server = Server(
        app, address=LOOPBACK, port=port, interface=Interfaces.ASGI, websockets=False, log_access=True
    )
    loop = asyncio.get_running_loop()
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(stop_signal, server.stop)
    await server.serve()
