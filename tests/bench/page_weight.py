"""How heavy the pages are: JavaScript and CSS that a first visit loads, gzipped, in KB (1000 bytes).

`python -m tests.bench.page_weight [http://localhost:3000]` against a running store. The limit for a page is 190 KB.
"""

from __future__ import annotations

import gzip
import sys

from playwright.sync_api import Browser, Response, sync_playwright

from tests.e2e.browser import launch_options

LIMIT_KB = 190
PAGES = ("/", "/c/table", "/product/harbour-stoneware-mug", "/cart", "/checkout", "/orders")


def weigh(address: str) -> dict[str, float]:
    """KB of scripts and styles for each page, each in a browser that has seen nothing yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(playwright.chromium))
        weights = {path: _weight_of(browser, address + path) for path in PAGES}
        browser.close()
    return weights


def _weight_of(browser: Browser, url: str) -> float:
    files: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda file: files.append(file))
    page.goto(url)
    page.wait_for_timeout(2500)
    code = [file for file in files if file.request.resource_type in ("script", "stylesheet") and file.ok]
    weight = sum(len(gzip.compress(file.body(), 6)) for file in code) / 1000
    context.close()
    return weight


if __name__ == "__main__":
    for page_path, kilobytes in weigh(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:3000").items():
        print(f"{page_path:36} {kilobytes:6.1f} KB  {kilobytes / LIMIT_KB:.2f} of the limit")
