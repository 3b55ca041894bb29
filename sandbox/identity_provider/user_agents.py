"""Which browser a user-agent header stands for, in words somebody recognises their own by."""

import re

BROWSERS = (
    (re.compile(r"Edg(?:A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/"), "Opera"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"Chrome/|CriOS/"), "Chrome"),
    (re.compile(r"Safari/"), "Safari"),
)
SYSTEMS = (
    (re.compile(r"iPhone|iPad"), "iOS"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X"), "macOS"),
    (re.compile(r"Linux|X11"), "Linux"),
)


def device(user_agent: str) -> str:
    """Such as “Firefox on Linux”. The order matters: most browsers also name others they resemble."""
    browser = next((name for pattern, name in BROWSERS if pattern.search(user_agent)), "A program")
    system = next((name for pattern, name in SYSTEMS if pattern.search(user_agent)), "")
    return f"{browser} on {system}" if system else browser
