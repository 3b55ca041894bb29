"""Which Chromium the tests drive: the system's, else Playwright's own, which is downloaded when it has to be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import playwright
from playwright.async_api import BrowserType as AsyncBrowserType
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
FFMPEG = {"linux": "ffmpeg-linux", "darwin": "ffmpeg-mac", "win32": "ffmpeg-win64.exe"}
"""What Playwright calls its recorder of videos, by platform."""


def launch_options(chromium: BrowserType | AsyncBrowserType) -> dict[str, Any]:
    """What to launch Chromium with. Raises RuntimeError when no browser can be had."""
    options: dict[str, Any] = {"args": list(CALM)}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["args"].append("--no-sandbox")
    system = system_browser()
    if system:
        return {**options, "executable_path": system}
    if not Path(chromium.executable_path).exists():
        _download()
    return options


def system_browser() -> str | None:
    return next(filter(None, map(shutil.which, SYSTEM_BROWSERS)), None)


def lend_ffmpeg(folder: Path) -> None:
    """Let Playwright record videos with the packaged ffmpeg, where its own, which comes with its browser, is missing.

    To be called before Playwright starts. `folder` becomes the place where it looks.
    """
    if "PLAYWRIGHT_BROWSERS_PATH" in os.environ or not system_browser():
        return
    listed = json.loads((Path(playwright.__file__).parent / "driver/package/browsers.json").read_text())
    revision = next(each["revision"] for each in listed["browsers"] if each["name"] == "ffmpeg")
    place = folder / f"ffmpeg-{revision}" / FFMPEG[sys.platform]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(folder)


def _download() -> None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise RuntimeError(NONE_FOUND) from error
