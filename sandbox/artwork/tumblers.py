"""Straight tumblers."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, level, path, place, stroke
from sandbox.artwork.glass import WATER, far_side, glow, near_side
from sandbox.artwork.palette import Tones, mix
from sandbox.artwork.vessels import turned


def tumbler(t: Tones, water: str = WATER) -> str:
    """A straight tumbler, 300 wide and 380 high, two thirds full."""
    body = turned((150, -380), (142, -200), (128, -14), (128, -14), (120, 0))
    inside = turned((137, -250), (130, -130), (119, -34), (119, -34), (112, -28))
    return (
        far_side(t, -380, 150)
        + path(inside.outline, water, opacity=0.75)
        + path(inside.shade, mix(water, t.deep, 0.4), opacity=0.35)
        + level(0, -250, 137, mix(water, "#FFFFFF", 0.45))
        + path("M-119 -30A119 26 0 0 0 119 -30L121 0A120 26 0 0 1 -121 0Z", t.shade, opacity=0.4)
        + near_side(body, t, -380, 150)
        + stroke("M-96 8Q-40 24 20 22", "#fff", 6, opacity=0.7)
    )


def _tumbler_front(t: Tones) -> str:
    return glow(t, 400, 810, 170) + place(tumbler(t), 396, 812, scale=1.46)


def _tumbler_pair(t: Tones) -> str:
    """Two stacked tumblers beside one that is filled."""
    empty = turned((150, -380), (142, -200), (128, -14), (128, -14), (120, 0))
    glass = (
        far_side(t, -380, 150)
        + path("M-119 -30A119 26 0 0 0 119 -30L121 0A120 26 0 0 1 -121 0Z", t.shade, opacity=0.4)
        + near_side(empty, t, -380, 150)
    )
    return (
        glow(t, 270, 760, 118)
        + place(glass, 262, 762, scale=0.96)
        + place(glass, 264, 650, scale=0.96)
        + glow(t, 560, 850, 124)
        + place(tumbler(t), 552, 852, scale=1.04)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "tumbler": Drawing(_tumbler_front, _tumbler_pair, detail_on="table"),
}
