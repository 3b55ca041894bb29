"""The crops on the packets of the kitchen plot: beans, courgettes, chard, beetroot, radishes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.artwork.botanical import daisy, leaves
from sandbox.artwork.canvas import (
    path,
    place,
    stroke,
)
from sandbox.artwork.palette import LEAF, LEAF_DEEP, Tones, tones


def _root(x: float, y: float, size: float, t: Tones) -> str:
    body = "M0 0Q-74 -6 -70 56Q-60 108 -6 138L2 186L8 138Q60 108 70 56Q74 -6 0 0Z"
    return place(
        leaves([(-4, 6, 150, -30), (0, 6, 176, 0), (4, 6, 150, 30)], LEAF, plump=0.2)
        + stroke("M-2 6L-40 -58M0 6V-80M2 6L40 -58", t.light, 8)
        + path(body, t.base)
        + path("M20 0Q74 0 70 56Q60 108 8 138L2 186Q50 90 20 0Z", t.shade)
        + stroke("M-44 34Q-50 62 -36 90", t.light, 9),
        x,
        y,
        scale=size,
    )


def _pods(t: Tones) -> str:
    pod = "M-130 0Q-60 56 40 40Q110 28 138 -22L148 -34L134 -30Q90 -2 30 0Q-50 4 -122 -12Z"
    seam = stroke("M-96 14Q-20 44 60 24T116 -10", t.light, 7, dash="1 30")
    one = (
        path(pod, t.base)
        + path("M-130 0Q-60 56 40 40Q110 28 138 -22Q80 24 20 26Q-60 28 -130 0Z", t.shade)
        + seam
    )
    return (
        place(one, -6, -330, turn=-18)
        + place(one, 10, -236, turn=6)
        + place(one, -10, -160, turn=-8, flip=True)
    )


def _courgette(t: Tones) -> str:
    body = "M-118 -6Q-126 -44 -80 -46H60Q130 -40 130 0T60 42H-80Q-126 38 -118 -6Z"
    one = (
        path(body, t.base)
        + path("M-116 6Q0 26 130 4Q128 40 60 42H-80Q-118 38 -116 6Z", t.shade)
        + stroke("M-96 -22H96M-100 4H60M-60 22H100", t.light, 5, dash="26 16", opacity=0.8)
        + path("M-112 -18L-160 -26V16L-112 14Z", LEAF)
    )
    flower = daisy(0, 0, 66, "#E9B13A", "#C9802A", 5)
    return place(one, 4, -190, turn=-24) + place(one, 20, -300, turn=-30) + place(flower, -96, -340)


def _chard(t: Tones) -> str:
    ribs = "M-10 -116Q-70 -220 -96 -330M0 -116V-390M10 -116Q70 -220 96 -330"
    blades = leaves([(-36, -176, 220, -20), (36, -176, 220, 20)], LEAF_DEEP, plump=0.3) + leaves(
        [(0, -190, 240, 0)], LEAF, plump=0.3
    )
    return (
        blades
        + stroke(ribs, t.base, 13)
        + stroke("M0 -230L-36 -270M0 -260L34 -300M0 -310L-26 -340", t.base, 5)
    )


def _beetroot(_: Tones) -> str:
    return _root(0, -276, 0.9, tones("Plum"))


def _radishes(_: Tones) -> str:
    t = tones("Rose")
    return _root(-84, -250, 0.62, t) + _root(86, -240, 0.6, t) + _root(0, -262, 0.72, t)


CROPS: Final[dict[str, Callable[[Tones], str]]] = {
    "Fern": _pods,
    "Moss": _courgette,
    "Rust": _chard,
    "Clay": _beetroot,
    "Terracotta": _radishes,
}
"""The crop on a packet by the packet's colour, standing on its ground line at -110 and 320 high."""
