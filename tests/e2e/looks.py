"""How a page looks in one mode on one kind of screen, and what is wrong with it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Frame, Page

from tests.e2e.pages.frame import StorePage

TARGET_PX = 44
"""The least height and width of what a finger presses (WCAG 2.2, 2.5.5)."""

RUN_AXE = """() => axe.run(document, { resultTypes: ["violations"], iframes: false }).then(({ violations }) =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary}`)))"""

FIND_OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const clipped = (element) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement)
      if (getComputedStyle(each).overflowX !== "visible") return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > room + 1 && each.checkVisibility() && !clipped(each))
    .slice(0, 4)
    .map((each) => `sticks out: ${each.outerHTML.slice(0, 120)}`)
    .concat(`scrolls sideways by ${document.documentElement.scrollWidth - room} px`);
}"""

FIND_SMALL_TARGETS = """(least) => {
  const dialog = document.querySelector("dialog:modal");
  const all = [...(dialog ?? document).querySelectorAll("button, select, summary, input, [role=button], a.button")];
  const size = (element) => {
    const own = element.getBoundingClientRect();
    const label = element.matches("[type=radio], [type=checkbox], [type=file]") && element.closest("label");
    return label ? label.getBoundingClientRect() : own;
  };
  return all
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.type !== "hidden")
    .map((each) => [each, size(each)])
    .filter(([, { width, height }]) => Math.min(width, height) > 1 && Math.min(width, height) < least - 0.5)
    .map(([each, { width, height }]) =>
      `${Math.round(width)}×${Math.round(height)} px to press: ${each.outerHTML.slice(0, 120)}`);
}"""


FINISH_TRANSITIONS = """() => new Promise((resolve) => requestAnimationFrame(() => {
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
  resolve();
}))"""

_DEVTOOLS: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
"""What makes a page touchable lasts as long as the session that asked for it."""


@dataclass(frozen=True)
class Look:
    """A mode and a screen; narrow ones are phones, which are touched."""

    theme: Literal["light", "dark"]
    width: int

    def __str__(self) -> str:
        return f"{self.theme}, {self.width} px"

    @property
    def is_phone(self) -> bool:
        return self.width < 640

    def put_on(self, page: Page) -> None:
        """Show the page like this, as if the system's mode had changed and the page were on another screen."""
        page.emulate_media(color_scheme=self.theme, reduced_motion="reduce")
        page.set_viewport_size({"width": self.width, "height": 844 if self.is_phone else 900})
        if page not in _DEVTOOLS:
            _DEVTOOLS[page] = page.context.new_cdp_session(page)
        touch = {"enabled": True, "maxTouchPoints": 5} if self.is_phone else {"enabled": False}
        _DEVTOOLS[page].send("Emulation.setTouchEmulationEnabled", touch)
        page.evaluate(FINISH_TRANSITIONS)


def axe_problems(place: Page | Frame) -> list[str]:
    """Every violation that axe-core finds, and where; frames within are not looked into."""
    if not place.evaluate("() => 'axe' in window"):
        place.evaluate(AXE_SCRIPT)
    found: list[str] = place.evaluate(RUN_AXE)
    return found


def overflowing(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(FIND_OVERFLOW)
    return found


def small_targets(page: Page) -> list[str]:
    """Controls smaller than a fingertip; links in running text may be (WCAG 2.2, 2.5.5)."""
    found: list[str] = page.evaluate(FIND_SMALL_TARGETS, TARGET_PX)
    return found


LOOKS = [Look(theme, width) for theme in ("light", "dark") for width in (1440, 390)]
WIDTHS = (768, 390, 320)
"""In px: a tablet held upright; a common phone; what is left of 1280 px at 400 %."""


def examine(page: StorePage) -> None:
    """All of that for the page as it stands. Raises AssertionError naming what is wrong."""
    problems = []
    for look in LOOKS:
        look.put_on(page.page)
        problems += [f"{look}: {problem}" for problem in axe_problems(page.page)]
    for width in WIDTHS:
        look = Look("light", width)
        look.put_on(page.page)
        problems += [f"{width} px: {problem}" for problem in overflowing(page.page)]
        if look.is_phone:
            problems += [f"{width} px: {problem}" for problem in small_targets(page.page)]
    assert not problems, f"{page.page.url}\n" + "\n".join(problems)
