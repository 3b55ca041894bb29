"""An identity provider that answers what a test tells it to, over HTTP on this machine."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc.jwk import RSAKey

CALLBACK = "http://localhost:3000/auth/callback"
KEY = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": "one"}).as_dict(private=False)
Reply = tuple[int, dict[str, str], bytes]


@dataclass
class LyingProvider:
    """Starts out honest; change `document`, `keys` or the reply to a path to make it lie."""

    origin: str
    document: dict[str, Any] = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [dict(KEY)])
    replies: dict[str, Reply] = field(default_factory=dict)
    date: str | None = None
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        return f"{self.origin}/oauth2/token"

    def be_honest(self) -> None:
        base = f"{self.origin}/oauth2"
        self.document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{base}/authorize",
            "token_endpoint": f"{base}/token",
            "jwks_uri": f"{base}/jwks",
            "userinfo_endpoint": f"{base}/userinfo",
            "introspection_endpoint": f"{base}/introspect",
            "end_session_endpoint": f"{self.origin}/oidc/logout",
            "scopes_supported": ["openid", "profile", "email", "roles"],
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
        }

    def reply(self, path: str, query: dict[str, str], authorization: str) -> Reply:
        """What goes back for a request."""
        if path in self.replies:
            return self.replies[path]
        if path == "/oauth2/token/.well-known/openid-configuration":
            return as_json(self.document)
        if path == "/oauth2/jwks":
            return as_json({"keys": self.keys})
        if path == "/oauth2/token":
            known = authorization == f"Basic {base64.b64encode(b'shop:secret').decode()}"
            return as_json({"error": "invalid_grant" if known else "invalid_client"}, 400 if known else 401)
        if path == "/oauth2/authorize":
            answer = {"error": "login_required", "state": query["state"], "iss": self.issuer}
            return 302, {"Location": f"{query['redirect_uri']}?{urlencode(answer)}"}, b""
        return (200, {}, b"register here") if path == "/register" else (404, {}, b"")


def as_json(body: Any, status: int = 200) -> Reply:
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """Listening until the block ends."""
    provider = LyingProvider("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, body = provider.reply(parts.path, query, self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def date_time_string(self, timestamp: float | None = None) -> str:
            return provider.date or super().date_time_string(timestamp)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.origin = f"http://localhost:{server.server_port}"
    provider.be_honest()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
