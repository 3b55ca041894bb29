"""`make run`: everything the store needs, then the store, until someone says stop."""

import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sandbox import build, preflight, store
from sandbox.console import Console
from sandbox.errors import Interrupted
from sandbox.identity_provider.accounts import ACCOUNTS
from sandbox.probes import Ports, accepts
from sandbox.stack import Stack
from sandbox.supervisor import Supervisor

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(root: Path, data_dir: Path, configured: Mapping[str, str], console: Console) -> None:
    """Serve until Ctrl-C, SIGTERM or a closed terminal. Raises SandboxError when a part fails or ends."""
    began, parent = time.monotonic(), os.getppid()
    console.line("Larkspur")
    preflight.require_packages(root)
    stack = Stack(data_dir, ports=Ports.from_environment(configured), configured=configured)
    stack.open()
    with _stopping_calmly(stack, console):
        preflight.require_ports({"store": stack.ports.store, **stack.used_ports()})
        prepare(stack, root, console)
        storefront = store.part(stack.environment, stack.ports.store, stack.data_dir)
        with console.step(storefront.title):
            stack.supervisor.start(storefront)
            stack.supervisor.wait_until_ready(storefront)
        _introduce(stack, console, time.monotonic() - began)
        stack.supervisor.watch(until=lambda: "MAKELEVEL" in os.environ and os.getppid() != parent)


def seed(root: Path, data_dir: Path, configured: Mapping[str, str], console: Console) -> None:
    """Put the demo catalogue back, into the databases of a run under way, else into ones started for it."""
    preflight.require_packages(root)
    ports = Ports.from_environment(configured)
    stack = Stack(data_dir, ports=ports, parts=("postgres", "mongo"), configured=configured)
    if stack.parts and all(map(accepts, stack.used_ports().values())):
        with console.step("Catalogue") as step:
            store.seed(
                Supervisor(data_dir / "logs"), stack.environment, if_empty=False, progress=step.progress
            )
        return
    stack.open()
    with _stopping_calmly(stack, console):
        preflight.require_ports(stack.used_ports())
        stack.start(console)
        with console.step("Database schema"):
            store.migrate(stack.supervisor, stack.environment)
        with console.step("Catalogue") as step:
            store.seed(stack.supervisor, stack.environment, if_empty=False, progress=step.progress)


def prepare(stack: Stack, root: Path, console: Console) -> None:
    """Start the parts of an opened stack and bring schema, goods and front end up to date."""
    stack.start(console)
    with console.step("Database schema"):
        store.migrate(stack.supervisor, stack.environment)
    with console.step("Catalogue") as step:
        store.seed(stack.supervisor, stack.environment, if_empty=True, progress=step.progress)
    with console.step("Front end") as step:
        if build.is_current(root):
            step.note = "unchanged"
        else:
            build.build(root, stack.environment, stack.supervisor, step.progress)


@contextmanager
def _stopping_calmly(stack: Stack, console: Console) -> Iterator[None]:
    """Turn the signals that mean "stop" into one orderly end; a second one makes it a quick end."""
    supervisor = stack.supervisor
    for number in STOP_SIGNALS:
        under_nohup = number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN
        if not under_nohup:
            signal.signal(number, lambda *_: supervisor.interrupt())
    try:
        yield
    except Interrupted:
        console.line()
    finally:
        if supervisor.has_parts:
            with console.step("Stopping"):
                stack.stop()
        stack.stop()


def _introduce(stack: Stack, console: Console, seconds: float) -> None:
    environment, ports = stack.environment, stack.ports
    home = environment["PUBLIC_URL"].rstrip("/")
    places = [("Store", home), ("Staff pages", f"{home}/admin"), ("API docs", f"{home}/api/docs")]
    if "mailbox" in stack.parts:
        places.append(("Mailbox", f"http://localhost:{ports.mailbox}"))
    if "payment_gateway" in stack.parts:
        places.append(
            ("Payment gateway", f"{environment['PAYMENT_GATEWAY_URL']}  (test cards are listed there)")
        )
    if "identity_provider" in stack.parts:
        places.append(("Identity provider", environment["OIDC_ISSUER"]))
    console.line()
    console.line(console.paint(f"Ready after {seconds:.1f} s", "1"))
    console.line()
    console.table(places)
    if "identity_provider" in stack.parts:
        console.line()
        console.table(
            [
                ("Sign in as", "Password", "Role"),
                *((account.email, account.password, account.role_label) for account in ACCOUNTS),
            ]
        )
    console.line()
    console.line(f"  Logs are in {stack.data_dir / 'logs'}. Ctrl-C stops everything; the data stays.")
