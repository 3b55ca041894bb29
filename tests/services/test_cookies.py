"""Reading a Cookie header, which other sites and programs write into as well."""

from __future__ import annotations

import pytest

from services.identity import cookies
from services.identity.cookies import Cookies
from services.settings import settings


def parsed(header: str) -> Cookies:
    return cookies.parse(header, settings())


@pytest.mark.parametrize(
    "other",
    [
        'prefs={"a":1}',
        "version=1",
        "path=/x",
        "a[b]=1",
        "ä=1",
        "flag",
        "x=a b",
        'q="unclosed',
        "=1",
        "",
        ";;",
    ],
)
def test_what_others_keep_in_their_cookies_signs_nobody_out(other: str) -> None:
    ours = f"{cookies.session_cookie(settings())}=maya; {cookies.visitor_cookie(settings())}=ada"
    assert parsed(f"{other}; {ours}") == parsed(f"{ours}; {other}") == Cookies(session="maya", visitor="ada")


def test_a_value_may_hold_an_equals_sign() -> None:
    assert parsed(f"{cookies.visitor_cookie(settings())}=a=b==").visitor == "a=b=="


def test_of_two_cookies_of_one_name_the_first_counts() -> None:
    name = cookies.visitor_cookie(settings())
    assert parsed(f"{name}=first; {name}=second").visitor == "first"


def test_no_cookies_are_nobodys() -> None:
    assert parsed("") == parsed("other=1") == Cookies()
