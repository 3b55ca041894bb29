"""Socks and wellington boots."""

from __future__ import annotations

from typing import Final

from sandbox.artwork.canvas import (
    TILT,
    Drawing,
    cast,
    clipped,
    curve,
    ellipse,
    level,
    path,
    place,
    resting,
    shadow,
    stroke,
)
from sandbox.artwork.palette import INK, PAPER, Tones, lifted, mix

_SOCK: Final = curve(
    (-92, -330),
    (-92, -330),
    (-88, -200),
    (-84, -80),
    (-66, -10),
    (0, 40),
    (90, 96),
    (176, 130),
    (228, 112),
    (240, 62),
    (212, 20),
    (140, -24),
    (96, -80),
    (88, -200),
    (92, -330),
    (92, -330),
    (0, -342),
    (-92, -330),
)


def sock(t: Tones) -> str:
    """One ribbed sock lying flat, 340 wide and 480 high, toe to the right; the origin is near the ankle."""
    ribs = "".join(f"M{x} -336V-246" for x in range(-78, 90, 19))
    return (
        path(_SOCK, t.base)
        + clipped(
            _SOCK,
            path("M40 -350Q40 -160 60 -90Q90 -40 250 40V-350Z", t.shade),
            path("M-74 -220Q-66 -120 -60 -60L-44 -70V-220Z", t.light),
            stroke("M-100 -196H100M-100 -158H100", t.accent, 19),
            path("M-110 -70Q-50 -90 -14 -30Q0 20 -30 60H-110Z", t.accent),
            path("M150 -30Q120 60 150 140H260V-30Z", t.accent),
            path("M-110 -345H110V-246Q0 -236 -110 -246Z", t.light),
            stroke(ribs, t.shade, 7),
        )
        + stroke("M-100 -246Q0 -236 94 -246", t.deep, 4, opacity=0.5)
        + stroke(
            "M-72 -66Q-34 -74 -14 -30Q-4 10 -24 34M150 -16Q126 60 148 118",
            lifted(t.accent, -0.14),
            4,
            dash="9 7",
        )
    )


def _socks_front(t: Tones) -> str:
    def lying(x: float, y: float, turn: float) -> str:
        return place(cast(_SOCK, 12, 14) + sock(t), x, y, turn=turn, scale=1.22)

    return lying(396, 520, 6) + lying(250, 612, -8)


def _socks_banded(t: Tones) -> str:
    """A pair as it is sold: one sock on the other, held by a paper band."""
    band = "M-106 -236Q0 -222 132 -240L126 -76Q10 -54 -98 -74Z"
    pair = place(cast(_SOCK, 12, 14) + sock(t), 30, -22) + place(cast(_SOCK, 8, 8) + sock(t))
    mark = "M-40 -110V-150Q-44 -180 -24 -184M-40 -140Q-62 -148 -64 -172"
    paper = (
        path(band, INK, opacity=0.14)
        + place(path(band, PAPER), -3, -5)
        + path("M78 -237L129 -245L123 -81L70 -66Q90 -160 78 -237Z", lifted(PAPER, -0.07))
        + stroke(mark, t.deep, 5)
        + stroke("M0 -160H66M0 -134H50", INK, 5, opacity=0.55)
    )
    return place(pair + paper, 310, 630, scale=1.5, turn=-4)


def wellington(t: Tones) -> str:
    """One wellington boot from the side, 400 wide and 520 high, toe to the right; the origin is under the ankle."""
    boot = (
        "M-110 -500Q-124 -300 -118 -150Q-122 -80 -130 -34H250Q262 -90 214 -120Q130 -150 96 -200"
        "Q84 -330 96 -500"
        f"A103 {103 * TILT:.0f} 0 0 1 -110 -500Z"
    )
    sole = "M-136 -36H256L260 0H166L158 -10H-40L-46 6H-136Z"
    return (
        path(boot, t.base)
        + clipped(
            boot,
            path("M30 -520Q20 -260 50 -180Q110 -110 270 -70V-520Z", t.shade),
            path("M-86 -460Q-94 -300 -90 -180L-64 -176Q-70 -320 -62 -460Z", t.light),
            path("M-140 -70Q60 -50 270 -76V-20H-140Z", t.deep, opacity=0.5),
            stroke("M-118 -430Q-10 -404 94 -430", t.deep, 5, opacity=0.6),
            path("M130 -132Q180 -104 214 -96Q190 -84 140 -100Q120 -116 130 -132Z", t.light),
        )
        + level(-7, -500, 103, t.accent)
        + ellipse(-6, -499, 90, 18, mix(t.deep, INK, 0.5))
        + stroke("M-30 -200Q10 -176 60 -186M-40 -160Q10 -134 70 -150", t.deep, 5, opacity=0.5)
        + path(sole, mix(t.deep, INK, 0.55))
        + path("M64 -440L104 -432V-372L66 -380Z", t.accent)
        + path("M-126 -260Q-150 -250 -146 -220T-122 -200Z", t.shade)
    )


def _boots_front(t: Tones) -> str:
    return resting(wellington(t), 420, 772, 170, scale=1.16) + resting(
        wellington(t), 300, 838, 170, scale=1.16
    )


def _boots_puddle(t: Tones) -> str:
    """Both boots from the front in a puddle, in the rain."""

    def boot(x: float, flip: bool) -> str:
        leg = (
            "M-86 -520Q-92 -300 -82 -190Q-120 -110 -104 -30Q-90 10 4 12T106 -30Q116 -110 80 -190"
            "Q94 -300 92 -520Z"
        )
        return place(
            path(leg, t.base)
            + clipped(
                leg,
                path("M30 -530Q20 -250 60 -150T40 40H130V-530Z", t.shade),
                path("M-66 -480Q-70 -320 -62 -220L-40 -226V-480Z", t.light),
                path("M-130 -56Q0 -20 130 -60V30H-130Z", mix(t.deep, INK, 0.4)),
                stroke("M-90 -446Q0 -424 94 -446", t.deep, 5, opacity=0.6),
                path("M-76 -110Q-60 -160 -20 -160Q-50 -130 -56 -90Z", t.light),
            )
            + level(3, -520, 89, t.accent)
            + ellipse(3, -519, 77, 15, mix(t.deep, INK, 0.5))
            + stroke("M-70 -196Q0 -168 70 -196", t.deep, 5, opacity=0.5),
            x,
            800,
            scale=1.16,
            flip=flip,
        )

    rain = "".join(f"M{(i * 173) % 780 + 10} {(i * 97) % 560 + 20}l-10 44" for i in range(17))
    water = "#B9D0DC"
    return (
        stroke(rain, "#fff", 5, opacity=0.7)
        + ellipse(400, 826, 372, 86, lifted(water, -0.05))
        + ellipse(400, 820, 372, 82, water)
        + shadow(400, 816, 240)
        + boot(282, True)
        + boot(518, False)
        + stroke("M120 830Q200 880 300 880M420 884Q540 880 620 846M90 800Q100 772 140 762", "#F3F9FB", 6)
        + path(
            (
                "M150 780q-14 -26 -6 -44q16 16 6 44ZM656 790q20 -22 18 -46q-22 10 -18 46ZM690 812"
                "q26 -10 34 -32q-26 2 -34 32ZM110 806q-28 -8 -36 -30q28 0 36 30Z"
            ),
            "#F3F9FB",
        )
    )


DRAWINGS: Final[dict[str, Drawing]] = {
    "socks": Drawing(_socks_front, _socks_banded, front_on="flat"),
    "wellington_boots": Drawing(_boots_front, _boots_puddle, detail_on="table"),
}
