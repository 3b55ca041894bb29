"""Mixing bowls and colanders, and everything else for the worktop."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from sandbox.artwork import aprons, boards, knives, wooden_spoons
from sandbox.artwork.canvas import Drawing, curve, dot, ellipse, path, place, poly, resting, ring, stroke
from sandbox.artwork.from_above import disc
from sandbox.artwork.knives import tomato
from sandbox.artwork.palette import LEAF, LEAF_DEEP, Tones, mix, tones
from sandbox.artwork.vessels import opening, stood_in, turned
from sandbox.artwork.wooden_spoons import wooden_spoon

OAK: Final = tones("Oak")
STEEL: Final = tones("Steel")
CHALK: Final = tones("Chalk")
CRUMB: Final = "#F0DDB6"


def _quilting() -> str:
    """Path data of raised diamonds round the bowl: two rows, closer together towards the edges."""
    data = ""
    for y, half, tall in ((-176, 236, 62), (-112, 204, 54)):
        xs = [math.sin(math.radians(angle)) * half for angle in range(-72, 73, 18)]
        for left, right in pairwise(xs):
            middle = (left + right) / 2
            sag = y + half * 0.2 * math.sqrt(max(0.0, 1 - (middle / half) ** 2))
            data += poly((middle, sag - tall / 2), (right, sag), (middle, sag + tall / 2), (left, sag))
    return data


def mixing_bowl(t: Tones) -> str:
    """A wide mixing bowl with a rolled rim, 540 wide and 290 high, quilted with raised diamonds."""
    body = turned((262, -286), (254, -200), (206, -90), (140, -22), (126, 0))
    return (
        body.painted(t.base, t.shade, t.light)
        + stroke(_quilting(), t.deep, 5, opacity=0.4)
        + opening(-286, 270, t.light, mix(t.base, "#F7EBD3", 0.4), t.shade, lip=13)
    )


def whisk() -> str:
    """A balloon whisk, 420 long, standing on its wires at the origin."""
    wires = "M-14 -210C-78 -130 -66 0 0 0S78 -130 14 -210M-8 -210C-40 -120 -34 -2 0 0S40 -120 8 -210M0 -210V0"
    return (
        stroke(wires, STEEL.shade, 6)
        + stroke("M-14 -212C-76 -130 -64 -10 -10 -2", STEEL.light, 3)
        + path("M-16 -206L-13 -400Q0 -424 13 -400L16 -206Z", OAK.base)
        + path("M3 -206V-414Q12 -410 13 -400L16 -206Z", OAK.shade)
    )


def _mixing_bowl_front(t: Tones) -> str:
    bowl = mixing_bowl(t) + stood_in(place(whisk(), -70, -180, turn=40, scale=1.1), -285, 257)
    return resting(bowl, 380, 810, 150, scale=1.24)


def _mixing_bowl_from_above(t: Tones) -> str:
    """Flour, an egg and a spoon: the start of a cake."""
    x, y, r = 392, 500, 312
    flour = curve(
        (x - 180, y + 20),
        (x - 130, y - 130),
        (x + 10, y - 190),
        (x + 160, y - 110),
        (x + 190, y + 40),
        (x + 110, y + 160),
        (x - 40, y + 190),
        (x - 150, y + 120),
        closed=True,
    )
    return (
        disc(x, y, r, t)
        + ring(x, y, r - 10, r - 12, t.light, 9)
        + ellipse(x, y, r - 30, r - 33, mix(t.shade, t.deep, 0.3))
        + ellipse(x + 8, y + 11, r - 48, r - 52, mix(t.base, CRUMB, 0.5))
        + path(flour, "#E4D9C4")
        + place(path(flour, "#FBF6EA"), 26, 24, scale=0.94)
        + ellipse(x - 24, y + 16, 92, 84, "#E9D9A8", opacity=0.8)
        + ellipse(x - 30, y + 8, 56, 54, "#E9A52C")
        + ellipse(x - 46, y - 8, 19, 14, "#F6CC66", turn=-30)
        + place(wooden_spoon(OAK), 664, 420, turn=52, scale=1.05)
    )


def _star(x: float, y: float, reach: float, narrow: float = 1) -> str:
    """Path data of a ring of six holes round a seventh; ``narrow`` turns it towards the edge of the bowl."""
    around = (math.radians(angle) for angle in range(30, 390, 60))
    holes = "".join(
        dot(x + math.cos(a) * reach * narrow, y + math.sin(a) * reach, reach * 0.27) for a in around
    )
    return holes + dot(x, y, reach * 0.27)


_STARS: Final = (
    (0, -160, 34, 1.0),
    (-94, -168, 34, 0.9),
    (94, -168, 34, 0.9),
    (-172, -190, 30, 0.66),
    (172, -190, 30, 0.66),
    (-48, -90, 26, 0.96),
    (48, -90, 26, 0.96),
    (-128, -110, 24, 0.76),
    (128, -110, 24, 0.76),
)


def colander(t: Tones) -> str:
    """An enamel colander, 620 wide over its ears and 300 high, on a ring foot."""
    body = turned((250, -280), (236, -190), (176, -84), (112, -40), (108, -40), (118, 0))
    ears = "".join(
        place(
            stroke("M236 -262Q318 -272 316 -238T238 -208", t.shade, 24)
            + stroke("M240 -264Q312 -272 313 -244", t.light, 9),
            flip=f,
        )
        for f in (False, True)
    )
    return (
        ears
        + body.painted(t.base, t.shade, t.light)
        + path("".join(_star(*spot) for spot in _STARS), t.deep)
        + opening(-280, 254, t.light, mix(t.base, CHALK.base, 0.5), t.shade, lip=12)
    )


def _colander_front(t: Tones) -> str:
    return resting(colander(t), 400, 800, 150, scale=1.16)


def _colander_from_above(t: Tones) -> str:
    """From above with washed tomatoes and basil."""
    x, y, r = 400, 500, 280
    ears = "".join(
        stroke(
            f"M{x + s * 250} {y - 66}Q{x + s * 352} {y - 66} {x + s * 352} {y}T{x + s * 250} {y + 66}",
            t.shade,
            34,
        )
        for s in (-1, 1)
    )
    holes = path(
        "".join(
            _star(x + math.cos(a) * 194, y + math.sin(a) * 192, 40)
            for a in (math.radians(angle) for angle in range(0, 360, 45))
        ),
        t.deep,
    )
    leaves = "".join(
        place(
            path("M0 0Q-50 -40 0 -112Q50 -40 0 0Z", c) + stroke("M0 -8V-88", LEAF_DEEP, 4),
            x + dx,
            y + dy,
            turn=a,
        )
        for dx, dy, a, c in ((10, -10, 20, LEAF), (10, -10, 96, "#86A06C"), (6, 0, -60, LEAF))
    )
    return (
        ears
        + disc(x, y, r, t)
        + ring(x, y, r - 9, r - 11, t.light, 8)
        + ellipse(x, y, r - 28, r - 31, mix(t.base, CHALK.base, 0.5))
        + path(
            f"M{x - 240} {y + 40}A252 250 0 0 1 {x + 60} {y - 244}Q{x - 150} {y - 170} {x - 240} {y + 40}Z",
            t.shade,
        )
        + holes
        + "".join(
            tomato(x + dx, y + dy, r)
            for dx, dy, r in ((-78, -70, 74), (76, -84, 68), (-62, 84, 72), (88, 72, 78))
        )
        + leaves
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "mixing_bowl": Drawing(_mixing_bowl_front, _mixing_bowl_from_above),
    "colander": Drawing(_colander_front, _colander_from_above),
    **boards.DRAWINGS,
    **knives.DRAWINGS,
    **wooden_spoons.DRAWINGS,
    **aprons.DRAWINGS,
}
