"""What the store tells browsers to refuse, as it leaves the real server (OWASP ASVS 4.0, 14.4 and 14.5)."""

from __future__ import annotations

import httpx
import pytest

from tests.e2e.wire import handshake

EVIL = "https://evil.example"
PAGES = ("/", "/product/billy-enamel-mug", "/checkout", "/admin", "/sign-in-problem", "/nothing-here")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_our_scripts_only_and_is_framed_by_nobody(base_url: str, path: str) -> None:
    headers = httpx.get(base_url + path, headers={"accept": "text/html"}).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "*" not in policy["script-src"].split()
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert policy["base-uri"] == "'self'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cache-control"].startswith(("private", "no-store"))


@pytest.mark.parametrize("path", ["/", "/api/v1/products", "/api/v1/me", "/media/x.svg"])
def test_no_other_site_may_read_what_the_store_answers(base_url: str, path: str) -> None:
    preflight = {"origin": EVIL, "access-control-request-method": "POST"}
    for answer in (
        httpx.get(base_url + path, headers={"origin": EVIL}),
        httpx.options(base_url + path, headers=preflight),
    ):
        assert answer.headers.get("access-control-allow-origin") not in (EVIL, "*")


def test_the_event_socket_opens_for_our_pages_only(base_url: str) -> None:
    assert handshake(base_url, base_url) == 101
    for origin in (EVIL, "null", f"{base_url}.evil.example", base_url.replace("localhost", "127.0.0.1")):
        assert handshake(base_url, origin) in (400, 403), origin


def test_the_sockets_other_way_in_is_closed_to_other_sites_too(base_url: str) -> None:
    answer = httpx.get(
        f"{base_url}/_event/?token=x&EIO=4&transport=polling", headers={"origin": EVIL, "cookie": "a=b"}
    )
    assert answer.headers.get("access-control-allow-origin") != EVIL
    assert answer.status_code == 400
