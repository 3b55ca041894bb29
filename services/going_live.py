"""What a store may not go live with. Each rule names the variables that break it, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from services.loopback import leads_here

if TYPE_CHECKING:
    from services.settings import Settings

SANDBOX_PREFIXES = ("sandbox_", "sk_test_", "pk_test_", "whsec_test_")
SHORTEST_SECRET, FEWEST_DIFFERENT = 16, 6
"""Characters of a secret that somebody made up: that many, and that many different ones."""
MADE_UP = ("PAYMENT_WEBHOOK_SECRET", "METRICS_TOKEN")


def problems(configuration: Settings) -> Iterator[str]:
    """A sentence for every rule that is broken."""
    secrets = _secrets(configuration)
    if missing := [name for name, value in secrets.items() if _is_sandboxs(value)]:
        yield f"production needs secrets of its own, not the sandbox's: set {', '.join(missing)}"
    if weak := [name for name in MADE_UP if not _is_sandboxs(secrets[name]) and _is_guessable(secrets[name])]:
        yield (
            f"{', '.join(weak)} can be guessed: use at least {SHORTEST_SECRET} random characters, "
            "such as those of `openssl rand -hex 32`"
        )
    if local := [name for name, value in _others(configuration).items() if leads_here(value)]:
        yield f"production needs the real thing, not a stand-in on its own machine: set {', '.join(local)}"
    if plain := [
        name for name, value in _encrypted(configuration).items() if not value.startswith("https://")
    ]:
        yield (
            "production speaks HTTPS with browsers, with who signs people in and with who takes their money: "
            f"set {', '.join(plain)} to https://…"
        )


def _secrets(configuration: Settings) -> dict[str, str]:
    return {
        "OIDC_CLIENT_SECRET": configuration.oidc_client_secret.get_secret_value(),
        "PAYMENT_GATEWAY_SECRET_KEY": configuration.payment_gateway_secret_key.get_secret_value(),
        "PAYMENT_GATEWAY_PUBLISHABLE_KEY": configuration.payment_gateway_publishable_key,
        "PAYMENT_WEBHOOK_SECRET": configuration.payment_webhook_secret.get_secret_value(),
        "METRICS_TOKEN": configuration.metrics_token.get_secret_value(),
    }


def _others(configuration: Settings) -> dict[str, str]:
    """Who signs people in and who takes their money. Databases and mail are not among them: a proxy beside the
    store that encrypts is a usual thing."""
    return {
        "OIDC_ISSUER": configuration.oidc_issuer,
        "OIDC_REGISTRATION_URL": configuration.oidc_registration_url,
        "OIDC_ACCOUNT_URL": configuration.oidc_account_url,
        "PAYMENT_GATEWAY_URL": configuration.payment_gateway_url,
        "PAYMENT_GATEWAY_PUBLIC_URL": configuration.payment_gateway_public_url,
    }


def _encrypted(configuration: Settings) -> dict[str, str]:
    others = {name: value for name, value in _others(configuration).items() if value}
    return {"PUBLIC_URL": configuration.public_url, "OIDC_ISSUER": configuration.oidc_issuer} | others


def _is_sandboxs(secret: str) -> bool:
    return not secret or secret.startswith(SANDBOX_PREFIXES)


def _is_guessable(secret: str) -> bool:
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_DIFFERENT
