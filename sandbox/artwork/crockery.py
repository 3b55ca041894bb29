"""Plates and soup bowls."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import (
    Drawing,
    curve,
    ellipse,
    level,
    path,
    place,
    ring,
    shadow,
    speckle,
    stroke,
)
from sandbox.artwork.cutlery import fork, spoon
from sandbox.artwork.from_above import disc, liquid
from sandbox.artwork.palette import CREAM, LEAF, LEAF_DEEP, Tones, lifted, mix, tones
from sandbox.artwork.vessels import opening, turned

SOUP: Final = "#D98A3A"
STEEL: Final = tones("Steel")


def dinner_plate(t: Tones) -> str:
    """A plate lying on the table, 520 wide and 62 high."""
    body = "M-260 -44Q-240 -14 -150 0Q0 14 150 0Q240 -14 260 -44Z"
    return (
        path(body, t.shade)
        + path("M40 6Q120 6 150 0Q240 -14 260 -44L100 -44Z", t.deep, opacity=0.5)
        + level(0, -46, 260, t.base)
        + ring(0, -46, 251, 54, t.accent, 4)
        + level(0, -42, 178, t.shade)
        + level(3, -39, 174, t.light)
    )


def _plate_from_above(t: Tones) -> str:
    x, y, r = 430, 520, 290
    return (
        place(fork(), 84, 548, scale=1.16, turn=-3)
        + disc(x, y, r, t)
        + ellipse(x, y, r * 0.72, r * 0.71, t.shade)
        + ellipse(x + 5, y + 7, r * 0.7, r * 0.69, t.light)
        + path(
            f"M{x - 196} {y + 60}A202 200 0 0 0 {x + 150} {y + 134}Q{x} {y + 150} {x - 196} {y + 60}Z", t.base
        )
        + ring(x, y, r - 13, r - 15, t.accent, 7)
        + speckle(4, 26, (x - 250, y - 190, x + 240, y + 200), mix(t.base, t.deep, 0.7), 2.6)
    )


def _plate_stack(t: Tones) -> str:
    """Five plates in a pile, none quite square on the last."""
    offsets = (0, 9, -7, 5, -4)
    pile = "".join(place(dinner_plate(t), dx, -i * 42) for i, dx in enumerate(offsets))
    sprig = stroke("M-70 -214Q20 -246 130 -216", LEAF_DEEP, 5) + "".join(
        ellipse(x, y, 27, 11, LEAF if i % 2 else LEAF_DEEP, turn=turn)
        for i, (x, y, turn) in enumerate(
            (
                (-40, -240, 40),
                (-16, -212, -30),
                (20, -248, 36),
                (46, -216, -34),
                (84, -242, 30),
                (104, -206, -36),
                (146, -218, 4),
            )
        )
    )
    return shadow(400, 780, 230) + place(pile + sprig, 400, 786, scale=1.24)


def soup_bowl(t: Tones) -> str:
    """A wide bowl of soup, 460 wide and 200 high, on a small foot."""
    body = turned((222, -200), (232, -150), (190, -72), (120, -22), (96, -18), (96, -18), (92, 0))
    return (
        body.painted(t.base, t.shade, t.light)
        + path("M-222 -200L-229 -174Q0 -112 229 -174L222 -200Z", t.deep, opacity=0.45)
        + opening(-200, 222, t.shade, mix(t.shade, t.deep, 0.3), t.deep, lip=11)
        + ellipse(3, -191, 196, 37, SOUP)
        + path("M-196 -184Q-150 -160 0 -153Q120 -154 184 -176Q90 -164 0 -168T-196 -184Z", lifted(SOUP, 0.09))
        + stroke(curve((-70, -196), (-10, -208), (60, -198), (40, -182), (-20, -184), (-40, -192)), CREAM, 8)
        + ellipse(86, -196, 14, 6, LEAF, turn=-20)
        + ellipse(104, -188, 13, 5, LEAF_DEEP, turn=20)
    )


def _bowl_front(t: Tones) -> str:
    rest = stroke("M216 -214L340 -300", STEEL.shade, 15) + stroke("M216 -216L338 -302", STEEL.light, 7)
    bowl = shadow(392, 790, 150, opacity=0.9) + place(rest + soup_bowl(t), 372, 800, scale=1.34)
    return shadow(400, 792, 220, opacity=0.5) + bowl


def _bowl_from_above(t: Tones) -> str:
    x, y, r = 386, 480, 278
    swirl = curve(
        (x - 96, y + 20), (x - 30, y - 90), (x + 90, y - 60), (x + 80, y + 50), (x - 10, y + 70), (x - 20, y)
    )
    return (
        disc(x, y, r, t)
        + ring(x, y, r - 8, r - 10, t.deep, 12, opacity=0.5)
        + ellipse(x, y, r - 42, r - 46, mix(t.shade, t.deep, 0.4))
        + liquid(x + 4, y + 6, r - 58, SOUP)
        + stroke(swirl, CREAM, 15)
        + "".join(
            ellipse(x + dx, y + dy, 25, 11, LEAF if i % 2 else LEAF_DEEP, turn=turn)
            for i, (dx, dy, turn) in enumerate(
                ((-120, 80, 30), (-92, 100, -40), (120, -110, 60), (-60, -130, 10))
            )
        )
        + place(spoon(), 640, 790, scale=1.5, turn=-58)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "dinner_plate": Drawing(_plate_from_above, _plate_stack, front_on="flat", detail_on="table"),
    "soup_bowl": Drawing(_bowl_front, _bowl_from_above),
}
