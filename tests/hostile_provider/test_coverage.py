"""How many lies there are, and that none of the certification plans' is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.hostile_provider import lies
from tests.hostile_provider.test_callback import ERRORS
from tests.hostile_provider.test_sign_out import RETURNS

_BACK_CHANNEL = "rp-backchannel-rpinitlogout"
NEGATIVE_MODULES = {
    "invalid-aud",
    "invalid-athash",
    "invalid-iss",
    "invalid-sig-es256",
    "invalid-sig-hs256",
    "invalid-sig-rs256",
    "idtoken-sig-none",
    "kid-absent-multiple-jwks",
    "missing-aud",
    "missing-iat",
    "missing-sub",
    "nonce-invalid",
    "userinfo-invalid-sub",
    "discovery-issuer-mismatch",
    "rp-init-logout-no-state",
    "rp-init-logout-other-state",
    *(f"{_BACK_CHANNEL}-{case}" for case in ("alg-none", "no-event", "with-nonce", "wrong-alg")),
    *(f"{_BACK_CHANNEL}-{case}" for case in ("wrong-aud", "wrong-event", "wrong-iss")),
}
"""Of the code flow, in the plans basic, config, dynamic, RP-initiated and back-channel logout."""
POSITIVE_MODULES = {
    "kid-absent-single-jwks",
    "ignores-unparseable-key-in-jwks",
    "discovery-jwks-uri-keys",
    "scope-userinfo-claims",
    "signing-key-rotation",
    "signing-key-rotation-just-before-signing",
    "userinfo-bearer-header",
    "rp-init-logout",
    "rp-backchannel-rpinitlogout",
}
TABLES = {
    "ID tokens": len(lies.ID_TOKENS),
    "answers of the token endpoint": len(lies.TOKEN_ANSWERS),
    "discovery": len(lies.DISCOVERY),
    "keys": len(lies.KEY_SETS),
    "userinfo": len(lies.USERINFO),
    "nonsense and slowness, at each endpoint": len(lies.ENDPOINTS) * (len(lies.NONSENSE) + len(lies.SLOW)),
    "callbacks": len(lies.CALLBACKS),
    "errors": len(ERRORS),
    "returns from signing out": len(RETURNS),
    "logout tokens": len(lies.LOGOUT_TOKENS),
    "signed access tokens": len(lies.JWT_ACCESS_TOKENS),
    "opaque access tokens": len(lies.OPAQUE_ACCESS_TOKENS),
}


def test_every_module_of_the_certification_plans_is_here() -> None:
    folder = Path(__file__).parent
    written = "".join(file.read_text() for file in sorted(folder.glob("*.py")) if file != Path(__file__))
    written = written.replace('f"{_MODULE}', f'"oidcc-client-test-{_BACK_CHANNEL}')
    found = set(re.findall(r"oidcc-client-test-([a-z0-9-]*[a-z0-9])", written))
    assert found >= NEGATIVE_MODULES | POSITIVE_MODULES


def test_there_are_this_many_lies(record_property: Callable[[str, object], None]) -> None:
    record_property("hostile_cases", sum(TABLES.values()))
    print(*(f"{count:4} {name}" for name, count in TABLES.items()), sep="\n")  # noqa: T201
    print(f"{sum(TABLES.values()):4} hostile cases")  # noqa: T201
    assert sum(TABLES.values()) >= 250
