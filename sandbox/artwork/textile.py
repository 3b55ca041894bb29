"""What cloth needs beyond the plain brush: fringes, rolls and the ribs of knitting."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sandbox.artwork.canvas import Point, num, poly, stroke


def fringe(start: Point, end: Point, count: int, length: float, colour: str, width: float = 5) -> str:
    """``count`` twisted tassels hanging from the line between ``start`` and ``end``, no two quite alike."""
    data: list[str] = []
    for i in range(count):
        share = (i + 0.5) / count
        x = start[0] + (end[0] - start[0]) * share
        y = start[1] + (end[1] - start[1]) * share
        sway, drop = 5 * math.sin(i * 2.1), length * (0.93 + 0.07 * math.sin(i * 1.7))
        data.append(f"M{num(x)} {num(y)}q{num(sway)} {num(drop / 2)} {num(sway / 2)} {num(drop)}")
    return stroke("".join(data), colour, width)


def spiral(x: float, y: float, rx: float, ry: float, turns: float, *, start: float = 0) -> str:
    """Path data of a roll seen end-on, from the rim inwards; ``start`` is the angle of its loose end in degrees."""
    halves = round(turns * 2)
    angle = math.radians(start)
    data = f"M{num(x + rx * math.cos(angle))} {num(y + ry * math.sin(angle))}"
    for i in range(1, halves + 1):
        left = 1 - i / (halves + 0.7)
        angle += math.pi
        middle = 1 - (i - 0.5) / (halves + 0.7)
        data += (
            f"A{num(rx * middle)} {num(ry * middle)} 0 0 1 "
            f"{num(x + rx * left * math.cos(angle))} {num(y + ry * left * math.sin(angle))}"
        )
    return data


def lozenges(centres: Iterable[Point], width: float, height: float) -> str:
    """Path data of diamonds around ``centres``."""
    half, rise = width / 2, height / 2
    return "".join(poly((x, y - rise), (x + half, y), (x, y + rise), (x - half, y)) for x, y in centres)


def basketwork(rows: int, top: float, pitch: float, half: float) -> str:
    """Path data of ``rows`` of overlapping strands, ``half`` to either side, sagging like a basket's front."""
    data: list[str] = []
    for row in range(rows):
        start = -half - (28 if row % 2 else 0)
        for i in range(int(2 * half / 56) + 2):
            x = start + i * 56
            data.append(f"M{round(x)} {round(top + row * pitch + 30 - abs(x + 28) * 0.1)}q26 -9 50 3")
    return "".join(data)


def knit(x: float, y: float, width: float, height: float, columns: int, rows: int) -> str:
    """Path data of stocking stitch: columns of little Vs from (x, y) down."""
    w, h = width / columns, height / rows
    return "".join(
        f"M{round(x + c * w)} {round(y + r * h)}l{num(w / 2)} {num(h * 0.8)}l{num(w / 2)} {num(-h * 0.8)}"
        for c in range(columns)
        for r in range(rows)
    )


def herringbone(x: float, y: float, width: float, height: float, columns: int, rows: int) -> str:
    """Path data of ``rows`` of zigzag from (x, y) down: broken twill."""
    w, h = width / columns / 2, height / rows
    zigzag = "".join(f"l{num(w)} {num(-h * 0.7)}l{num(w)} {num(h * 0.7)}" for _ in range(columns))
    return "".join(f"M{num(x)} {num(y + h * (r + 1))}{zigzag}" for r in range(rows))
