"""The lies, one respect each, with the reason the shopper is to be told.

Names with `oidcc-client-test-` are modules of the OpenID Foundation's relying-party plans (basic, config, dynamic).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.hostile_provider.provider import CLIENT, SECRET, HostileProvider
from tests.hostile_provider.server import Answer, json_answer
from tests.hostile_provider.signing import (
    ELLIPTIC,
    FIRST,
    FIRST_UNBOUND,
    SECOND,
    UNPUBLISHED,
    WEAK,
    FromNow,
    changed_afterwards,
    encoded,
    nested,
    signed_by,
    signed_with_public_key,
    signed_with_secret,
    unchecked,
    unsigned,
)

REFUSED, UNAVAILABLE = "sign_in_refused", "sign_in_unavailable"
Tell = Callable[[HostileProvider], None]


@dataclass(frozen=True)
class Lie:
    """What the provider does, and what the page of the store says then."""

    tell: Tell
    reason: str = REFUSED


def says(reason: str = REFUSED, **fields: Any) -> Lie:
    """Lies by the names of the fields of `Lies`."""

    def tell(provider: HostileProvider) -> None:
        for name, value in fields.items():
            setattr(provider.lies, name, value)

    return Lie(tell, reason)


def claims(**lies: Any) -> Lie:
    return says(id_token=lies)


def publishes(*keys: Any, **fields: Any) -> Lie:
    def tell(provider: HostileProvider) -> None:
        provider.keys = list(keys)
        says(**fields).tell(provider)

    return Lie(tell)


def publishes_besides(key: Any, algorithm: str = "RS256", **fields: Any) -> Lie:
    """A key that is none of ours to use stands beside the good one, and signs."""
    entry = {**key.as_dict(private=False), **fields}
    return says(keys=[entry], header={"kid": entry["kid"]}, signature=signed_by(key, algorithm))


def of_provider(change: Callable[[HostileProvider], Any], reason: str = REFUSED) -> Lie:
    return Lie(lambda provider: change(provider) and None, reason)


def answers(path: str, answer: Answer, reason: str = UNAVAILABLE) -> Lie:
    return says(reason, answers={path: answer})


def leads_elsewhere(path: str, status: int = 307) -> Lie:
    """A redirect to where everything would be in order."""

    def tell(provider: HostileProvider) -> None:
        there = {"Location": f"{provider.issuer}/elsewhere{path}"}
        provider.lies.answers[path] = Answer(status, headers=there)

    return Lie(tell, UNAVAILABLE)


MISSING = ...
NESTED = b"[" * 100_000
BIG = json.dumps({"filling": "x" * 300_000}).encode()
SQUEEZED = gzip.compress(json.dumps({"filling": "x" * 100_000_000}).encode())

ID_TOKENS: dict[str, Lie] = {
    "oidcc-client-test-nonce-invalid": claims(nonce="another"),
    "oidcc-client-test-missing-iat": claims(iat=MISSING),
    "oidcc-client-test-missing-sub": claims(sub=MISSING),
    "oidcc-client-test-missing-aud": claims(aud=MISSING),
    "oidcc-client-test-invalid-iss": claims(iss="https://evil.example"),
    "oidcc-client-test-invalid-aud": claims(aud="another-client"),
    "oidcc-client-test-kid-absent-multiple-jwks": publishes(FIRST, SECOND, header={"kid": MISSING}),
    "oidcc-client-test-invalid-sig-rs256": says(signature=signed_by(UNPUBLISHED)),
    "oidcc-client-test-invalid-sig-es256": publishes_besides(ELLIPTIC, "ES256"),
    "oidcc-client-test-invalid-sig-hs256": says(signature=signed_with_secret(SECRET)),
    "oidcc-client-test-idtoken-sig-none": says(signature=unsigned),
    "oidcc-client-test-invalid-athash": claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "no signature though discovery offers that": says(
        signature=unsigned, discovery={"id_token_signing_alg_values_supported": ["none"]}
    ),
    "the signature cut off": says(signature=lambda h, c: signed_by(FIRST)(h, c).rpartition(".")[0] + "."),
    "changed after signing": says(signature=changed_afterwards),
    "signed with the public key as a secret": says(signature=signed_with_public_key(FIRST)),
    "signed with RS512": says(signature=signed_by(FIRST_UNBOUND, "RS512")),
    "signed with PS256": says(signature=signed_by(FIRST_UNBOUND, "PS256")),
    "signed with a key that came in the token": says(
        header={"jwk": UNPUBLISHED.as_dict(private=False)}, signature=signed_by(UNPUBLISHED)
    ),
    "signed with a key at an address in the token": says(
        header={"jku": "https://evil.example/jwks"}, signature=signed_by(UNPUBLISHED)
    ),
    "signed with a key of 1024 bits": publishes_besides(WEAK),
    "signed with a key for encryption": publishes_besides(SECOND, use="enc"),
    "signed with a key for another algorithm": publishes_besides(SECOND, alg="RS512"),
    "a kid that nobody has": says(header={"kid": "nobody's"}),
    "a kid that looks like a file": says(header={"kid": "../../../../dev/null"}),
    "a critical extension": says(header={"crit": ["exp"], "exp": 1}, signature=unchecked),
    "an extension that changes what is signed": says(
        header={"crit": ["b64"], "b64": False}, signature=unchecked
    ),
    "a header that is a list": says(signature=lambda _, content: f"{encoded(['alg'])}.{encoded(content)}.AA"),
    "a header nested without end": says(signature=lambda _, content: f"{nested(700)}.{encoded(content)}.AA"),
    "not a token at all": says(signature=lambda *_: "welcome"),
    "an encrypted token": says(signature=lambda *_: ".".join([encoded({"alg": "dir"}), *("AAAA",) * 4])),
    "claims that are no object": says(signature=lambda head, _: unchecked(head, [])),
    "no nonce": claims(nonce=MISSING),
    "a nonce that is null": claims(nonce=None),
    "no issuer": claims(iss=MISSING),
    "our issuer with one character more": of_provider(
        lambda provider: provider.lies.id_token.update(iss=provider.issuer + "/")
    ),
    "another client's token": claims(aud="another-client", azp="another-client"),
    "another audience though azp is ours": claims(aud="another-client", azp=CLIENT),
    "an audience that only contains our name": claims(aud=f"{CLIENT}-2"),
    "several audiences without us": claims(aud=["one", "two"]),
    "several audiences without azp": claims(aud=[CLIENT, "another-client"]),
    "several audiences with another azp": claims(aud=[CLIENT, "another-client"], azp="another-client"),
    "azp of another": claims(azp="another-client"),
    "azp that is null": claims(azp=None),
    "an audience that is an object": claims(aud={CLIENT: True}),
    "expired": claims(exp=FromNow(-61)),
    "no expiry": claims(exp=MISSING),
    "an expiry in words": claims(exp="tomorrow"),
    "an expiry that is true": claims(exp=True),
    "an expiry that is not a number": claims(exp=float("nan")),
    "an expiry without end": claims(exp=10**400),
    "issued eleven minutes ago": claims(iat=FromNow(-661)),
    "issued in two minutes": claims(iat=FromNow(120)),
    "issued in words": claims(iat="now"),
    "not valid yet": claims(nbf=FromNow(120)),
    "valid from a word on": claims(nbf="soon"),
    "an empty subject": claims(sub=""),
    "a subject that is a number": claims(sub=5),
    "a subject of 256 characters": claims(sub="x" * 256),
    "a subject with a zero byte": claims(sub="somebody\0else"),
    "a hash of an access token that is null": claims(at_hash=None),
}

TOKEN_ANSWERS: dict[str, Lie] = {
    "no ID token": says(tokens={"id_token": MISSING}),
    "an ID token that is null": says(tokens={"id_token": None}),
    "an ID token that is an object": says(tokens={"id_token": {"sub": "x"}}),
    "an empty ID token": says(tokens={"id_token": ""}),
    "no access token": says(tokens={"access_token": MISSING}),
    "an access token with a header in it": says(tokens={"access_token": "x\r\nX-Admin: 1"}),
    "an access token that no encoding takes": says(tokens={"access_token": "\ud800"}),
    "no token type": says(tokens={"token_type": MISSING}),
    "another token type": says(tokens={"token_type": "mac"}),
    "an error with status 200": answers("/token", json_answer({"error": "invalid_grant"}), REFUSED),
    "the code refused": answers("/token", json_answer({"error": "invalid_grant"}, 400), REFUSED),
    "the code refused without a word": answers("/token", Answer(400), REFUSED),
    "our client refused": answers("/token", json_answer({"error": "invalid_client"}, 401)),
    "tokens by redirect": leads_elsewhere("/token"),
    "tokens by redirect with GET": leads_elsewhere("/token", 303),
}
"""Besides what `nonsense` makes of any answer."""

DISCOVERY: dict[str, Lie] = {
    "oidcc-client-test-discovery-issuer-mismatch": says(
        UNAVAILABLE, discovery={"issuer": "https://evil.example"}
    ),
    "no issuer": says(UNAVAILABLE, discovery={"issuer": MISSING}),
    "an issuer that is a list": of_provider(
        lambda provider: provider.lies.discovery.update(issuer=[provider.issuer]), UNAVAILABLE
    ),
    **{
        f"no {name}": says(UNAVAILABLE, discovery={name: MISSING})
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
    },
    **{
        f"{told!r} as an address": says(UNAVAILABLE, discovery={"token_endpoint": told})
        for told in ("/token", "javascript:alert(1)", "http://[", "http://", "file:///etc/passwd", 5, None)
    },
    "an address for userinfo that is none": says(UNAVAILABLE, discovery={"userinfo_endpoint": "userinfo"}),
    "by redirect": leads_elsewhere("/.well-known/openid-configuration"),
}

KEY_SETS: dict[str, Lie] = {
    "no set of keys": answers("/jwks", json_answer({}), REFUSED),
    "keys that are an object": answers("/jwks", json_answer({"keys": {"kid": "first"}}), REFUSED),
    "no keys": answers("/jwks", json_answer({"keys": []}), REFUSED),
    "keys of other kinds": answers(
        "/jwks",
        json_answer({"keys": [ELLIPTIC.as_dict(private=False), {"kty": "oct", "k": "AAAA"}, "none", None]}),
        REFUSED,
    ),
    "a key without numbers": answers(
        "/jwks", json_answer({"keys": [{"kty": "RSA", "kid": "first"}]}), REFUSED
    ),
    "a key with numbers that are none": answers(
        "/jwks", json_answer({"keys": [{"kty": "RSA", "kid": "first", "n": "~", "e": [1]}]}), REFUSED
    ),
    "by redirect": leads_elsewhere("/jwks"),
}

USERINFO: dict[str, Lie] = {
    "oidcc-client-test-userinfo-invalid-sub": says(userinfo={"sub": "somebody-else"}),
    "no subject": says(userinfo={"sub": MISSING}),
    "a subject that is null": says(userinfo={"sub": None}),
    "by redirect": leads_elsewhere("/userinfo"),
}


NONSENSE: dict[str, Answer] = {
    "an error of the server": Answer(500),
    "a server that is away": Answer(503),
    "too many requests": Answer(429),
    "no content": Answer(204),
    "an empty answer": Answer(200),
    "a page": Answer(200, b"<html>Sign in to the guest Wi-Fi</html>"),
    "a list": json_answer([]),
    "a number that is none": Answer(200, b'{"exp": NaN}'),
    "half an answer": Answer(200, b'{"issuer": "htt', {"Content-Length": "5000"}),
    "nested without end": Answer(200, NESTED),
    "too large": Answer(200, BIG),
    "too large when unpacked": Answer(200, SQUEEZED, {"Content-Encoding": "gzip"}),
    "not HTTP": Answer(200, b"", {"Content-Length": "many"}),
}
"""Answers that no endpoint may give; each of them to each."""

SLOW: dict[str, Answer] = {
    "no answer": Answer(200, b"{}", pause=30),
    "byte by byte": Answer(200, b" " * 300, piece=1, pause=0.05),
}

ENDPOINTS = ("/.well-known/openid-configuration", "/token", "/jwks", "/userinfo")


CALLBACKS: dict[str, tuple[dict[str, Any], str]] = {
    "a state that was made up": ({"state": "made-up"}, "wrong_state"),
    "no state": ({"state": None}, "wrong_state"),
    "an empty state": ({"state": ""}, "wrong_state"),
    "a state without end": ({"state": "x" * 5000}, "wrong_state"),
    "iss of another provider": ({"iss": "https://evil.example"}, "wrong_issuer"),
    "iss missing where it is promised": ({"iss": None}, "wrong_issuer"),
    "an empty iss": ({"iss": ""}, "wrong_issuer"),
    "an error in another provider's name": (
        {"code": None, "error": "access_denied", "iss": "https://evil.example"},
        "wrong_issuer",
    ),
    "an error in nobody's name": ({"code": None, "error": "server_error", "iss": None}, "wrong_issuer"),
    "a code that was made up": ({"code": "made-up"}, REFUSED),
    "no code": ({"code": None}, REFUSED),
    "an error beside a code": ({"error": "access_denied"}, "cancelled"),
}
"""What somebody changed in the answer that the browser brings, and the reason that the page gives."""

_MODULE = "oidcc-client-test-rp-backchannel-rpinitlogout"
_EVENT = "http://schemas.openid.net/event/backchannel-logout"

LOGOUT_TOKENS: dict[str, Lie] = {
    f"{_MODULE}-alg-none": says(signature=unsigned),
    f"{_MODULE}-wrong-alg": says(signature=signed_with_secret(SECRET)),
    f"{_MODULE}-wrong-iss": claims(iss="https://evil.example"),
    f"{_MODULE}-wrong-aud": claims(aud="another-client"),
    f"{_MODULE}-no-event": claims(events=MISSING),
    f"{_MODULE}-wrong-event": claims(events={"http://schemas.openid.net/event/other": {}}),
    f"{_MODULE}-with-nonce": claims(nonce="n"),
    "signed by another": says(signature=signed_by(UNPUBLISHED)),
    "signed with the public key as a secret": says(signature=signed_with_public_key(FIRST)),
    "changed after signing": says(signature=changed_afterwards),
    "a kid that nobody has": says(header={"kid": "nobody's"}),
    "the type of another token": says(header={"typ": "at+jwt"}),
    "neither subject nor session": claims(sub=MISSING, sid=MISSING),
    "an empty subject": claims(sub=""),
    "an empty session": claims(sid=""),
    "a subject that is null": claims(sub=None),
    "a session that is a list": claims(sid=["provider-session-1"]),
    "an event that is no object": claims(events={_EVENT: True}),
    "an event that is null": claims(events={_EVENT: None}),
    "events in a list": claims(events=[_EVENT]),
    "events in words": claims(events=_EVENT),
    "a nonce that is null": claims(nonce=None),
    "no jti": claims(jti=MISSING),
    "an empty jti": claims(jti=""),
    "a jti that is a number": claims(jti=7),
    "no issuer": claims(iss=MISSING),
    "no audience": claims(aud=MISSING),
    "no iat": claims(iat=MISSING),
    "issued eleven minutes ago": claims(iat=FromNow(-661)),
    "issued in two minutes": claims(iat=FromNow(120)),
    "no expiry": claims(exp=MISSING),
    "expired": claims(exp=FromNow(-61)),
    "no token": says(signature=lambda *_: "goodbye"),
}

JWT_ACCESS_TOKENS: dict[str, Lie] = {
    "not signed": says(signature=unsigned),
    "signed with our secret": says(signature=signed_with_secret(SECRET)),
    "signed with the public key as a secret": says(signature=signed_with_public_key(FIRST)),
    "signed by another": says(signature=signed_by(UNPUBLISHED)),
    "changed after signing": says(signature=changed_afterwards),
    "another client's token": claims(aud="another-client", client_id="another-client"),
    "no audience and no client": claims(aud=MISSING, client_id=MISSING),
    "another issuer": claims(iss="https://evil.example"),
    "no issuer": claims(iss=MISSING),
    "expired": claims(exp=FromNow(-61)),
    "no expiry": claims(exp=MISSING),
    "not valid yet": claims(nbf=FromNow(120)),
    "no subject": claims(sub=MISSING),
    "an empty subject": claims(sub=""),
    "the nonce of an ID token": claims(nonce="n"),
    "the hash of an ID token": claims(at_hash="x"),
    "the events of a logout token": claims(events={_EVENT: {}}),
    "neither scope nor client": claims(scope=MISSING, client_id=MISSING),
    "the type of a logout token": says(header={"typ": "logout+jwt"}),
    "no type": says(header={"typ": MISSING}),
}

OPAQUE_ACCESS_TOKENS: dict[str, Lie] = {
    "not active": says(introspection={"active": False}),
    "active in words": says(introspection={"active": "true"}),
    "active as a number": says(introspection={"active": 1}),
    "no word of being active": says(introspection={"active": MISSING}),
    "another client's token": says(introspection={"client_id": "another-client"}),
    "nobody's token": says(introspection={"client_id": MISSING}),
    "another issuer": says(introspection={"iss": "https://evil.example"}),
    "a refresh token": says(introspection={"token_type": "Refresh"}),
    "expired": says(introspection={"exp": FromNow(-61)}),
    "no expiry": says(introspection={"exp": MISSING}),
    "not valid yet": says(introspection={"nbf": FromNow(120)}),
    "userinfo of another": says(userinfo={"sub": "somebody-else"}),
    "userinfo of nobody": says(userinfo={"sub": MISSING}),
    "introspection of another": says(introspection={"sub": "somebody-else"}),
    "userinfo refused": answers("/userinfo", Answer(401), REFUSED),
}
