"""The trug and what comes home in it."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.botanical import grass, leaves, tulip
from sandbox.artwork.canvas import (
    Drawing,
    cast,
    clipped,
    curve,
    ellipse,
    path,
    place,
    resting,
    speckle,
    stroke,
)
from sandbox.artwork.palette import INK, LEAF, LEAF_DEEP, Tones, lifted, tones

OAK: Final = tones("Oak")
BRASS: Final = tones("Brass")
CARROT: Final = "#D9803A"
# The cut tulips: head x, head y, lean of the stem, turn of the head.
_CUT: Final = ((338, 330, 50, -10), (452, 300, -40, 8), (392, 260, 16, -2), (470, 410, -64, 16))


def garden_trug(t: Tones) -> str:
    """A slatted trug with a hoop handle, 600 wide and 420 high, empty."""
    hull = "M-300 -186Q-270 -40 -170 -8Q0 20 170 -8Q270 -40 300 -186Z"
    boards = "M-288 -140Q0 -60 288 -140M-262 -84Q0 -10 262 -84M-214 -34Q0 30 214 -34"
    return (
        path("M-190 -4Q-186 20 -150 22H-120L-110 -10ZM190 -4Q186 20 150 22H120L110 -10Z", t.deep)
        + ellipse(0, -186, 300, 62, t.deep)
        + path(hull, t.base)
        + clipped(
            hull,
            path("M120 -190Q170 -60 90 30H310V-190Z", t.shade),
            path("M-270 -170Q-250 -70 -180 -30L-150 -40Q-210 -80 -226 -160Z", t.light),
            stroke(boards, t.deep, 6),
            ellipse(0, -190, 300, 64, t.deep),
        )
    )


def _trug_rim(t: Tones) -> str:
    """The bent-wood hoop and rim, painted over whatever the trug carries."""
    hoop = curve((-44, -128), (-66, -300), (-20, -420), (52, -430), (96, -340), (84, -244))
    front = "M-300 -186A300 62 0 0 0 300 -186"
    return (
        stroke(front, OAK.shade, 26)
        + stroke("M-300 -190A300 62 0 0 0 300 -190", OAK.light, 13)
        + stroke("M-44 -128L-36 0", OAK.shade, 28)
        + stroke("M-48 -128L-40 -4", OAK.base, 16)
        + stroke(hoop, OAK.shade, 28)
        + stroke(hoop, OAK.light, 14)
        + speckle(1, 2, (-50, -120, -38, -100), BRASS.light, 6)
    )


def _carrot(x: float, y: float, turn: float) -> str:
    root = path("M-34 0Q-30 -26 0 -28T34 0Q26 110 2 190Q-28 100 -34 0Z", CARROT) + path(
        "M10 -26Q40 -20 34 0Q26 110 2 190Q24 80 10 -26Z", lifted(CARROT, -0.07)
    )
    rings = stroke("M-30 30H-10M-4 64H18M-22 96H-8", lifted(CARROT, -0.13), 5)
    return place(place(grass(0, -22, 150, 6), 0, 0) + root + rings, x, y, turn=turn)


def _lettuce(x: float, y: float, size: float) -> str:
    """A round lettuce: ruffled leaves, pale ribs."""
    ruffle = (
        "M-96 20Q-124 -14 -100 -40Q-104 -76 -70 -80Q-56 -112 -20 -98Q8 -122 40 -98Q76 -104 82 -72"
        "Q114 -56 100 -22Q116 14 90 34Q0 70 -96 20Z"
    )
    heart = "M-60 16Q-84 -10 -62 -34Q-60 -66 -24 -62Q0 -86 28 -62Q62 -60 60 -28Q80 0 54 24Q0 46 -60 16Z"
    ribs = stroke(
        "M0 34Q-4 -10 4 -44M-6 30Q-30 6 -42 -16M8 28Q30 4 40 -16M-64 24Q-80 -20 -66 -56M70 24Q84 -20 70 -54",
        "#E6ECC2",
        5,
    )
    return place(
        path(ruffle, "#86A354")
        + path("M40 -98Q76 -104 82 -72Q114 -56 100 -22Q116 14 90 34Q50 52 0 52Q80 0 40 -98Z", "#70904A")
        + path(heart, "#B4C877")
        + ribs,
        x,
        y,
        scale=size / 100,
    )


def harvest() -> str:
    """Carrots and a lettuce heaped at the origin, 460 wide."""
    return (
        _carrot(210, -84, 74)
        + _carrot(140, -116, 44)
        + _carrot(186, -44, 62)
        + _lettuce(-200, -20, 78)
        + _lettuce(-120, -36, 104)
    )


def laden_trug(t: Tones) -> str:
    """The trug full of what the garden gave."""
    return (
        garden_trug(t)
        + clipped("M-300 -190A300 62 0 0 0 300 -190H420V-480H-420V-190Z", place(harvest(), 0, -176))
        + _trug_rim(t)
    )


def _trug_front(t: Tones) -> str:
    return resting(laden_trug(t), 398, 800, 250, scale=1.12)


def _trug_from_above(t: Tones) -> str:
    """The trug from above, tulips laid across it."""
    hull = "M400 140Q560 180 580 500T400 860Q240 820 220 500T400 140Z"
    stems = "".join(
        stroke(f"M{x} {y}Q{x + 20} {y + 200} {x + lean} 790", LEAF_DEEP if i % 2 else LEAF, 11)
        for i, (x, y, lean, _) in enumerate(_CUT)
    )
    heads = "".join(
        tulip(x, y + 10, 116, turn, tone)
        for (x, y, _, turn), tone in zip(_CUT, ("#C9605A", "#E2A54A", "#D98A8C", "#E2A54A"), strict=True)
    )
    return (
        cast(hull, 22, 26)
        + path(hull, t.base)
        + clipped(
            hull,
            path("M360 130H440Q520 500 440 880H360Q280 500 360 130Z", t.light),
            path("M470 120Q640 500 470 880H640V120Z", t.shade),
            stroke(
                (
                    "M360 130Q280 500 360 880M440 130Q520 500 440 880M300 150Q214 500 300 860"
                    "M500 150Q586 500 500 860"
                ),
                t.deep,
                6,
            ),
        )
        + stroke(hull, OAK.shade, 24)
        + stroke(hull, OAK.light, 12)
        + stems
        + leaves([(360, 700, 210, -24), (452, 720, 240, 16), (404, 740, 170, -8)], LEAF, plump=0.13)
        + heads
        + stroke("M206 520Q400 560 594 512", INK, 40, opacity=0.16)
        + stroke("M208 500Q400 526 592 492", OAK.shade, 40)
        + stroke("M208 495Q400 520 592 487", OAK.light, 26)
        + speckle(1, 4, (216, 486, 232, 510), BRASS.base, 6)
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "garden_trug": Drawing(_trug_front, _trug_from_above),
}
