"""Which pages may act for a browser: those of this store alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from services.settings import settings


def from_own_page(headers: Headers) -> bool:
    """Whether the `Origin` of a request is this store.

    Over HTTPS that is its public address to the letter: a page sent in the clear is anybody's. Without, on one's own
    machine, it may be any name that the request was sent to.
    """
    scheme, origin = _parts(headers.get("origin", ""))
    own_scheme, own = _parts(settings().public_url)
    if own_scheme == "https":
        return (scheme, origin) == (own_scheme, own)
    return origin != "" and origin in (headers.get("host", ""), own)


def _parts(url: str) -> tuple[str, str]:
    """Scheme, and host with port; empty for what is no address, as `http://[`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc
