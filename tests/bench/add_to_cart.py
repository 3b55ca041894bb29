"""How long it takes from the click on "Add to cart" until the number at the cart has changed, in the page's own clock.

`python -m tests.bench.add_to_cart [http://localhost:3000]` against a running store. The yardstick, measured in the same
run, is a request that does nothing at the same server from the same page.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import launch_options

PRODUCT = "/product/harbour-stoneware-mug"
ROUNDS = 30
PAUSE_MS = 500
"""The form takes no second click within 400 ms."""

CLICK = """async () => {
    const button = [...document.querySelectorAll('[data-testid=add-to-cart]')].find(each => each.offsetParent);
    const count = () => document.querySelector('[data-testid=cart-count]')?.textContent ?? '';
    const before = count(), started = performance.now();
    return await new Promise((done, failed) => {
        const timer = setTimeout(() => failed(new Error('the number did not change')), 5000);
        const seen = () => {
            if (count() === before) return;
            clearTimeout(timer);
            watch.disconnect();
            done(performance.now() - started);
        };
        const watch = new MutationObserver(seen);
        watch.observe(document.body, {subtree: true, childList: true, characterData: true});
        button.click();
    });
}"""
NOTHING = """async () => {
    const started = performance.now();
    await (await fetch('/api/v1/health/live', {cache: 'no-store'})).text();
    return performance.now() - started;
}"""


def times(page: Page, script: str) -> list[float]:
    """Milliseconds of each round after the first three."""
    found = []
    for _ in range(ROUNDS + 3):
        found.append(float(page.evaluate(script)))
        page.wait_for_timeout(PAUSE_MS)
    return found[3:]


def measure(address: str) -> tuple[list[float], list[float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(playwright.chromium))
        page = browser.new_page()
        page.goto(address + PRODUCT)
        page.get_by_test_id("add-to-cart").first.wait_for()
        page.wait_for_timeout(1500)
        adding, nothing = times(page, CLICK), times(page, NOTHING)
        browser.close()
    return adding, nothing


if __name__ == "__main__":
    clicks, requests = measure(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:3000")
    for name, values in (("add to cart", clicks), ("a request that does nothing", requests)):
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{name:28} p50 {statistics.median(values):6.1f} ms   p95 {p95:6.1f} ms")
    print(f"ratio of the medians         {statistics.median(clicks) / statistics.median(requests):.1f}")
