"""The whole examination of a provider, in order."""

from __future__ import annotations

import httpx

from models.permissions import Role
from services.identity.check.asking import WITHIN_SECONDS, NotAnswered
from services.identity.check.client import about_client
from services.identity.check.clock import about_clock
from services.identity.check.discovery import about_discovery, read_discovery, unreadable
from services.identity.check.findings import Finding, Section, attention, fine, told
from services.identity.check.keys import about_keys
from services.settings import ProviderSettings


def examine(settings: ProviderSettings) -> list[Section]:
    """Asks the provider and the settings; changes nothing there. Each section is one of the printout."""
    issuer = settings.oidc_issuer
    discovery = Section("Discovery")
    sections = [discovery]
    with httpx.Client(timeout=WITHIN_SECONDS) as http:
        try:
            answer, document = read_discovery(http, issuer)
        except NotAnswered as reason:
            discovery.findings.append(unreadable(issuer, reason))
        else:
            discovery.findings.append(fine(f"read in {answer.seconds * 1000:.0f} ms"))
            discovery.findings.append(about_clock(answer.ahead))
            discovery.findings.extend(about_discovery(document, issuer))
        if discovery.is_sound:
            sections.append(Section("Signing keys", list(about_keys(http, document["jwks_uri"]))))
            sections.append(Section("The store's application", list(about_client(http, settings, document))))
        else:
            skipped = attention("not tried: mend the above first; the secret goes to no address in doubt")
            sections.append(Section("Signing keys, the store's application", [skipped]))
    return [*sections, _addresses(settings), _roles(settings)]


def _addresses(settings: ProviderSettings) -> Section:
    public = settings.public_url
    return Section(
        "What the application needs to know",
        [
            told(f"redirect URL after signing in      {public}/auth/callback"),
            told(f"redirect URL after signing out     {public}/auth/signed-out"),
            told(f"back-channel logout URL            {public}/auth/backchannel-logout"),
        ],
    )


def _roles(settings: ProviderSettings) -> Section:
    return Section(
        "Names in the claim “roles” that make somebody staff", list(map(_named, _by_role(settings)))
    )


def _by_role(settings: ProviderSettings) -> list[tuple[Role, list[str]]]:
    names = settings.role_names
    return [(role, [name for name, given in names.items() if given is role]) for role in Role]


def _named(pair: tuple[Role, list[str]]) -> Finding:
    role, names = pair
    return told(f"{role:<16} {', '.join(names)}")
