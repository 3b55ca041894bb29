"""Vases, mirrors, clocks and baskets."""

from __future__ import annotations

import math
from typing import Final

from sandbox.artwork.blooms import larkspur
from sandbox.artwork.botanical import leaf
from sandbox.artwork.canvas import Drawing, clipped, ellipse, num, path, place, resting, ring, speckle, stroke
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, LINEN, PAPER, TWINE, Tones, lifted, mix, tones
from sandbox.artwork.textile import basketwork
from sandbox.artwork.vessels import opening, turned

OAK: Final = tones("Oak")
GLASS: Final = "#DCE7E6"


def vase(t: Tones) -> str:
    """A shouldered stoneware vase, 300 wide and 430 high, dipped in a second glaze."""
    body = turned((58, -426), (46, -386), (60, -346), (138, -262), (150, -180), (118, -76), (76, 0))
    return (
        path(body.outline, t.base)
        + clipped(body.outline, path("M-160 -206Q-110 -176 -50 -190T70 -178T170 -204V60H-160Z", t.accent))
        + path(body.shade, INK, opacity=0.2)
        + path(body.light, "#fff", opacity=0.26)
        + speckle(6, 14, (-112, -160, 60, -16), t.deep, 3)
        + opening(-426, 58, t.light, t.shade, t.deep, lip=7)
    )


def _vase_front(t: Tones) -> str:
    violet, pale = "#5A5FC0", "#8286D2"
    stems = larkspur(386, 480, 400, -15, violet, open_florets=7) + larkspur(
        410, 480, 370, 17, pale, open_florets=6
    )
    return stems + larkspur(398, 480, 450, 1, violet) + resting(vase(t), 396, 858, 78)


def _vase_pair(t: Tones) -> str:
    """The vase beside a small bottle in the darker glaze, each with a leaf or nothing at all."""
    small = turned((26, -250), (20, -226), (24, -170), (74, -100), (78, -60), (52, 0))
    bottle = small.painted(t.shade, t.deep, t.base) + opening(-250, 26, t.base, t.deep, t.deep, lip=5)
    branch = leaf(0, -240, 190, 16, LEAF, plump=0.16) + leaf(-2, -240, 150, -22, LEAF_DEEP, plump=0.18)
    return resting(vase(t), 320, 770, 78, scale=1.42) + resting(branch + bottle, 606, 846, 54, scale=1.3)


def round_mirror(t: Tones) -> str:
    """A round mirror, 540 across; the origin is the middle of the glass."""
    panes = path("M-260 60L60 -260H150L-220 170ZM-170 226L230 -150L250 -90L-120 270Z", "#fff", opacity=0.5)
    return (
        ellipse(0, 0, 270, 269, t.base)
        + path("M140 -232A270 269 0 0 1 -120 242Q150 190 140 -232Z", t.shade)
        + ring(0, 0, 263, 262, t.light, 6)
        + ellipse(0, 0, 242, 241, t.deep)
        + clipped(
            "M-238 4A240 240 0 1 1 242 4A240 238 0 1 1 -238 4Z",
            path("M-260 -260H260V260H-260Z", GLASS),
            path("M-260 96Q0 70 260 100V260H-260Z", lifted(GLASS, -0.05)),
            panes,
        )
    )


def strap() -> str:
    """The mirror's leather strap over a wooden peg, around the same origin as the glass."""
    line = "M-150 -226L0 -404L150 -226"
    return (
        stroke(line, TWINE, 16)
        + stroke(line, lifted(TWINE, 0.08), 5)
        + ellipse(0, -402, 21, 21, OAK.shade)
        + ellipse(-3, -405, 14, 14, OAK.light)
    )


def _mirror_front(t: Tones) -> str:
    hung = place(round_mirror(t), 400, 500, scale=1.12)
    return ellipse(426, 532, 303, 301, INK, opacity=0.14) + hung


def _mirror_shelf(t: Tones) -> str:
    """The mirror leaning on a shelf behind a bottle with one leaf, which it reflects."""
    sprig = leaf(0, -168, 210, 14, LEAF, plump=0.2) + leaf(0, -160, 150, -30, LEAF_DEEP, plump=0.24)
    pot = turned((30, -170), (26, -150), (62, -90), (66, -50), (50, 0)).painted(
        LINEN, lifted(LINEN, -0.1), PAPER
    )
    mirror = place(round_mirror(t), 372, 500, scale=1.05)
    seen = clipped(
        "M124 500A248 248 0 1 1 620 500A248 248 0 1 1 124 500Z",
        place(sprig + pot, 476, 700, scale=0.92) + path("M120 250H640V760H120Z", GLASS, opacity=0.45),
    )
    return (
        ellipse(450, 768, 300, 36, "url(#s)")
        + ellipse(396, 516, 282, 280, INK, opacity=0.12)
        + mirror
        + seen
        + resting(sprig + pot, 584, 824, 50, scale=1.3)
    )


def wall_clock(t: Tones) -> str:
    """A wall clock at ten past ten, 540 across; the origin is the middle of its face."""
    marks = "".join(
        f"M{num(r * math.sin(a))} {num(-r * math.cos(a))}L{num(206 * math.sin(a))} {num(-206 * math.cos(a))}"
        for i in range(12)
        for a, r in ((math.radians(30 * i), 168 if i % 3 == 0 else 188),)
    )
    return (
        ellipse(0, 0, 270, 269, t.base)
        + path("M140 -232A270 269 0 0 1 -120 242Q170 190 140 -232Z", t.shade)
        + ring(0, 0, 262, 261, t.light, 7)
        + ellipse(0, 0, 238, 237, PAPER)
        + path("M-236 20A238 237 0 0 1 110 -210Q-140 -180 -236 20Z", lifted(PAPER, -0.07))
        + stroke(marks, INK, 9)
        + stroke("M0 18L-84 -92", INK, 17)
        + stroke("M-4 22L112 -148", INK, 11)
        + stroke("M-8 -58L10 152", t.base if t.name != "Chalk" else t.accent, 5)
        + ellipse(0, 0, 17, 17, INK)
        + ellipse(-3, -3, 6, 6, PAPER)
    )


def _clock_front(t: Tones) -> str:
    return ellipse(424, 530, 286, 286, INK, opacity=0.14) + place(wall_clock(t), 400, 500, scale=1.06)


def _clock_close(t: Tones) -> str:
    """A quarter of the face close up: the bent metal of the rim, the printed minutes."""
    minutes = "".join(
        (
            f"M{num(216 * math.sin(a))} {num(-216 * math.cos(a))}"
            f"L{num(224 * math.sin(a))} {num(-224 * math.cos(a))}"
        )
        for a in (math.radians(6 * i) for i in range(33, 80))
        if round(math.degrees(a)) % 30
    )
    sheen = stroke("M-262 -60A268 268 0 0 1 -120 -236", "#fff", 6, opacity=0.7)
    return ellipse(704, 752, 648, 648, INK, opacity=0.16) + place(
        wall_clock(t) + stroke(minutes, INK, 3) + sheen, 660, 690, scale=2.4
    )


def storage_basket(t: Tones) -> str:
    """A woven seagrass basket with two handles and a dyed lower half, 460 wide and 380 high."""
    body = turned((206, -330), (228, -240), (222, -110), (186, 0))
    straw, handle = tones("Sand"), "M{0} -300Q{1} -430 {2} -440T{3} -306"
    left, right = handle.format(-182, -186, -128, -62), handle.format(62, 74, 128, 184)
    return (
        stroke(left, straw.deep, 24)
        + stroke(right, straw.deep, 24)
        + body.painted(straw.base, straw.shade, straw.light)
        + clipped(
            body.outline,
            path("M-240 -150Q0 -90 240 -150V70H-240Z", t.base),
            path("M90 -110Q180 -124 240 -150V70H50Z", t.shade),
            stroke(basketwork(6, -302, 34, 230), straw.deep, 6, opacity=0.75),
            stroke(basketwork(5, -98, 34, 230), t.deep, 6, opacity=0.8),
        )
        + opening(-330, 206, straw.light, straw.shade, straw.deep, lip=14)
        + stroke(left, straw.base, 15)
        + stroke(right, straw.base, 15)
        + stroke(left + right, straw.light, 4, dash="9 13")
    )


def _basket_front(t: Tones) -> str:
    return resting(storage_basket(t), 400, 810, 186, scale=1.32)


def _yarn(x: float, y: float, radius: float, tone: str) -> str:
    """A ball of wool."""
    turns = (
        "".join(
            (
                f"M{num(-64 + 16 * i)} {-70 + abs(i) * 5}"
                f"Q{-20 + 16 * i} {-6 * i} {num(-70 + 22 * i)} {70 - abs(i) * 6}"
            )
            for i in range(6)
        )
        + "M-20 -92Q40 -70 88 -10M10 -90Q60 -70 90 -30M-80 46Q0 84 70 54M-66 64Q0 100 52 72"
    )
    return place(
        ellipse(0, 0, 94, 92, tone)
        + path("M40 -84A94 92 0 0 1 -40 84Q70 50 40 -84Z", lifted(tone, -0.07))
        + stroke(turns, lifted(tone, -0.13), 5),
        x,
        y,
        scale=radius / 94,
    )


def _basket_filled(t: Tones) -> str:
    """The basket from above with somebody's knitting in it."""
    x, y, straw = 400, 520, tones("Sand")
    rings = "".join(
        ring(x, y, r, r - 2, straw.deep if i % 2 else straw.shade, 7)
        for i, r in enumerate(range(296, 240, -17))
    )
    handle = "M{0} 430Q{1} 520 {0} 610"
    handles = handle.format(112, 50) + handle.format(688, 750)
    needles = "M300 640L690 176M350 690L640 132"
    return (
        ellipse(x + 22, y + 30, 306, 302, INK, opacity=0.16)
        + stroke(handles, straw.deep, 28)
        + stroke(handles, straw.base, 17)
        + ellipse(x, y, 304, 302, straw.base)
        + rings
        + ring(x, y, 282, 280, t.base, 30)
        + ring(x, y, 282, 280, t.deep, 4, opacity=0.6)
        + ellipse(x, y, 232, 230, straw.deep)
        + _yarn(316, 446, 104, t.base)
        + _yarn(506, 470, 100, t.accent)
        + stroke(needles, OAK.deep, 14)
        + stroke(needles, OAK.light, 8)
        + ellipse(692, 174, 15, 15, OAK.shade)
        + ellipse(642, 130, 15, 15, OAK.shade)
        + _yarn(398, 630, 104, mix(t.base, LINEN, 0.6))
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "vase": Drawing(_vase_front, _vase_pair, detail_on="table"),
    "round_mirror": Drawing(_mirror_front, _mirror_shelf, front_on="flat", detail_on="table"),
    "wall_clock": Drawing(_clock_front, _clock_close, front_on="flat"),
    "storage_basket": Drawing(_basket_front, _basket_filled),
}
