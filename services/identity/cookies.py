"""The cookies: `session` proves who somebody is, `visitor` tells browsers apart, so that guests keep a cart, `currency`
is the one that was chosen to pay in, and `logout` waits for ten minutes for the provider to say that it has signed
somebody out."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from services.settings import Settings

VISITOR_SECONDS = 365 * 24 * 3600
LOGOUT_SECONDS = 600
CURRENCY_SECONDS = 365 * 24 * 3600
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Cookies:
    """The tokens a browser sent; empty when it sent none."""

    session: str = ""
    visitor: str = ""
    logout: str = ""
    currency: str = ""


def session_cookie(settings: Settings) -> str:
    """`__Host-` ties the cookie to this very host over HTTPS (RFC 6265bis, 4.1.3.2); plain HTTP can't have it."""
    return "__Host-larkspur_session" if settings.secure_cookies else "larkspur_session"


def visitor_cookie(settings: Settings) -> str:
    return "__Host-larkspur_visitor" if settings.secure_cookies else "larkspur_visitor"


def logout_cookie(settings: Settings) -> str:
    return "__Host-larkspur_logout" if settings.secure_cookies else "larkspur_logout"


def currency_cookie(settings: Settings) -> str:
    return "__Host-larkspur_currency" if settings.secure_cookies else "larkspur_currency"


def parse(header: str, settings: Settings) -> Cookies:
    """Read a Cookie header as lenient as browsers write it: what others put into theirs doesn't matter (RFC 6265, 5.4).

    A name that was sent twice counts once, the first, which belongs to the longer path.
    """
    pairs = [part.strip().partition("=") for part in header.split(";")]
    jar = {name.strip(): text.strip() for name, _, text in reversed(pairs)}

    def value(name: str) -> str:
        return jar.get(name, "")[:128]

    currency = value(currency_cookie(settings))
    return Cookies(
        session=value(session_cookie(settings)),
        visitor=value(visitor_cookie(settings)),
        logout=value(logout_cookie(settings)),
        currency=currency if _CURRENCY.fullmatch(currency) else "",
    )


def set_cookie_header(name: str, value: str, *, max_age: int, secure: bool) -> str:
    """A Set-Cookie value; `max_age` in seconds, 0 removes the cookie."""
    attributes = f"{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax"
    return f"{attributes}; Secure" if secure else attributes


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What the database keeps of a token; empty for an empty one."""
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def new_visitor_cookie(settings: Settings, token: str = "") -> str:
    """A Set-Cookie value that makes this browser a new visitor for a year."""
    return set_cookie_header(
        visitor_cookie(settings),
        token or new_token(),
        max_age=VISITOR_SECONDS,
        secure=settings.secure_cookies,
    )
