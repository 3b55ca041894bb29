"""The serving platter and the lemons on it."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, curve, ellipse, level, path, place, resting, ring, stroke
from sandbox.artwork.from_above import disc
from sandbox.artwork.palette import CREAM, INK, LEAF, LEAF_DEEP, Tones, lifted

LEMON: Final = "#E8C04A"


def serving_platter(t: Tones) -> str:
    """An oval platter on the table, 600 wide, with lemons on it."""
    body = "M-300 -54Q-280 -14 -180 0Q0 16 180 0Q280 -14 300 -54Z"
    return (
        path(body, t.shade)
        + path("M60 6Q140 6 180 0Q280 -14 300 -54L120 -50Z", t.deep, opacity=0.5)
        + level(0, -54, 300, t.base)
        + ring(0, -54, 289, 61, t.accent, 5)
        + level(0, -48, 222, t.shade)
        + level(3, -45, 218, t.light)
        + lemons()
    )


def lemons() -> str:
    """Three lemons in a heap with a leaf, 260 wide, sitting on y = -44."""
    leaf = "M-20 -150Q-70 -210 -150 -196Q-110 -140 -20 -150Z"
    return ellipse(24, -44, 150, 24, INK, opacity=0.16) + (
        _lemon(60, -120, -12)
        + path(leaf, LEAF)
        + stroke("M-30 -154Q-80 -180 -132 -190", LEAF_DEEP, 4)
        + _lemon(-66, -92, 14)
        + _lemon(92, -84, 172)
    )


def _lemon(x: float, y: float, turn: float) -> str:
    body = curve(
        (-82, 2),
        (-62, -14),
        (-34, -48),
        (14, -54),
        (54, -26),
        (70, -6),
        (84, 0),
        (68, 12),
        (46, 40),
        (0, 54),
        (-44, 38),
        (-66, 14),
        closed=True,
    )
    low = "M-40 40Q20 46 66 -8L84 0Q60 20 46 40Q0 66 -40 40Z"
    return place(
        path(body, LEMON)
        + (
            path(low, lifted(LEMON, -0.1)) + ellipse(-24, -22, 22, 12, lifted(LEMON, 0.08), turn=-28)
            if turn < 90
            else ellipse(26, 26, 20, 11, lifted(LEMON, 0.08), turn=-28)
            + path("M-76 -4Q-20 -50 46 -36Q0 -66 -40 -44Z", lifted(LEMON, -0.1))
        ),
        x,
        y,
        turn=turn,
    )


def _platter_on_table(t: Tones) -> str:
    return resting(serving_platter(t), 400, 760, 240, scale=1.16)


def _platter_from_above(t: Tones) -> str:
    x, y = 400, 500
    lemon = place(_lemon(0, 0, 0), 330, 640, scale=1.2, turn=-34) + place(
        _lemon(0, 0, 0), 452, 560, scale=1.2, turn=28
    )
    half = (
        ellipse(396, 400, 76, 74, LEMON)
        + ellipse(396, 400, 66, 64, CREAM)
        + "".join(
            place(path("M0 -9Q-20 -44 -15 -57Q0 -62 15 -57Q20 -44 0 -9Z", "#EFD06A"), 396, 400, turn=a)
            for a in range(0, 360, 45)
        )
    )
    return (
        place(disc(0, 0, 400, t, squash=0.66), x, y, turn=78)
        + place(
            ring(0, 0, 384, 248, t.accent, 8)
            + ellipse(0, 0, 300, 182, t.shade)
            + ellipse(4, -6, 295, 177, t.light),
            x,
            y,
            turn=78,
        )
        + place(ellipse(0, 0, 160, 90, INK, opacity=0.12), 410, 640, turn=-20)
        + lemon
        + ellipse(410, 412, 78, 74, INK, opacity=0.14)
        + half
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "serving_platter": Drawing(_platter_from_above, _platter_on_table, front_on="flat", detail_on="table"),
}
