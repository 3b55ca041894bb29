"""Lamps; candles have a module of their own."""

from __future__ import annotations

from typing import Final

from sandbox.artwork import candles
from sandbox.artwork.candles import candle, candle_holder, candlestick, flame
from sandbox.artwork.canvas import (
    TILT,
    Drawing,
    clipped,
    ellipse,
    num,
    path,
    place,
    resting,
    ring,
    speckle,
    stroke,
)
from sandbox.artwork.palette import CREAM, INK, LINEN, Tones, lifted, mix, tones
from sandbox.artwork.vessels import turned

__all__ = ["DRAWINGS", "candle", "candle_holder", "candlestick", "flame", "pendant_lamp", "table_lamp"]

BRASS: Final = tones("Brass")
GLOW: Final = "#FFE9B0"
CLAY: Final = "#C6A37C"  # the unglazed foot


def table_lamp(t: Tones) -> str:
    """A lamp with a turned ceramic foot and a linen shade, 440 wide and 640 high."""
    foot = turned((22, -268), (30, -240), (92, -190), (122, -120), (112, -52), (84, -16), (84, -16), (88, 0))
    shade = turned((136, -640), (136, -640), (214, -300), (214, -300))
    turning = "".join(f"M-130 {y}Q0 {y + 42} 130 {y}" for y in (-196, -164, -132, -100, -68))
    weave = "".join(f"M{x * 0.64} -640L{x} -260" for x in range(-190, 200, 38))
    return (
        stroke("M0 -330V-262", BRASS.shade, 22)
        + stroke("M-4 -330V-262", BRASS.light, 8)
        + foot.painted(t.base, t.shade, t.light)
        + clipped(
            foot.outline,
            stroke(turning, t.shade, 4),
            path("M-130 -8Q0 30 130 -8V40H-130Z", CLAY),
            path("M52 -260Q150 -180 96 30H140V-260Z", t.deep, opacity=0.4),
        )
        + speckle(4, 12, (-84, -190, 40, -40), t.deep, 2.6)
        + path(shade.outline, LINEN)
        + clipped(
            shade.outline,
            ellipse(-10, -380, 230, 236, GLOW, opacity=0.6),
            path(shade.shade, lifted(LINEN, -0.07)),
            stroke(weave, lifted(LINEN, -0.12), 3, opacity=0.5),
            stroke(f"M-220 -306A214 {num(214 * TILT)} 0 0 0 220 -306", lifted(LINEN, -0.16), 14),
        )
        + ellipse(0, -640, 136, 30, lifted(LINEN, 0.03))
        + ellipse(0, -638, 124, 24, mix(LINEN, GLOW, 0.7))
        + path("M-124 -638Q-60 -672 40 -661Q-50 -652 -70 -617Q-116 -624 -124 -638Z", lifted(LINEN, -0.1))
    )


def _table_lamp_front(t: Tones) -> str:
    cord = "M440 790Q560 770 640 790T800 776"
    switch = "M596 770l58 12q8 4 4 14l-6 12q-5 6 -14 4l-54 -12q-9 -3 -6 -13l4 -11q4 -9 14 -6Z"
    return (
        stroke(cord, INK, 6, opacity=0.55)
        + path(switch, INK)
        + stroke("M614 786l20 4", LINEN, 6, opacity=0.8)
        + resting(table_lamp(t), 392, 812, 88, scale=1.08)
    )


def _table_lamp_close(t: Tones) -> str:
    """The foot seen close, the shade running out of the frame."""
    brush = stroke(
        "M-84 -66Q0 -40 96 -64M-70 -48Q0 -26 84 -46M-104 -96Q-60 -78 -10 -76M-66 -204Q-10 -188 50 -200",
        t.light,
        5,
        opacity=0.6,
    )
    return stroke("M470 884Q620 860 700 890T820 880", INK, 12, opacity=0.5) + resting(
        table_lamp(t) + brush, 380, 900, 88, scale=2.15
    )


def pendant_lamp(t: Tones) -> str:
    """An enamelled dome on a cloth cord, 520 wide; the origin is the middle of its rim, the cord runs up from -300."""
    dome = (
        "M-262 0Q-262 -190 -70 -246Q-40 -256 -38 -286H38Q40 -256 70 -246Q262 -190 262 0A262 44 0 0 1 -262 0Z"
    )
    return (
        stroke("M0 -330V-760", t.accent, 9)
        + stroke("M0 -330V-760", INK, 9, dash="3 15", opacity=0.5)
        + path("M-24 -340Q0 -352 24 -340L40 -282Q0 -272 -40 -282Z", BRASS.base)
        + path("M6 -347Q18 -345 24 -340L40 -282Q26 -277 12 -276Z", BRASS.shade)
        + path(dome, t.base)
        + clipped(
            dome,
            path("M60 -260Q190 -140 150 50H280V-260Z", t.shade),
            path("M150 -230Q250 -130 224 50H290V-230Z", t.deep, opacity=0.7),
            path("M-214 -30Q-206 -160 -84 -212Q-150 -140 -166 -24Q-190 -14 -214 -30Z", t.light),
        )
        + ellipse(0, 0, 262, 44, t.light)
        + ellipse(0, 3, 246, 37, mix(CREAM, "#ffffff", 0.4))
        + path("M-246 3A246 37 0 0 1 120 -29Q-60 -16 -110 36A246 37 0 0 1 -246 3Z", lifted(CREAM, -0.08))
        + ellipse(10, 8, 66, 24, GLOW)
        + path("M-40 12A52 44 0 0 0 62 12A66 20 0 0 0 -40 12Z", "#FFF6DC")
    )


def _pendant_front(t: Tones) -> str:
    beam = "M136 526L10 1000H790L664 526Q400 580 136 526Z"
    return path(beam, GLOW, opacity=0.16) + place(pendant_lamp(t), 400, 520, scale=1.06)


def _pendant_from_below(t: Tones) -> str:
    """Looking up into the dome: white enamel inside, a coloured rim, the bulb."""
    x, y, inside = 400, 500, "#F6EEDF"
    return (
        ellipse(x + 24, y + 34, 312, 312, INK, opacity=0.14)
        + ellipse(x, y, 310, 309, t.base)
        + path(
            f"M{x + 90} {y - 296}A310 309 0 0 1 {x - 120} {y + 285}Q{x + 250} {y + 210} {x + 90} {y - 296}Z",
            t.shade,
        )
        + ring(x, y, 299, 298, t.light, 8)
        + ellipse(x, y, 284, 283, inside)
        + path(
            f"M{x - 270} {y - 90}A284 283 0 0 1 {x + 150} {y - 240}Q{x - 130} {y - 190} {x - 270} {y - 90}Z",
            lifted(inside, -0.09),
        )
        + ring(x, y, 196, 195, lifted(inside, -0.05), 5)
        + ellipse(x, y, 150, 150, GLOW, opacity=0.6)
        + ellipse(x, y, 96, 96, BRASS.base)
        + ellipse(x + 4, y + 6, 84, 84, "#FFF3CF")
        + ellipse(x + 6, y + 8, 52, 52, "#fff")
        + path(
            f"M{x - 66} {y + 10}A72 72 0 0 1 {x - 10} {y - 62}Q{x - 50} {y - 40} {x - 66} {y + 10}Z",
            "#fff",
            opacity=0.9,
        )
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "table_lamp": Drawing(_table_lamp_front, _table_lamp_close, detail_on="table"),
    "pendant_lamp": Drawing(_pendant_front, _pendant_from_below),
    **candles.DRAWINGS,
}
