"""Which pages may act for a browser: those of this store alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from services.settings import settings


def netloc_of(url: str) -> str:
    """Host and port of an address; empty for what is none, as `http://[`."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def from_own_page(headers: Headers) -> bool:
    """Whether the `Origin` of a request is this store, by its public address or by the host it was sent to."""
    origin = netloc_of(headers.get("origin", ""))
    return origin != "" and origin in (headers.get("host", ""), netloc_of(settings().public_url))
