"""Mugs and espresso cups, and what is in them."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import (
    Drawing,
    clipped,
    curve,
    ellipse,
    level,
    path,
    place,
    resting,
    ring,
    speckle,
    steam,
    stroke,
)
from sandbox.artwork.cutlery import spoon
from sandbox.artwork.from_above import disc, liquid
from sandbox.artwork.palette import CREAM, INK, TEA, Tones, lifted, mix
from sandbox.artwork.vessels import opening, turned

CLAY: Final = "#C6A37C"  # unglazed stoneware
COFFEE: Final = "#5B3622"


def mug(t: Tones, drink: str = "") -> str:
    """A stoneware mug, 330 wide and 372 high, its foot left unglazed; ``drink`` is the colour of what is in it."""
    body = turned((166, -372), (168, -260), (166, -120), (156, -30), (140, 0))
    handle = curve((150, -300), (232, -312), (276, -236), (250, -144), (150, -100))
    return (
        stroke(handle, t.shade, 44)
        + stroke(curve((160, -303), (230, -312), (268, -250)), t.base, 30)
        + body.painted(t.base, t.shade, t.light)
        + clipped(
            body.outline,
            path("M-170 -44Q-60 -20 0 -16T170 -46V60H-170Z", CLAY),
            path("M66 -20Q130 -28 170 -46V60H60Z", lifted(CLAY, -0.08)),
        )
        + speckle(3, 16, (-130, -320, 130, -70), t.deep, 3)
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


def espresso_cup(t: Tones) -> str:
    """An espresso cup on its saucer, 420 wide and 220 high."""
    cup = turned((112, -218), (110, -150), (88, -70), (58, -32), (58, -32), (56, -26))
    saucer = "M-210 -34Q-190 -10 -110 0Q0 10 110 0Q190 -10 210 -34Z"
    handle = curve((100, -184), (164, -192), (180, -140), (142, -100), (90, -92))
    return (
        path(saucer, t.shade)
        + level(0, -34, 210, t.base)
        + level(0, -30, 120, t.shade)
        + ellipse(38, -26, 92, 16, t.deep, opacity=0.6)
        + stroke(handle, t.shade, 25)
        + stroke(curve((108, -187), (160, -190), (174, -150)), t.base, 15)
        + cup.painted(t.base, t.shade, t.light)
        + opening(-218, 112, t.light, COFFEE, lifted(COFFEE, -0.08), lip=8)
        + path("M-84 -208Q-20 -196 70 -203Q98 -208 100 -218Q110 -200 40 -195Q-50 -194 -84 -208Z", "#B97A43")
    )


def _espresso_front(t: Tones) -> str:
    return steam(352, 356, 210) + resting(espresso_cup(t), 384, 800, 190, scale=1.6)


def _espresso_from_above(t: Tones) -> str:
    x, y = 384, 500
    handle = curve((x + 128, y - 70), (x + 216, y - 112), (x + 232, y - 64), (x + 140, y - 22))
    return (
        disc(x, y, 290, t)
        + ellipse(x, y, 176, 174, t.shade)
        + ellipse(x + 26, y + 34, 158, 156, INK, opacity=0.18)
        + stroke(handle, t.shade, 38)
        + stroke(handle, t.base, 25)
        + ellipse(x, y, 154, 152, t.base)
        + ellipse(x, y, 138, 136, mix(t.shade, t.deep, 0.4))
        + liquid(x + 3, y + 4, 130, COFFEE)
        + ring(x + 3, y + 4, 121, 120, "#B97A43", 15)
        + ring(x, y, 146, 144, t.light, 6)
        + place(spoon(), 566, 700, scale=0.92, turn=-118)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "mug": Drawing(_mug_front, _mug_from_above),
    "espresso_cup": Drawing(_espresso_front, _espresso_from_above),
}
