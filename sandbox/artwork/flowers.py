"""Larkspur, the shop's namesake: spires of delphinium as they stand in a vase, and a floret that has dropped."""

from __future__ import annotations

import math
from typing import Final

from sandbox.artwork.canvas import dot, ellipse, num, path, place, stroke
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, Tones, lifted

BEE: Final = "#FBF4E2"  # gardeners call the pale heart of a delphinium its bee
_PETALS: Final = 5
_FLORETS: Final = 18


def floret(x: float, y: float, radius: float, *, turn: float = 0, squash: float = 1) -> str:
    """Path data of five broad petals round (x, y); ``squash`` below 1 turns the flower to the side."""
    data = f"M{x:.0f} {y:.0f}"
    for i in range(_PETALS):
        middle = math.radians(turn + i * 360 / _PETALS)
        one, other = (
            (math.cos(middle + side) * radius * 1.9 * squash, math.sin(middle + side) * radius * 1.9)
            for side in (-0.88, 0.88)
        )
        data += f"c{one[0]:.0f} {one[1]:.0f} {other[0]:.0f} {other[1]:.0f} 0 0"
    return data


def _leaf(x: float, y: float, size: float, turn: float, fill: str) -> str:
    """A hand-shaped leaf of narrow lobes."""
    lobes = (
        "M0 0Q-14-40-6-96Q10-50 0 0Q-44-26-66-76Q-18-50 0 0Q-54 0-88-28Q-36-24 0 0Q40-30 58-80Q14-50 0 0"
        "Q54-4 84-36Q34-26 0 0"
    )
    return place(path(lobes, fill), x, y, turn=turn, scale=round(size / 96, 2))


def delphinium(height: float, t: Tones, *, seed: int = 0, bare: float = 0.3) -> str:
    """A spire ``height`` high standing at the origin, in flower above its ``bare`` share and in bud at the tip."""
    bloom = height * (0.88 - bare)
    size = height / 620
    behind, petals, lit, hearts, buds = "", "", "", "", ""
    for i in range(_FLORETS):
        share = i / _FLORETS
        y = -height * bare - bloom * share
        radius = (42 - 26 * share) * size
        side = (-1, 0.1, 1)[(i + seed) % 3]
        x = side * radius * (1.05 - 0.5 * share) + 3 * math.sin(i * 1.9 + seed)
        squash = 0.76 if abs(side) == 1 else 1.0
        turn = (i * 47 + seed * 31) % 72
        behind += dot(x + 4, y + 6, radius * 0.9)
        shape = floret(x, y, radius, turn=turn, squash=squash)
        if (i + seed) % 4 == 1:
            lit += shape
        else:
            petals += shape
        if share < 0.7:
            hearts += dot(x, y, radius * 0.24)
    for i in range(7):
        share = i / 7
        reach = (12 - 7 * share) * size
        buds += ellipse(
            (-1) ** i * reach * 0.9,
            -height * (0.88 + 0.12 * share),
            reach * 0.8,
            reach,
            lifted(t.base, -0.04) if i < 4 else LEAF,
            turn=(-1) ** i * 30,
        )
    return (
        stroke(f"M0 0Q{num(6 - seed * 4)} {num(-height * 0.5)} 0 {num(-height * 0.98)}", LEAF_DEEP, 8 * size)
        + _leaf(0, -height * (bare - 0.15), height * 0.15, -52, LEAF_DEEP)
        + _leaf(0, -height * (bare - 0.07), height * 0.14, 56, LEAF)
        + buds
        + path(behind, lifted(t.base, -0.1))
        + path(petals, t.base)
        + path(lit, t.light)
        + path(hearts, BEE)
    )


def fallen(x: float, y: float, t: Tones) -> str:
    """A single floret that has dropped on the table."""
    return (
        ellipse(x + 5, y + 7, 25, 10, INK, opacity=0.18)
        + path(floret(x, y, 26, turn=20), t.base)
        + ellipse(x, y, 6, 5, BEE)
    )
