"""Nothing jumps while a page fills, and a page of twice the size still fits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.e2e.flows import MUG
from tests.e2e.looks import Look, overflowing
from tests.e2e.pages.frame import StorePage

MOST_SHIFT = 0.02
"""Cumulative layout shift; a fifth of what counts as good (https://web.dev/articles/cls)."""
COUNT_SHIFTS = """
  window.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/", "/c/table", "/search?q=mug", MUG, "/cart", "/orders"])
def test_nothing_jumps_while_a_page_fills(page: Page, path: str, width: int) -> None:
    page.add_init_script(COUNT_SHIFTS)
    Look("light", width).put_on(page)
    StorePage(page).open(path)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("load")
    assert page.evaluate("window.layoutShift") < MOST_SHIFT


@pytest.mark.parametrize("path", ["/", "/c/table", MUG, "/cart", "/checkout"])
def test_at_twice_the_size_everything_fits(page: Page, path: str) -> None:
    """WCAG 2.2, 1.4.4: a laptop of 1280 px zoomed to 200 % has room for 640."""
    Look("light", 1280 // 2).put_on(page)
    StorePage(page).open(path)
    assert overflowing(page) == []
