"""Straight tumblers."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import Drawing, level, path, place, stroke
from sandbox.artwork.glass import WATER, far_side, glow, near_side
from sandbox.artwork.palette import Tones, mix
from sandbox.artwork.vessels import turned


def tumbler(t: Tones, water: str = WATER) -> str:
    """A straight tumbler, 300 wide and 380 high, two thirds full."""
    body = turned((150, -380), (148, -240), (140, -90), (116, -14), (92, 0))
    inside = turned((140, -250), (138, -160), (126, -76), (96, -42))
    return (
        far_side(t, -380, 150)
        + path(inside.outline, water, opacity=0.75)
        + path(inside.shade, mix(water, t.deep, 0.4), opacity=0.35)
        + level(0, -250, 140, mix(water, "#FFFFFF", 0.45))
        + path(
            "M-122 -66Q0 -16 122 -66Q116 -14 92 0A92 20 0 0 1 -92 0Q-116 -14 -122 -66Z", t.shade, opacity=0.4
        )
        + near_side(body, t, -380, 150)
        + stroke("M-76 6Q-30 20 16 18", "#fff", 6, opacity=0.7)
        + stroke(
            "M-30 -330Q-44 -240 -30 -140M40 -320Q28 -230 44 -120M88 -300Q78 -220 86 -150",
            "#fff",
            5,
            opacity=0.3,
        )
    )


def _tumbler_front(t: Tones) -> str:
    return glow(t, 400, 810, 170) + place(tumbler(t), 396, 812, scale=1.46)


def _tumbler_pair(t: Tones) -> str:
    """Two stacked tumblers beside one that is filled."""
    empty = turned((150, -380), (148, -240), (140, -90), (116, -14), (92, 0))
    glass = (
        far_side(t, -380, 150)
        + path(
            "M-122 -66Q0 -16 122 -66Q116 -14 92 0A92 20 0 0 1 -92 0Q-116 -14 -122 -66Z", t.shade, opacity=0.4
        )
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
