"""Which Chromium the tests drive: the system's, else Playwright's own, which is downloaded when it has to be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CALM = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Switches that keep the browser from doing anything but what a test asks for."""
NONE_FOUND = (
    "The browser tests need Chromium, and there is none: install it (`apt install chromium`, "
    "`brew install --cask chromium`) or run `.venv/bin/playwright install --with-deps chromium`."
)


def launch_options(chromium: BrowserType) -> dict[str, Any]:
    """What to launch Chromium with. Raises RuntimeError when no browser can be had."""
    options: dict[str, Any] = {"args": list(CALM)}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["args"].append("--no-sandbox")
    system = next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)
    if system:
        return {**options, "executable_path": system}
    if not Path(chromium.executable_path).exists():
        _download()
    return options


def _download() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(NONE_FOUND) from error
