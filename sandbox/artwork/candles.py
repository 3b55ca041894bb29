"""Candles and what they stand in."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.botanical import leaves
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
    shadow,
    stroke,
)
from sandbox.artwork.palette import CREAM, INK, PAPER, Tones, lifted, mix, tones
from sandbox.artwork.vessels import opening, turned

GLOW: Final = "#FFE9B0"
FLAME: Final = "#F2A83B"
OAK: Final = tones("Oak")


def flame(x: float, y: float, size: float = 1) -> str:
    """A candle flame 74 high standing on its wick at (x, y), inside a faint halo."""
    body = (
        ellipse(0, -40, 74, 84, GLOW, opacity=0.28)
        + path("M0 0Q-26 -8 -22 -36Q-16 -60 4 -80Q2 -58 18 -44Q30 -14 0 0Z", FLAME)
        + path("M0 -4Q-13 -8 -11 -24Q-8 -38 3 -50Q2 -36 10 -26Q14 -8 0 -4Z", "#FFF3CF")
    )
    return stroke(f"M{num(x)} {num(y + 14 * size)}v{num(-22 * size)}", INK, 5 * size) + place(
        body, x, y, scale=size
    )


def candle(t: Tones) -> str:
    """A lit candle in tinted glass, 240 wide and 290 high without its flame, a paper label on it."""
    glass = turned((116, -290), (119, -220), (118, -60), (110, 0))
    wax = turned((106, -196), (104, -16))
    label = "M-74 -158Q0 -142 74 -158V-42Q0 -26 -74 -42Z"
    mark = [(0, -62, 40, -50), (0, -66, 40, 48), (0, -90, 34, -40), (0, -94, 34, 38), (0, -112, 28, 2)]
    return (
        level(0, -290, 116, t.light)
        + ellipse(0, -288, 107, 21, t.deep, opacity=0.55)
        + path(glass.outline, t.base, opacity=0.5)
        + wax.painted(CREAM, lifted(CREAM, -0.08), "#FFF9EA")
        + level(0, -196, 106, mix(CREAM, FLAME, 0.16))
        + path(glass.outline, t.base, opacity=0.55)
        + path(glass.shade, t.deep, opacity=0.4)
        + flame(0, -194, 1.3)
        + path("M-100 -262Q-104 -130 -98 -30H-82Q-88 -150 -84 -262Z", "#fff", opacity=0.5)
        + ring(0, -290, 112, 23, t.light, 8)
        + path(label, PAPER)
        + path("M36 -148Q60 -152 74 -158V-42Q60 -36 36 -33Z", lifted(PAPER, -0.06))
        + stroke("M0 -56V-112", t.deep, 4)
        + leaves(mark, t.deep, plump=0.22)
    )


def _lid() -> str:
    """The oak lid, lying beside its candle."""
    rim = turned((112, -30), (112, 0))
    return (
        rim.painted(OAK.shade, OAK.deep, OAK.base)
        + level(0, -30, 112, OAK.light)
        + stroke("M-84 -34Q-10 -40 80 -30M-60 -22Q0 -26 64 -20M-40 -44Q10 -48 56 -42", OAK.shade, 4)
    )


def _candle_front(t: Tones) -> str:
    return resting(candle(t), 350, 780, 112, scale=1.72) + resting(_lid(), 590, 858, 112, scale=1.05)


def _candle_from_above(t: Tones) -> str:
    """The glass seen from above: a melted pool, the wick, the last of the wax at the edge."""
    x, y = 400, 520
    pool = curve(
        (236, 520),
        (262, 404),
        (370, 342),
        (490, 360),
        (570, 450),
        (570, 580),
        (500, 670),
        (390, 690),
        (280, 640),
        closed=True,
    )
    melted = mix(CREAM, FLAME, 0.26)
    return (
        ellipse(x + 26, y + 34, 262, 260, INK, opacity=0.16)
        + ellipse(x, y, 262, 260, t.base)
        + ring(x, y, 250, 248, t.light, 10)
        + path(
            f"M{x + 70} {y - 250}A262 260 0 0 1 {x - 90} {y + 244}Q{x + 190} {y + 170} {x + 70} {y - 250}Z",
            t.shade,
        )
        + ellipse(x, y, 232, 230, t.deep)
        + ellipse(x + 4, y + 6, 222, 220, CREAM)
        + path(pool, melted)
        + clipped(
            pool,
            path("M200 560Q260 380 520 350L340 300L190 420Z", lifted(melted, -0.06)),
            ellipse(430, 570, 110, 90, GLOW, opacity=0.6),
        )
        + stroke("M480 630Q540 590 548 530", "#fff", 11, opacity=0.7)
        + ellipse(404, 530, 22, 14, lifted(melted, -0.12), opacity=0.6)
        + flame(404, 514, 1.9)
    )


def candle_holder(t: Tones) -> str:
    """A chamberstick, 400 wide and 130 high: a saucer with a turned-up rim, a cup and a loop for the finger."""
    loop = curve((140, -40), (216, -108), (266, -60), (238, -4), (160, -14))
    saucer = (
        f"M-200 -40Q-186 4 -110 14A130 28 0 0 0 110 14Q186 4 200 -40A200 {num(200 * TILT)} 0 0 1 -200 -40Z"
    )
    cup = turned((58, -150), (58, -150), (46, -126), (40, -70), (64, -34), (64, -34))
    return (
        stroke(loop, t.deep, 24)
        + stroke(loop, t.base, 15)
        + path(saucer, t.base)
        + clipped(
            saucer,
            path("M60 -60Q130 0 40 60H230V-60Z", t.shade),
            path("M-186 -24Q-150 10 -90 14L-96 2Q-150 -8 -170 -30Z", t.light),
        )
        + level(0, -40, 200, t.light)
        + ellipse(2, -38, 186, 37, t.shade)
        + path("M-184 -38Q-120 -76 60 -73Q-60 -50 -70 -4Q-160 -8 -184 -38Z", t.deep, opacity=0.75)
        + ellipse(16, -26, 92, 16, t.deep, opacity=0.5)
        + cup.painted(t.base, t.shade, t.light)
        + opening(-150, 58, t.light, t.shade, t.deep, lip=7)
    )


def candlestick(t: Tones, taper: float = 360) -> str:
    """The chamberstick with a lit taper ``taper`` high."""
    wax = turned((19, -144 - taper), (26, -150 - taper * 0.3), (28, -146))
    return (
        candle_holder(t)
        + wax.painted(CREAM, lifted(CREAM, -0.1), "#fff")
        + level(0, -144 - taper, 19, "#FFF6DF")
        + path(f"M-15 {num(-146 - taper)}q4 60 -2 104q10 16 18 -2q-2 -50 4 -98Z", "#FFF9EA")
        + flame(0, -146 - taper)
    )


def _candle_holder_front(t: Tones) -> str:
    return resting(candlestick(t), 372, 806, 170, scale=1.14)


def _candle_holder_close(t: Tones) -> str:
    """The holder at the end of an evening: a stub of candle, wax run down the cup, a beaded rim."""
    beads = stroke(f"M-196 -36A200 {num(200 * TILT)} 0 0 0 196 -36", t.light, 8, dash="1 14")
    runs = path(
        (
            "M-34 -210Q-42 -170 -44 -120Q-36 -100 -28 -122L-22 -146Q-10 -138 0 -146L6 -96"
            "Q16 -78 24 -98L30 -150L30 -210Z"
        ),
        CREAM,
    ) + path("M8 -200L6 -96Q16 -78 24 -98L30 -150V-200Z", lifted(CREAM, -0.09))
    pooled = path("M-116 -28Q-70 -40 -40 -30T30 -22Q20 -10 -30 -10T-116 -28Z", CREAM)
    return shadow(372, 700, 282) + place(
        candle_holder(t) + beads + pooled + runs + ellipse(-2, -212, 32, 8, "#FFF6DF") + flame(-2, -214, 1.1),
        352,
        690,
        scale=1.56,
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "candle": Drawing(_candle_front, _candle_from_above),
    "candle_holder": Drawing(_candle_holder_front, _candle_holder_close, detail_on="table"),
}
