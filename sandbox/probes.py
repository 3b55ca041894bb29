"""Questions about what listens on this machine: is it up, is the port free, who has it."""

import http.client
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from sandbox.errors import SandboxError

LOOPBACK = "127.0.0.1"


def accepts(port: int, host: str = LOOPBACK) -> bool:
    """Whether something accepts TCP connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def answers(url: str) -> bool:
    """Whether `url` answers 200 within two seconds."""
    try:
        with urlopen(url, timeout=2) as response:  # noqa: S310 - the callers' own loopback URLs
            return bool(response.status == http.HTTPStatus.OK)
    except (URLError, OSError, http.client.HTTPException):
        return False


def is_taken(port: int) -> bool:
    """Whether a browser or a server could meet somebody else there, on IPv4 or IPv6."""
    if accepts(port) or accepts(port, "::1"):
        return True
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return True
    return False


def holder(port: int) -> str:
    """Who listens on `port`, in words; another user's process can't always be seen."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            for connection in process.net_connections(kind="tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                    return f"{process.name()} (process {process.pid})"
    return "another program"


@dataclass(frozen=True)
class Ports:
    """TCP ports of the stack, all on loopback."""

    store: int = 3000
    identity_provider: int = 3001
    payment_gateway: int = 3002
    mailbox: int = 3003
    mongo: int = 3017
    smtp: int = 3025
    postgres: int = 3032

    @classmethod
    def free(cls) -> Self:
        """Ports nobody uses at the moment."""
        names = [port.name for port in fields(cls)]
        sockets = [socket.create_server((LOOPBACK, 0)) for _ in names]
        try:
            return cls(**{name: each.getsockname()[1] for name, each in zip(names, sockets, strict=True)})
        finally:
            for each in sockets:
                each.close()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The usual ports, unless `PORT` (the store's) or `<PART>_PORT` says otherwise."""
        chosen: dict[str, int] = {}
        for port in fields(cls):
            variable = cls.variable(port.name)
            text = environment.get(variable, "")
            if not text:
                continue
            if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
                raise SandboxError(f"{variable}={text!r} is not a port: give a number from 1 to 65535.")
            chosen[port.name] = int(text)
        return cls(**chosen)

    @staticmethod
    def variable(name: str) -> str:
        """The environment variable that moves the port called `name`."""
        return "PORT" if name == "store" else f"{name.upper()}_PORT"
