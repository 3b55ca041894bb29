"""Who calls: the store with its secret key, or a browser with the publishable one."""

import base64
import binascii
import hmac

from starlette.requests import Request

from sandbox.payment_gateway.errors import GatewayError


def authenticate(request: Request, *allowed: str) -> None:
    """Raises GatewayError (401) unless one of the keys came with the request."""
    given = _api_key(request)
    if not given:
        raise GatewayError("You did not provide an API key.", status=401)
    if not any(hmac.compare_digest(given.encode(), key.encode()) for key in allowed):
        raise GatewayError("Invalid API key provided.", status=401, code="api_key_invalid")


def _api_key(request: Request) -> str:
    """The bearer token, or the user name of basic authentication, as Stripe accepts both."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return credentials.strip()
    try:
        return base64.b64decode(credentials).decode().partition(":")[0] if scheme.lower() == "basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""
