"""What the parts of the local stack are, and what environment the store gets from them."""

import io
import sys
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox import data_folder, mongo, postgres
from sandbox.console import Console
from sandbox.errors import START_OVER
from sandbox.part import Part
from sandbox.probes import LOOPBACK, Ports, answers
from sandbox.supervisor import Supervisor

REPLACED_BY: Mapping[str, str] = {
    "postgres": "DATABASE_URL",
    "mongo": "MONGODB_URL",
    "identity_provider": "OIDC_ISSUER",
    "payment_gateway": "PAYMENT_GATEWAY_URL",
    "mailbox": "SMTP_URL",
}
"""Each part, and the variable that names the user's own instead of it."""

PORTS_OF: Mapping[str, tuple[str, ...]] = {
    "postgres": ("postgres",),
    "mongo": ("mongo",),
    "identity_provider": ("identity_provider",),
    "payment_gateway": ("payment_gateway",),
    "mailbox": ("mailbox", "smtp"),
}

ORGANISATION = "larkspur"
SIGN_IN_CALLBACK = "/auth/callback"
SIGNED_OUT = "/auth/signed-out"
BACKCHANNEL_LOGOUT = "/auth/backchannel-logout"
PAYMENT_WEBHOOK = "/api/v1/webhooks/payments"


class Stack:
    """The outside world of the store, on this machine. A context manager: leaving it stops every part.

    `parts` names what to start; a part whose variable (`REPLACED_BY`) is set in `configured` is left out, and
    the other variables there win over the sandbox's own values. `durable=False` is for data nobody will miss,
    `chaos` lets a test make the payment gateway misbehave.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        ports: Ports | None = None,
        parts: Collection[str] = tuple(REPLACED_BY),
        configured: Mapping[str, str] | None = None,
        durable: bool = True,
        chaos: bool = False,
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.ports = ports or Ports()
        self._configured = {name: value for name, value in (configured or {}).items() if value}
        self.parts = [
            name for name in REPLACED_BY if name in parts and REPLACED_BY[name] not in self._configured
        ]
        self.environment = self._environment()
        self._durable, self._chaos = durable, chaos
        self._possession: data_folder.Possession | None = None
        self._supervisor: Supervisor | None = None

    @property
    def supervisor(self) -> Supervisor:
        """Watches the parts. Raises RuntimeError before the stack is started."""
        if self._supervisor is None:
            raise RuntimeError("The stack is not started.")
        return self._supervisor

    def open(self) -> None:
        """Take the data folder, so that no second run can. Raises SandboxError when one has it."""
        self._possession = data_folder.take(self.data_dir)
        self._supervisor = Supervisor(self.data_dir / "logs", keep_open=[self._possession.parts])

    def start(self, console: Console | None = None) -> None:
        """Start all parts at once and return when every one is ready. Raises SandboxError."""
        if self._supervisor is None:
            self.open()
        console = console or Console(io.StringIO())
        parts = [self._part(name) for name in self.parts]
        for part in parts:
            self.supervisor.start(part)
        for part in parts:
            with console.step(part.title, since=self.supervisor.started(part)):
                self.supervisor.wait_until_ready(part)

    def stop(self) -> None:
        """Stop every part within five seconds and let go of the data folder."""
        if self._supervisor is not None:
            self._supervisor.stop()
            self._supervisor = None
        if self._possession is not None:
            self._possession.release()
            self._possession = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def used_ports(self) -> dict[str, int]:
        """The port of every part to be started, by its name in `Ports`."""
        return {name: getattr(self.ports, name) for part in self.parts for name in PORTS_OF[part]}

    def _environment(self) -> dict[str, str]:
        ports = self.ports
        provider = f"http://localhost:{ports.identity_provider}/t/{ORGANISATION}"
        gateway = f"http://localhost:{ports.payment_gateway}"
        client = self._configured.get("OIDC_CLIENT_ID", "larkspur-store")
        by_part = {
            "postgres": {"DATABASE_URL": postgres.url(ports.postgres)},
            "mongo": {"MONGODB_URL": mongo.url(ports.mongo)},
            "identity_provider": {
                "OIDC_ISSUER": f"{provider}/oauth2/token",
                "OIDC_CLIENT_ID": client,
                "OIDC_CLIENT_SECRET": "sandbox_larkspur_store",
                "OIDC_REGISTRATION_URL": f"{provider}/accountrecoveryendpoint/register.do?client_id={client}",
            },
            "payment_gateway": {
                "PAYMENT_GATEWAY_URL": gateway,
                "PAYMENT_GATEWAY_PUBLIC_URL": gateway,
                "PAYMENT_GATEWAY_SECRET_KEY": "sk_test_larkspur_sandbox",
                "PAYMENT_GATEWAY_PUBLISHABLE_KEY": "pk_test_larkspur_sandbox",
                "PAYMENT_WEBHOOK_SECRET": "whsec_test_larkspur_sandbox",
            },
            "mailbox": {"SMTP_URL": f"smtp://{LOOPBACK}:{ports.smtp}"},
        }
        defaults = {
            "STORE_ENV": "development",
            "PUBLIC_URL": f"http://localhost:{ports.store}",
            "MAIL_FROM": "Larkspur <hello@larkspur.example>",
        }
        for part, variables in by_part.items():
            if REPLACED_BY[part] not in self._configured:
                defaults |= variables
        return {**defaults, **self._configured, "PORT": str(ports.store)}

    def _part(self, name: str) -> Part:
        data = self.data_dir / name
        if name == "postgres":
            return postgres.part(data, self.ports.postgres, durable=self._durable)
        if name == "mongo":
            return mongo.part(data, self.ports.mongo)
        if name == "identity_provider":
            return self._identity_provider()
        if name == "payment_gateway":
            return self._payment_gateway()
        return self._mailbox()

    def _identity_provider(self) -> Part:
        public_url = self.environment["PUBLIC_URL"]
        return self._python_part(
            "identity_provider",
            "Identity provider",
            *("--redirect-uri", f"{public_url}{SIGN_IN_CALLBACK}"),
            *("--post-logout-redirect-uri", f"{public_url}{SIGNED_OUT}"),
            *("--backchannel-logout-uri", f"{public_url}{BACKCHANNEL_LOGOUT}"),
        )

    def _payment_gateway(self) -> Part:
        return self._python_part(
            "payment_gateway",
            "Payment gateway",
            *("--webhook-url", f"http://{LOOPBACK}:{self.ports.store}{PAYMENT_WEBHOOK}"),
            *("--allow-origin", self.environment["PUBLIC_URL"]),
            *(["--chaos"] if self._chaos else []),
        )

    def _mailbox(self) -> Part:
        return self._python_part("mailbox", "Mailbox", "--smtp-port", str(self.ports.smtp))

    def _python_part(self, name: str, title: str, *arguments: str) -> Part:
        port: int = getattr(self.ports, name)
        data = self.data_dir / name
        return Part(
            name=name,
            title=title,
            command=[
                *(sys.executable, "-m", f"sandbox.{name}"),
                *("--port", str(port), "--data-dir", str(data)),
                *arguments,
            ],
            environment=self.environment,
            is_ready=partial(answers, f"http://{LOOPBACK}:{port}/health"),
            advise=lambda lines: f"If its data in {data} is damaged: {START_OVER}",
        )
