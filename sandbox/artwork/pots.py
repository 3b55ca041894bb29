"""Pots and planters, each with something growing in it."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.botanical import daisy, grass, leaf, leaves, rounds, sprig, succulent
from sandbox.artwork.canvas import (
    TILT,
    Drawing,
    clipped,
    curve,
    ellipse,
    level,
    num,
    path,
    place,
    resting,
    ring,
    speckle,
    stroke,
)
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, SOIL, TWINE, Tones, lifted
from sandbox.artwork.vessels import Turned, opening, turned


def _tapered(top: float, top_y: float, foot: float, foot_y: float) -> Turned:
    """A straight-sided ``turned`` body from radius ``top`` to radius ``foot``: thrown pots that need no curve."""
    arc = f"A{num(foot)} {num(foot * TILT)} 0 0 0 {num(foot)} {num(foot_y)}"
    side = f"{arc}L{num(top)} {num(top_y)}Z"
    low = (foot_y - top_y) * 0.16
    return Turned(
        f"M{num(-top)} {num(top_y)}L{num(-foot)} {num(foot_y)}{side}",
        f"M{num(top * 0.62)} {num(top_y)}L{num(foot * 0.34)} {num(foot_y + foot * TILT * 0.94)}{side}",
        f"M{num(-top * 0.86)} {num(top_y + low)}L{num(-foot * 0.86)} {num(foot_y - low)}H{num(-foot * 0.7)}"
        f"L{num(-top * 0.7)} {num(top_y + low)}Z",
    )


def _flowerpot(t: Tones) -> str:
    body = _tapered(148, -260, 104, 0)
    rim = _tapered(170, -326, 164, -250)
    return (
        body.painted(t.base, t.shade, t.light)
        + clipped(
            body.outline, path("M-170 -262Q0 -180 170 -262V-236Q0 -152 -170 -236Z", t.deep, opacity=0.5)
        )
        + speckle(4, 9, (-84, -150, 60, -10), t.light, 4)
        + rim.painted(t.base, t.shade, t.light)
        + stroke("M-164 -268Q0 -196 164 -268", t.deep, 4, opacity=0.5)
        + opening(-326, 170, t.light, t.shade, t.deep, lip=13)
    )


def terracotta_pot(t: Tones) -> str:
    """A classic flowerpot with a rolled rim, 340 wide and 330 high, filled with soil to two fingers below it."""
    return (
        _flowerpot(t)
        + ellipse(0, -320, 150, 27, SOIL)
        + speckle(2, 10, (-110, -334, 110, -306), lifted(SOIL, 0.12), 4)
    )


def herbs() -> str:
    """A bush of sage or basil standing at the origin, 370 high."""
    return (
        sprig(-50, 0, 230, -32, 4, size=96, fill=LEAF_DEEP)
        + sprig(56, 0, 236, 30, 4, size=96, fill=LEAF_DEEP)
        + sprig(-6, 0, 310, -2, 5, size=112)
    )


def _terracotta_front(t: Tones) -> str:
    return resting(terracotta_pot(t) + place(herbs(), 0, -318), 396, 850, 104, scale=1.12)


def _terracotta_stack(t: Tones) -> str:
    """Three empty pots nested in one another, and a small one with a seedling."""
    collar = _tapered(146, -66, 138, 0)
    rim = _tapered(170, -132, 164, -56)
    nested = (
        collar.painted(t.shade, t.deep, t.base)
        + rim.painted(t.base, t.shade, t.light)
        + opening(-132, 170, t.light, t.shade, t.deep, lip=13)
    )
    seedling = sprig(0, -318, 190, 4, 2, size=120)
    return resting(
        _flowerpot(t) + place(nested, 4, -322) + place(nested, -5, -450), 310, 800, 104, scale=1.1
    ) + resting(terracotta_pot(t) + seedling, 606, 868, 104, scale=0.66)


def glazed_pot(t: Tones) -> str:
    """A round-bellied pot in a running glaze, 400 wide and 330 high, on a saucer."""
    body = turned((150, -330), (196, -220), (190, -110), (136, -16), (136, -16))
    saucer = _tapered(186, -34, 158, 0)
    clay = "#B98A63"
    return (
        saucer.painted(t.shade, t.deep, t.base)
        + level(0, -34, 186, t.base)
        + ellipse(0, -31, 172, 34, t.deep)
        + path(body.outline, clay)
        + clipped(
            body.outline,
            path(
                "M-210 -340V-70Q-170 -30 -130 -76T-50 -66Q-20 -16 20 -66T110 -70Q150 -30 210 -80V-340Z",
                t.base,
            ),
            path("M-210 -340V-216Q-150 -196 -100 -220T0 -214T110 -222T210 -214V-340Z", t.light),
            path(body.shade, INK, opacity=0.17),
            path(body.light, "#fff", opacity=0.35),
        )
        + speckle(8, 16, (-150, -290, 60, -100), t.deep, 3)
        + opening(-330, 150, t.light, t.shade, t.deep, lip=12)
        + ellipse(0, -325, 130, 24, SOIL)
    )


def fern() -> str:
    """Broad arching leaves standing at the origin, 420 high."""
    blades = (
        (-74, 300, -0.04),
        (72, 300, -0.07),
        (-44, 380, 0.03),
        (46, 372, -0.02),
        (-14, 430, 0.06),
        (18, 410, 0),
    )
    return "".join(
        leaf(turn * 0.6, 0, length, turn, lifted(LEAF, tone), plump=0.15)
        + place(stroke(f"M0 -20V{-length * 0.86:.0f}", lifted(LEAF, 0.14), 3), turn * 0.6, 0, turn=turn)
        for turn, length, tone in blades
    )


def _glazed_front(t: Tones) -> str:
    return resting(glazed_pot(t) + place(fern(), 0, -318, scale=0.86), 398, 846, 170, scale=1.12)


def _glazed_from_above(t: Tones) -> str:
    """The rim and a rosette of succulents seen from above."""
    x, y = 400, 510
    rosettes = "".join(
        place(_rosette(size, fill), px, py)
        for px, py, size, fill in (
            (330, 430, 120, "#86A58A"),
            (500, 490, 100, "#A9B98A"),
            (370, 620, 108, "#6E9486"),
        )
    )
    return (
        ellipse(x + 26, y + 34, 296, 294, INK, opacity=0.16)
        + ellipse(x, y, 294, 292, t.base)
        + path(
            f"M{x + 90} {y - 278}A294 292 0 0 1 {x - 110} {y + 270}Q{x + 250} {y + 190} {x + 90} {y - 278}Z",
            t.shade,
        )
        + ring(x, y, 270, 268, t.light, 12)
        + ellipse(x, y, 244, 242, t.deep)
        + ellipse(x + 5, y + 7, 232, 230, SOIL)
        + speckle(5, 24, (x - 150, y - 170, x + 160, y + 170), lifted(SOIL, 0.14), 6)
        + rosettes
    )


def _rosette(radius: float, fill: str) -> str:
    """A succulent seen from above: two rings of pointed leaves and a heart."""
    outer = leaves([(0, 0, radius, 45 * i) for i in range(8)], lifted(fill, -0.05))
    inner = leaves([(0, 0, radius * 0.66, 22 + 60 * i) for i in range(6)], lifted(fill, 0.04), plump=0.34)
    return outer + inner + ellipse(0, 0, radius * 0.17, radius * 0.16, lifted(fill, 0.11))


def hanging_planter(t: Tones) -> str:
    """A glazed bowl in a sling of cord, 360 wide; the origin is its lowest point, the cords meet at -610."""
    bowl = turned((180, -210), (180, -210), (172, -120), (110, -24), (70, 0))
    return (
        stroke("M0 -610L-60 -224", lifted(TWINE, -0.12), 7)
        + bowl.painted(t.base, t.shade, t.light)
        + clipped(bowl.outline, path("M-190 -150Q0 -80 190 -150V-128Q0 -58 -190 -128Z", t.accent))
        + opening(-210, 180, t.light, t.shade, t.deep, lip=12)
        + ellipse(0, -204, 160, 28, SOIL)
        + succulent(-10, -200, 170, "#7F9C72")
        + _trailing(-128, -196, 250)
        + _trailing(122, -190, 330)
        + _trailing(60, -184, 200)
        + stroke("M0 -610L-176 -206Q-170 -90 -60 8M0 -610L176 -206Q170 -90 60 8M-60 8Q0 22 60 8", TWINE, 8)
        + stroke("M0 -610V-700", TWINE, 12)
        + ellipse(0, -608, 13, 18, lifted(TWINE, -0.08))
        + stroke("M-8 12L-20 84M4 14L6 92M14 12L30 80", TWINE, 6)
    )


def _trailing(x: float, y: float, length: float) -> str:
    """A string of round leaves hanging down from (x, y)."""
    steps = range(int(length / 34))
    near = rounds((x + 13, y + 24 + i * 34, 17, 30) for i in steps[1::2])
    far = rounds((x - 13, y + 24 + i * 34, 17, -30) for i in steps[::2])
    vine = stroke(f"M{x} {y}Q{x + 8} {y + length / 2} {x} {y + length}", LEAF_DEEP, 4)
    return vine + path(far, lifted(LEAF, -0.03)) + path(near, lifted(LEAF, 0.06))


def _hanging_front(t: Tones) -> str:
    return place(hanging_planter(t), 400, 800, scale=1.24)


def _hanging_close(t: Tones) -> str:
    """Two bowls hanging at different heights, close enough to see the knots."""
    grown = turned((180, -210), (180, -210), (172, -120), (110, -24), (70, 0))
    sling = "M0 -610L-176 -206Q-170 -90 -60 8M0 -610L176 -206Q170 -90 60 8M-60 8Q0 22 60 8"
    bowl = (
        grown.painted(t.base, t.shade, t.light)
        + clipped(grown.outline, path("M-190 -150Q0 -80 190 -150V-128Q0 -58 -190 -128Z", t.accent))
        + speckle(3, 18, (-150, -110, 110, -30), t.deep, 3)
        + opening(-210, 180, t.light, t.shade, t.deep, lip=12)
        + ellipse(0, -204, 160, 28, SOIL)
    )
    flowers = "".join(
        daisy(x, y, 34, "#F6EFE2", "#D8A23A", 8, turn=x)
        for x, y in ((-90, -330), (0, -390), (86, -316), (20, -290))
    )
    stems = stroke("M0 -200L-90 -330M0 -200V-390M10 -200L86 -316", LEAF_DEEP, 5)
    knots = "".join(ellipse(kx, -206, 12, 14, lifted(TWINE, -0.1)) for kx in (-176, 176))
    return place(
        bowl
        + stems
        + grass(0, -200, 130, 9)
        + flowers
        + stroke(sling, TWINE, 8)
        + knots
        + ellipse(0, 16, 14, 12, lifted(TWINE, -0.1))
        + stroke(
            curve((-6, 24), (-30, 70), (-26, 110)) + curve((6, 24), (26, 70), (30, 104)) + "M0 24V112",
            TWINE,
            7,
        ),
        400,
        760,
        scale=1.7,
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "terracotta_pot": Drawing(_terracotta_front, _terracotta_stack, detail_on="table"),
    "glazed_pot": Drawing(_glazed_front, _glazed_from_above),
    "hanging_planter": Drawing(_hanging_front, _hanging_close, front_on="flat"),
}
