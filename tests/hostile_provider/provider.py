"""The provider. Told nothing, it is honest and exact; a test tells it to lie in one respect."""

from __future__ import annotations

import base64
import hashlib
import secrets
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus, urlencode

from joserfc.jwk import RSAKey

from tests.hostile_provider.server import Answer, Request, Server, json_answer
from tests.hostile_provider.signing import FIRST, FromNow, Sign, at_hash, signed_by, told

CLIENT = "larkspur & sons"
SECRET = "s3cret: for the hostile provider & more"
Fields = dict[str, Any]


@dataclass
class Lies:
    """Fields that differ from the truth (`...` leaves one out), and whole answers by path."""

    discovery: Fields = field(default_factory=dict)
    header: Fields = field(default_factory=dict)
    id_token: Fields = field(default_factory=dict)
    tokens: Fields = field(default_factory=dict)
    userinfo: Fields = field(default_factory=dict)
    introspection: Fields = field(default_factory=dict)
    callback: Fields = field(default_factory=dict)
    keys: list[Fields] = field(default_factory=list)
    signature: Sign | None = None
    answers: dict[str, Answer] = field(default_factory=dict)


class HostileProvider:
    """A provider on a port of its own. Each instance is an issuer nobody has heard of before."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.lies = Lies()
        self.keys: list[RSAKey] = [FIRST]
        self.requests: list[Request] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.access_token = "opaque-" + secrets.token_urlsafe(24)
        self.person: Fields = {"sub": f"person-{secrets.token_hex(8)}"}
        self.given: list[str] = [SECRET, self.access_token]
        self._server, self._scheme, self.issuer = Server(self._respond, tls), "https" if tls else "http", ""

    async def open(self) -> None:
        self.issuer = f"{self._scheme}://localhost:{await self._server.open()}"

    async def close(self) -> None:
        await self._server.close()
        assert not self._server.failures

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]

    def signed(self, claims: Fields, lies: Fields | None = None, **header: Any) -> str:
        """A token with the claims of this provider."""
        honest = {"iss": self.issuer, "aud": CLIENT, "iat": FromNow(0), "exp": FromNow(300), **claims}
        sign = self.lies.signature or signed_by(self.keys[0])
        head = told({"alg": "RS256", "kid": self.keys[0].kid, **header}, self.lies.header)
        token = sign(head, told(honest, lies or {}))
        self.given.append(token)
        return token

    async def _respond(self, request: Request) -> Answer:
        self.requests.append(request)
        if request.path in self.lies.answers:
            return self.lies.answers[request.path]
        match request.path.removeprefix("/elsewhere"):
            case "/.well-known/openid-configuration":
                return json_answer(told(self._discovery(), self.lies.discovery))
            case "/jwks":
                published = [key.as_dict(private=False) for key in self.keys]
                return json_answer({"keys": [*self.lies.keys, *published]})
            case "/authorize":
                return self._authorize(request)
            case "/token":
                return self._token(request)
            case "/userinfo":
                return self._userinfo(request)
            case "/introspect":
                return self._introspect(request)
        return Answer(404)

    def _discovery(self) -> Fields:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=larkspur",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "introspection_endpoint": f"{self.issuer}/introspect",
            "end_session_endpoint": f"{self.issuer}/logout",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _authorize(self, request: Request) -> Answer:
        code = secrets.token_urlsafe(16)
        self.codes[code] = request.query
        self.given.append(code)
        honest = {"code": code, "state": request.query["state"], "iss": self.issuer}
        back = f"{request.query['redirect_uri']}?{urlencode(told(honest, self.lies.callback))}"
        return Answer(302, headers={"Location": back})

    def _token(self, request: Request) -> Answer:
        if not _is_our_client(request):
            return json_answer({"error": "invalid_client"}, 401)
        asked = self.codes.pop(request.form.get("code", ""), None)
        if asked is None or not _fits(asked, request.form):
            return json_answer({"error": "invalid_grant", "error_description": "<b>no</b>"}, 400)
        claims = {
            **self.person,
            "nonce": asked["nonce"],
            "at_hash": at_hash(self.access_token),
            "email": "nell@larkspur.example",
            "name": "Nell Reed",
            "sid": "provider-session-1",
        }
        id_token = self.signed(claims, self.lies.id_token)
        honest = {"access_token": self.access_token, "token_type": "Bearer", "id_token": id_token}
        return json_answer(told(honest, self.lies.tokens))

    def _userinfo(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.access_token}" or request.query:
            return Answer(401)
        honest = {**self.person, "email": "from-userinfo@larkspur.example", "name": "From Userinfo"}
        return json_answer(told(honest, self.lies.userinfo))

    def _introspect(self, request: Request) -> Answer:
        if not _is_our_client(request):
            return Answer(401)
        if request.form.get("token") != self.access_token:
            return json_answer({"active": False})
        honest = {**self.person, "active": True, "client_id": CLIENT, "exp": FromNow(300)}
        return json_answer(told(honest, self.lies.introspection))


def _is_our_client(request: Request) -> bool:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    name, _, secret = base64.b64decode(credentials).decode().partition(":")
    return scheme == "Basic" and (unquote_plus(name), unquote_plus(secret)) == (CLIENT, SECRET)


def _fits(asked: dict[str, str], form: dict[str, str]) -> bool:
    """Whether the code is redeemed by whoever asked for it (RFC 7636, 4.6)."""
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return challenge == asked["code_challenge"] and form["redirect_uri"] == asked["redirect_uri"]
