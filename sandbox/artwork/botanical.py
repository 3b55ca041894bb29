"""Leaves, stems and flowers, for the pots, bags and vases that need something growing."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sandbox.artwork.canvas import ellipse, num, path, place, stroke
from sandbox.artwork.palette import LEAF, LEAF_DEEP, lifted

Leaf = tuple[
    float, float, float, float
]  # where it grows (x, y), its length, its turn from upright in degrees


def leaves(grown: Iterable[Leaf], fill: str = LEAF, *, plump: float = 0.3) -> str:
    """Pointed leaves in one tone, each with its shaded half; ``plump`` is half the width over the length."""
    whole: list[str] = []
    half: list[str] = []
    for x, y, length, turn in grown:
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

        def at(
            across: float,
            along: float,
            x: float = x,
            y: float = y,
            length: float = length,
            cos: float = cos,
            sin: float = sin,
        ) -> str:
            dx, dy = across * length, -along * length
            return f"{round(x + dx * cos - dy * sin)} {round(y + dx * sin + dy * cos)}"

        root, tip, left, right = at(0, 0), at(0, 1), at(-plump * 1.5, 0.45), at(plump * 1.5, 0.5)
        whole.append(f"M{root}Q{left} {tip}Q{right} {root}Z")
        half.append(f"M{root}Q{right} {tip}Q{at(plump * 0.3, 0.5)} {root}Z")
    return path("".join(whole), fill) + path("".join(half), lifted(fill, -0.06))


def leaf(x: float, y: float, length: float, turn: float, fill: str = LEAF, *, plump: float = 0.3) -> str:
    """One pointed leaf growing from (x, y), upright at ``turn`` 0."""
    return leaves([(x, y, length, turn)], fill, plump=plump)


def rounds(ovals: Iterable[tuple[float, float, float, float]], *, flat: float = 0.78) -> str:
    """Path data of ovals, each (x, y, half its length, turn in degrees), ``flat`` times as wide as long."""
    data = []
    for x, y, r, turn in ovals:
        dx, dy = r * math.cos(math.radians(turn)), r * math.sin(math.radians(turn))
        arc = f"a{num(r)} {num(r * flat)} {round(turn)} 1 0 "
        across, down = round(2 * dx), round(2 * dy)
        data.append(f"M{round(x - dx)} {round(y - dy)}{arc}{across} {down}{arc}{-across} {-down}")
    return "".join(data)


def eucalyptus(height: float) -> str:
    """A branch of round eucalyptus leaves standing at the origin."""
    stem = f"M0 0Q{num(height * 0.12)} {num(-height * 0.6)} {num(height * 0.04)} {num(-height)}"
    steps = [(-height * (0.32 + 0.13 * i), 37 - 3 * i) for i in range(6)]
    left = rounds((height * 0.07 - size, y - 8, size, -28) for y, size in steps)
    right = rounds((height * 0.07 + size, y + 6, size, 24) for y, size in steps)
    return (
        stroke(stem, LEAF_DEEP, 5)
        + path(right, "#7C937A")
        + path(left, "#93A98E")
        + path(rounds([(height * 0.05, -height - 6, 18, 80)]), "#A9BBA0")
    )


def sprig(
    x: float, y: float, height: float, turn: float, pairs: int, *, size: float = 60, fill: str = LEAF
) -> str:
    """A stem with ``pairs`` of leaves that grow smaller towards its tip."""
    left: list[Leaf] = []
    right: list[Leaf] = []
    for i in range(pairs):
        at, length = -height * (0.25 + 0.7 * i / max(pairs - 1, 1)), size * (1 - 0.45 * i / pairs)
        left.append((2, at, length, -58 + 6 * i))
        right.append((2, at + 6, length, 56 - 5 * i))
    left.append((0, -height + 4, size * 0.6, 4))
    stem = stroke(f"M0 0Q{num(height * 0.05)} {num(-height * 0.5)} 0 {num(-height)}", LEAF_DEEP, 5)
    return place(
        stem + leaves(right, lifted(fill, -0.02)) + leaves(left, lifted(fill, 0.04)), x, y, turn=turn
    )


def daisy(
    x: float, y: float, radius: float, petal: str, eye: str, petals: int = 9, *, turn: float = 0
) -> str:
    """An open flower facing us."""
    around = [math.radians(turn) + i * math.tau / petals for i in range(petals)]
    reach = radius * 0.58
    ring = rounds(
        ((x + reach * math.cos(a), y + reach * math.sin(a), radius * 0.44, math.degrees(a)) for a in around),
        flat=0.55,
    )
    return path(ring, petal) + ellipse(x, y, radius * 0.27, radius * 0.26, eye)


def tulip(x: float, y: float, size: float, turn: float, fill: str) -> str:
    """A closed tulip head with its base at (x, y)."""
    h, w = size, size * 0.42
    return place(
        path(
            f"M0 0Q{num(-w * 1.5)} {num(-h * 0.1)} {num(-w)} {num(-h)}"
            f"Q{num(-w * 0.4)} {num(-h * 0.86)} 0 {num(-h * 0.66)}"
            f"Q{num(w * 0.4)} {num(-h * 0.86)} {num(w)} {num(-h)}Q{num(w * 1.5)} {num(-h * 0.1)} 0 0Z",
            lifted(fill, -0.07),
        )
        + path(
            f"M0 0Q{num(-w * 1.1)} {num(-h * 0.4)} 0 {num(-h * 1.02)}Q{num(w * 1.1)} {num(-h * 0.4)} 0 0Z",
            fill,
        ),
        x,
        y,
        turn=turn,
    )


def succulent(x: float, y: float, radius: float, fill: str) -> str:
    """A rosette seen from the side: three rows of plump leaves."""
    rows = ((1.0, 7, 78, -0.05), (0.82, 5, 52, 0.02), (0.62, 3, 26, 0.07))
    return "".join(
        leaves(
            [(x, y, radius * reach, -spread + 2 * spread * i / (count - 1)) for i in range(count)],
            lifted(fill, tone),
        )
        for reach, count, spread, tone in rows
    )


def grass(x: float, y: float, height: float, blades: int, fill: str = LEAF) -> str:
    """A tuft of arching blades."""
    parts = []
    for i in range(blades):
        lean = -1 + 2 * i / (blades - 1)
        tip_x, tip_y = lean * height * 0.75, -height * (1 - 0.35 * abs(lean))
        parts.append(
            path(
                f"M{num(x - 7)} {num(y)}"
                f"Q{num(x + lean * 16)} {num(y + tip_y * 0.8)} {num(x + tip_x)} {num(y + tip_y)}"
                f"Q{num(x + lean * 30)} {num(y + tip_y * 0.6)} {num(x + 7)} {num(y)}Z",
                lifted(fill, 0.05 * (i % 3) - 0.05),
            )
        )
    return "".join(parts)
