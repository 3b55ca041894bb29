"""Bodies of revolution and their mouths: how everything thrown, spun or blown is painted."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sandbox.artwork.canvas import TILT, Point, clipped, curve, ellipse, level, num, path


@dataclass(frozen=True, slots=True)
class Turned:
    """Outline and light of a body of revolution, as path data."""

    outline: str
    shade: str
    light: str

    def painted(self, base: str, shade: str, light: str) -> str:
        """The body in its three tones."""
        return path(self.outline, base) + path(self.shade, shade) + path(self.light, light, opacity=0.75)


def turned(*profile: Point, shade_from: float = 0.5) -> Turned:
    """A body of revolution from (radius, y) pairs, top to bottom; a pair given twice is a corner.

    ``shade_from`` is where, as a share of the radius, the shaded right side begins halfway down. The left edge wavers
    by about a pixel: thrown by hand, not by a lathe.
    """
    left = [(-r + 1.3 * math.sin(y * 0.045), y) for r, y in profile]
    right = [(r, y) for r, y in reversed(profile)]
    foot, base_y = profile[-1]
    arc = f"A{num(foot)} {num(foot * TILT)} 0 0 "
    outline = curve(*left) + f"{arc}0 {num(foot)} {num(base_y)}" + curve(*right, joined=True) + "Z"
    top, bottom = profile[0][1], profile[-1][1]
    span = bottom - top
    low = shade_from - 0.16
    inner = [(r * (shade_from + 0.12 - 0.28 * (y - top) / span), y) for r, y in profile[:-1]]
    inner.append((foot * low, base_y + foot * TILT * math.sqrt(1 - low**2)))
    shade = curve(*inner) + f"{arc}0 {num(foot)} {num(base_y)}" + curve(*right, joined=True) + "Z"
    sides = [(r, y) for r, y in profile if top + span * 0.12 <= y <= bottom - span * 0.1] or list(profile)
    down = [(-r * 0.86, y) for r, y in sides]
    up = [(-r * 0.7, y) for r, y in reversed(sides)]
    return Turned(outline, shade, curve(*down, *up, closed=True))


def opening(y: float, radius: float, rim: str, inside: str, dark: str, *, lip: float = 9) -> str:
    """The mouth of a vessel: rim, the inner wall, and its shadowed left side (light enters from the left)."""
    rx, ry = radius - lip, (radius - lip) * TILT
    crescent = (
        f"M{num(-rx)} {num(y)}A{num(rx)} {num(ry)} 0 0 1 {num(rx * 0.55)} {num(y - ry * 0.83)}"
        f"Q{num(-rx * 0.5)} {num(y - ry * 0.5)} {num(-rx * 0.45)} {num(y + ry * 0.89)}A{num(rx)} {num(ry)} 0 0 1 "
        f"{num(-rx)} {num(y)}Z"
    )
    return level(0, y, radius, rim) + ellipse(0, y + 1, rx, ry, inside) + path(crescent, dark)


def stood_in(content: str, y: float, radius: float) -> str:
    """``content`` cut where the near lip of a mouth of ``radius`` at height ``y`` hides it: spoons in a jar."""
    rx, ry = num(radius), num(radius * TILT)
    return clipped(f"M-900 -1600H900V{num(y)}H{rx}A{rx} {ry} 0 0 1 -{rx} {num(y)}H-900Z", content)
