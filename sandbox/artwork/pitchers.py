"""Carafes and pitchers."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, clipped, curve, ellipse, level, path, place, ring, stroke
from sandbox.artwork.glass import WATER, far_side, glow, near_side
from sandbox.artwork.palette import LEAF, LEAF_DEEP, Tones, mix
from sandbox.artwork.tumblers import tumbler
from sandbox.artwork.vessels import turned

LEMON: Final = "#E8C04A"


def _bottle(t: Tones, water: str) -> str:
    """The carafe without its glass, 340 wide and 560 high."""
    body = turned(
        (62, -560), (46, -500), (50, -410), (112, -310), (166, -190), (160, -70), (120, 0), shade_from=0.48
    )
    inside = turned((152, -236), (156, -170), (148, -76), (108, -14))
    return (
        far_side(t, -560, 62)
        + path(inside.outline, water, opacity=0.75)
        + path(inside.shade, mix(water, t.deep, 0.4), opacity=0.35)
        + level(0, -236, 151, mix(water, "#FFFFFF", 0.45))
        + path("M-112 -10A112 25 0 0 0 112 -10L120 0A120 26 0 0 1 -120 0Z", t.shade, opacity=0.45)
        + near_side(body, t, -560, 62)
    )


def carafe(t: Tones, water: str = WATER) -> str:
    """A round-shouldered carafe, its glass upside down over the neck, 340 wide and 660 high."""
    cup = turned((76, -640), (84, -560), (90, -420), shade_from=0.45)
    edge = mix(t.shade, t.deep, 0.6)
    return (
        _bottle(t, water)
        + path(cup.outline, t.base, opacity=0.4)
        + path(cup.shade, t.shade, opacity=0.4)
        + path(cup.light, "#fff", opacity=0.6)
        + level(0, -640, 76, t.light, opacity=0.8)
        + stroke(cup.outline.removesuffix("Z"), edge, 4, opacity=0.5)
        + ring(0, -640, 76, 17, edge, 4, opacity=0.6)
        + stroke("M-90 -420A90 20 0 0 0 90 -420", "#fff", 5, opacity=0.8)
    )


def _carafe_front(t: Tones) -> str:
    return glow(t, 400, 880, 170) + place(carafe(t), 394, 886, scale=1.2)


def _carafe_and_glass(t: Tones) -> str:
    """The glass taken off and filled."""
    return (
        glow(t, 300, 790, 160)
        + place(_bottle(t, WATER), 296, 796, scale=1.12)
        + glow(t, 590, 880, 90)
        + place(tumbler(t), 584, 884, scale=0.72)
    )


def pitcher(t: Tones, water: str = WATER) -> str:
    """A lipped pitcher, 480 wide over its handle and 500 high, with lemon and mint in the water."""
    body = turned((128, -500), (118, -430), (140, -300), (172, -150), (160, -40), (132, 0))
    inside = turned((132, -340), (148, -250), (161, -150), (149, -46), (120, -14))
    handle = curve((108, -440), (210, -462), (262, -370), (236, -220), (160, -150))
    lip = "M-128 -500Q-176 -520 -184 -494Q-150 -470 -122 -420Z"
    slices = "".join(
        place(
            ellipse(0, 0, 56, 50, LEMON)
            + ellipse(0, 0, 46, 41, "#F7EBC0")
            + stroke("M-40 0H40M-20 -34L20 34M20 -34L-20 34", LEMON, 6),
            x,
            y,
            turn=a,
        )
        for x, y, a in ((-58, -214, 10), (40, -108, 40))
    )
    mint = ellipse(54, -250, 40, 17, LEAF, turn=-40) + ellipse(14, -270, 34, 14, LEAF_DEEP, turn=30)
    return (
        stroke(handle, t.shade, 30, opacity=0.75)
        + stroke(handle, mix(t.light, "#FFFFFF", 0.3), 12, opacity=0.8)
        + far_side(t, -500, 128)
        + path(inside.outline, water, opacity=0.75)
        + clipped(inside.outline, slices, mint)
        + path(inside.shade, mix(water, t.deep, 0.4), opacity=0.3)
        + level(0, -340, 131, mix(water, "#FFFFFF", 0.45))
        + path("M-124 -12A124 26 0 0 0 124 -12L132 0A132 28 0 0 1 -132 0Z", t.shade, opacity=0.45)
        + path(lip, t.base, opacity=0.6)
        + stroke("M-122 -420Q-150 -470 -184 -494Q-176 -520 -128 -503", t.shade, 5, opacity=0.8)
        + near_side(body, t, -500, 128)
    )


def _pitcher_front(t: Tones) -> str:
    return glow(t, 380, 820, 180) + place(pitcher(t), 380, 826, scale=1.3)


def _pitcher_pouring(t: Tones) -> str:
    """The pitcher tipped to the left, filling a tumbler."""
    return (
        glow(t, 226, 880, 100)
        + place(tumbler(t), 222, 884, scale=0.8)
        + path("M188 336Q216 420 214 700H232Q236 430 208 320Z", mix(WATER, "#FFFFFF", 0.35), opacity=0.9)
        + place(pitcher(t), 632, 590, scale=0.98, turn=-38)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "carafe": Drawing(_carafe_front, _carafe_and_glass, detail_on="table"),
    "pitcher": Drawing(_pitcher_front, _pitcher_pouring, detail_on="table"),
}
