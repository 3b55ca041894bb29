"""Mugs and espresso cups, and what is in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sandbox.artwork.canvas import (
    Drawing,
    clipped,
    curve,
    ellipse,
    path,
    place,
    resting,
    ring,
    shadow,
    speckle,
    steam,
    stroke,
)
from sandbox.artwork.cutlery import spoon
from sandbox.artwork.from_above import disc, liquid
from sandbox.artwork.palette import CREAM, TEA, Tones, lifted, mix
from sandbox.artwork.vessels import opening, turned

CLAY: Final = "#C6A37C"  # unglazed stoneware
COFFEE: Final = "#5B3622"
CREMA: Final = "#B97A43"


def mug(t: Tones, drink: str = "") -> str:
    """A stoneware mug, 330 wide and 372 high, the lower third unglazed; ``drink`` is the colour of what is in it."""
    body = turned((166, -372), (168, -260), (166, -120), (156, -30), (140, 0))
    handle = curve((150, -300), (232, -312), (276, -236), (250, -144), (150, -100))
    return (
        stroke(handle, t.shade, 44)
        + stroke(curve((160, -303), (230, -312), (268, -250)), t.base, 30)
        + body.painted(t.base, t.shade, t.light)
        + clipped(
            body.outline,
            path("M-172 -96Q-70 -112 10 -96T172 -110V60H-172Z", CLAY),
            path("M58 -93Q120 -94 172 -110V60H50Z", lifted(CLAY, -0.08)),
        )
        + speckle(3, 14, (-130, -330, 130, -150), t.deep, 3)
        + opening(-372, 166, t.light, mix(t.base, CREAM, 0.5), mix(t.shade, CREAM, 0.25))
        + (
            ellipse(2, -365, 150, 25, drink) + stroke("M-128-360Q-20-342 90-348", lifted(drink, 0.1), 5)
            if drink
            else ""
        )
    )


def _mug_front(t: Tones) -> str:
    return resting(mug(t), 372, 830, 150, scale=1.36)


def _mug_from_above(t: Tones) -> str:
    """Looking down into a mug of tea."""
    x, y, r = 350, 540, 252
    handle = curve((x + 190, y - 130), (x + 330, y - 196), (x + 372, y - 130), (x + 224, y - 50))
    return (
        disc(x, y, r, t)
        + stroke(handle, t.shade, 54)
        + stroke(handle, t.base, 36)
        + ellipse(x, y, r - 2, r - 4, t.base)
        + ellipse(x, y, r - 22, r - 24, mix(t.shade, t.deep, 0.4))
        + liquid(x + 4, y + 6, r - 36, TEA)
        + ring(x, y, r - 11, r - 13, t.light, 8)
    )


def espresso_cup(t: Tones, drink: str = "") -> str:
    """A straight cup without a handle, 250 wide and 250 high: bare clay outside, the glaze inside and over the lip."""
    body = turned((124, -250), (122, -150), (116, -34), (116, -34), (104, 0))
    lip = "M-124 -250V-206Q-70 -176 -10 -184T70 -176T124 -208V-250A124 27 0 0 1 -124 -250Z"
    return (
        body.painted(CLAY, lifted(CLAY, -0.08), lifted(CLAY, 0.05))
        + path(lip, t.base)
        + path("M58 -232Q96 -236 124 -250V-208Q100 -186 56 -178Z", t.shade)
        + speckle(5, 12, (-100, -160, 50, -20), lifted(CLAY, -0.14), 3)
        + opening(-250, 124, t.light, t.base, t.shade, lip=9)
        + (ellipse(2, -242, 106, 19, drink) + stroke("M-96 -240Q-10 -222 92 -236", CREMA, 8) if drink else "")
    )


def _espresso_front(t: Tones) -> str:
    """One filled, one tipped on its side to show its glaze."""
    tipped = (
        path("M-250 -150Q-258 -20 -240 66Q-120 92 0 96V-150Q-120 -160 -250 -150Z", CLAY)
        + path("M-256 -10Q-252 40 -240 66Q-120 92 0 96V20Q-140 24 -256 -10Z", lifted(CLAY, -0.08))
        + path("M-62 -152L0 -150V96L-50 92Q-86 40 -70 -20T-62 -152Z", t.base)
        + ellipse(0, -27, 58, 124, t.light)
        + ellipse(3, -27, 49, 114, t.base)
        + path("M-40 -92Q20 -160 44 -70Q56 0 40 50Q30 -60 -40 -92Z", t.shade)
    )
    return (
        shadow(560, 700, 150)
        + place(tipped, 640, 628, scale=1.06, turn=8)
        + steam(236, 430, 190)
        + resting(espresso_cup(t, COFFEE), 280, 830, 124, scale=1.5)
    )


def _espresso_from_above(t: Tones) -> str:
    """A pair, one poured."""
    clay = replace(t, base=CLAY, light=lifted(CLAY, 0.05), shade=lifted(CLAY, -0.08))
    cups = "".join(
        disc(x, y, r, clay)
        + ellipse(x, y, r - 10, r - 11, t.light)
        + ellipse(x + 2, y + 3, r - 22, r - 24, t.shade)
        for x, y, r in ((290, 360, 200), (520, 690, 200))
    )
    return (
        cups
        + liquid(294, 366, 162, COFFEE)
        + ring(294, 366, 150, 149, CREMA, 17)
        + ellipse(532, 708, 148, 144, t.base)
        + path("M400 640Q440 540 560 560Q470 590 440 690Q420 680 400 640Z", t.deep)
        + place(spoon(), 640, 280, scale=1.0, turn=24)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "mug": Drawing(_mug_front, _mug_from_above),
    "espresso_cup": Drawing(_espresso_front, _espresso_from_above),
}
