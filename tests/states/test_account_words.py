"""What an account says about devices and moments."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.ids import now
from store_app.view_models.dates import ago
from store_app.view_models.devices import device_of

SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/150.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox on Windows",
        ),
        (CHROME, "Chrome on macOS"),
        (f"{CHROME} Edg/150.0", "Edge on macOS"),
        (SAFARI, "Safari on an iPhone"),
        (SAFARI.replace("Version/18.1", "CriOS/150.0"), "Chrome on an iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Lynx", "A browser on Linux"),
        ("curl/8.9", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_a_device_is_named_as_its_owner_would(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (-5, "just now"),
        (61, "1 minute ago"),
        (7300, "2 hours ago"),
        (3 * 86_400, "3 days ago"),
    ],
)
def test_a_moment_is_told_as_time_that_has_passed(seconds: int, words: str) -> None:
    assert ago(now() - timedelta(seconds=seconds), now()) == words
