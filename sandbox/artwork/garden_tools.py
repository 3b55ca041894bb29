"""Watering cans; hand tools, gloves and trugs have modules of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import gloves, hand_tools, trugs
from sandbox.artwork.botanical import sprig
from sandbox.artwork.canvas import Drawing, clipped, curve, ellipse, path, place, resting, speckle, stroke
from sandbox.artwork.gloves import glove
from sandbox.artwork.hand_tools import secateurs, trowel
from sandbox.artwork.palette import SOIL, Tones, lifted, tones
from sandbox.artwork.trugs import garden_trug, harvest
from sandbox.artwork.vessels import opening, turned

__all__ = ["DRAWINGS", "garden_trug", "glove", "harvest", "secateurs", "trowel", "watering_can"]

BRASS: Final = tones("Brass")


def watering_can(t: Tones) -> str:
    """A long-spouted can with a brass rose, its handle one hoop, 640 wide and 500 high, its spout to the left."""
    body = turned((128, -318), (134, -300), (146, -160), (152, 0))
    spout = "M-128 -56Q-190 -110 -300 -352L-262 -372Q-180 -210 -124 -170Z"
    hoop = curve((-104, -314), (-66, -442), (66, -498), (212, -430), (258, -280), (232, -140), (148, -70))
    rose = path("M-318 -348L-262 -380L-300 -452L-380 -404Z", BRASS.base) + path(
        "M-282 -369L-262 -380L-300 -452L-322 -439Z", BRASS.shade
    )
    return (
        path(spout, t.base)
        + path("M-128 -56Q-190 -110 -300 -352L-288 -358Q-200 -170 -126 -104Z", t.shade)
        + rose
        + ellipse(-341, -429, 48, 19, BRASS.light, turn=-31)
        + speckle(3, 9, (-366, -442, -318, -416), BRASS.deep, 4)
        + body.painted(t.base, t.shade, t.light)
        + clipped(
            body.outline,
            path("M-160 -262Q0 -206 160 -262V-250Q0 -194 -160 -250Z", t.shade),
            path("M-160 -56Q0 4 160 -56V-44Q0 16 -160 -44Z", t.shade),
        )
        + opening(-318, 128, t.light, t.shade, t.deep, lip=8)
        + path("M-126 -318A128 28 0 0 0 20 -290Q10 -330 40 -345A128 28 0 0 0 -126 -318Z", t.base)
        + stroke(hoop, t.deep, 28)
        + stroke(hoop, t.light, 17)
    )


def _watering_can_front(t: Tones) -> str:
    return resting(watering_can(t), 452, 800, 152, scale=1.08)


def _watering_can_pouring(t: Tones) -> str:
    """Water falling from the rose on a bed of seedlings."""
    fall = "".join(
        f"M{x} {y}q{-6 - (330 - x) * 0.1:.0f} 20 {-9 - (330 - x) * 0.16:.0f} 46"
        for x, y in (
            (214, 470),
            (262, 440),
            (310, 452),
            (358, 424),
            (188, 560),
            (240, 536),
            (298, 556),
            (344, 520),
            (392, 500),
            (160, 650),
            (216, 640),
            (280, 662),
            (336, 622),
            (380, 600),
        )
    )
    can = (
        path("M300 330Q520 180 820 330V440Q560 300 372 424Z", t.base)
        + path("M346 392Q560 258 820 400V448Q560 310 372 428Z", t.shade)
        + path("M330 314Q540 190 820 316V330Q540 210 338 326Z", t.light)
        + path("M166 350L300 296L384 424L272 486Z", BRASS.base)
        + path("M340 356L384 424L272 486L240 446Z", BRASS.shade)
        + ellipse(218, 419, 90, 42, BRASS.light, turn=52)
        + ellipse(215, 421, 74, 30, BRASS.base, turn=52)
        + place(speckle(7, 16, (-52, -18, 52, 18), BRASS.deep, 6), 215, 421, turn=52)
    )
    bed = path("M0 836Q180 800 400 824T800 816V1000H0Z", SOIL) + speckle(
        3, 26, (20, 858, 780, 980), lifted(SOIL, 0.1), 7
    )
    return (
        stroke(fall, "#F4FAFA", 8, opacity=0.9)
        + can
        + bed
        + "".join(
            sprig(x, 852, h, turn, 2, size=76)
            for x, h, turn in ((120, 110, -6), (300, 130, 3), (500, 110, 8), (670, 126, -4))
        )
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "watering_can": Drawing(_watering_can_front, _watering_can_pouring),
    **gloves.DRAWINGS,
    **hand_tools.DRAWINGS,
    **trugs.DRAWINGS,
}
