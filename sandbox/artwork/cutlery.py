"""Forks and spoons."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import curve, ellipse, path, stroke
from sandbox.artwork.palette import Tones, tones

STEEL: Final = tones("Steel")


def fork(t: Tones = STEEL) -> str:
    """A fork seen from above, 440 long, lying along y with its tines up and its middle at the origin."""
    left = curve((-30, -220), (-34, -130), (-26, -92), (-9, -66), (-9, 40), (-13, 190), (0, 214))
    right = curve((0, 214), (13, 190), (9, 40), (9, -66), (26, -92), (34, -130), (30, -220), joined=True)
    tines = "".join(f"M{x} -222V-132" for x in (-11, 11))
    return (
        path(
            f"{left}{right}Z",
            t.base,
        )
        + path("M2 -90Q20 -92 26 -130V-220H30L34 -130Q28 -80 9 -66V40L13 190 2 212Z", t.shade)
        + stroke(tines, t.deep, 9)
    )


def spoon(t: Tones = STEEL) -> str:
    """A spoon seen from above, 430 long, its bowl up."""
    return (
        path(
            curve((-8, -70), (-8, 40), (-14, 190), (0, 212), (14, 190), (8, 40), (8, -70), closed=True),
            t.base,
        )
        + ellipse(0, -140, 42, 72, t.base)
        + ellipse(3, -142, 31, 59, t.shade)
        + path("M-20 -186Q-34 -140 -14 -104Q-10 -150 10 -182Q-8 -196 -20 -186Z", t.light)
    )
